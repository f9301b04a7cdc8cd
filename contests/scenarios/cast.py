"""The invented people and firms of a play, and the trail on the platform that leads to a contract."""

import datetime as dt
import hashlib
import itertools
from decimal import Decimal

from sqlalchemy.orm import Session

from contests.evidence import record_verification, write_evidence
from contests.scenarios.play import id_of
from models.accounts import (
    Admission,
    Broker,
    Expert,
    ExpertKind,
    Organisation,
    OrganisationKind,
    Role,
    RoleGrant,
    User,
)
from models.base import now, today
from models.contracts import (
    BrokerShare,
    Collaboration,
    Contract,
    ContractRevision,
    ContractStatus,
    Finding,
    Verification,
)
from models.demands import CooperationType, Demand, DemandStatus
from models.engagements import Engagement, Introduction, Opening, Side, Stage
from models.files import StoredFile


class Cast:
    """Makes rows of one play, numbered in the order they are asked for."""

    def __init__(self, session: Session):
        self.session = session
        self.numbers = itertools.count(1)

    def organisation(self, name: str, kind: OrganisationKind, district: str = "371002") -> Organisation:
        return self._add(Organisation(name=name, short_name=name[:4], kind=kind, district_code=district,
                                      status=Admission.approved, joined_on=today()))

    def person(self, name: str, role: Role | None = None, organisation: Organisation | None = None) -> User:
        number = next(self.numbers)
        user = self._add(User(email=f"player{number}@jiebang.example", phone=f"1990001{number:04d}", name=name,
                              password_hash="", terms_version="1", terms_accepted_at=now()))
        if role is not None:
            self._add(RoleGrant(user=user, role=role, organisation=organisation, status=Admission.approved))
            self.session.refresh(user, ["grants"])
        return user

    def expert(self, name: str, university: Organisation) -> Expert:
        user = self.person(name, Role.expert, university)
        return self._add(Expert(user=user, organisation=university, kind=ExpertKind.university, name=name,
                                joined_on=today()))

    def broker(self, name: str, organisation: Organisation) -> Broker:
        user = self.person(name, Role.broker, organisation)
        return self._add(Broker(user=user, organisation=organisation, name=name, joined_on=today()))

    def demand(self, firm: Organisation, author: User, title: str, *, posted: bool = True) -> Demand:
        """A demand; one that is not posted never hung on the platform."""
        number = next(self.numbers)
        return self._add(Demand(
            number=f"WH-{today().year}-{number:04d}", organisation=firm, author=author, title=title, problem=title,
            industry_code="3411", district_code=firm.district_code, cooperation_type=CooperationType.development,
            deadline=today() + dt.timedelta(days=60), submitted_at=now(),
            status=DemandStatus.published if posted else DemandStatus.draft, published_at=now() if posted else None))

    def contract(self, demand: Demand, expert: Expert, amount: int, *, benefit: int = 0,
                 brokers: tuple[tuple[Broker, int], ...] = (), signed_on: dt.date | None = None) -> Contract:
        """Taken on, introduced where a broker did, signed on that day (today), confirmed by both sides. 元."""
        number = next(self.numbers)
        engaged = self._add(Engagement(demand=demand, expert=expert, opening=Opening.interest, accepted_at=now(),
                                       stage=Stage.contract))
        for broker, _ in brokers:
            self._add(Introduction(demand=demand, expert=expert, broker=broker, engagement=engaged,
                                   enterprise_consented_at=now(), expert_consented_at=now()))
        contract = Contract(engagement=engaged, status=ContractStatus.confirmed, fingerprint=f"{number:064x}")
        contract.revisions = [ContractRevision(
            number=1, contract_number=f"HJ-{number:04d}", name=demand.title, type=CooperationType.development,
            signed_on=signed_on or today(), amount=Decimal(amount), expected_benefit=Decimal(benefit or amount * 3),
            party_a=demand.organisation.name, party_b=expert.organisation.name, side=Side.expert, author=expert.user,
            scan=self.file(expert.user, f"合同 {number}"))]
        contract.shares = [BrokerShare(broker=broker, percent=percent, agreed_at=now()) for broker, percent in brokers]
        return self._add(contract)

    def collaborate(self, contract: Contract) -> Collaboration:
        """Confirm the contract as evidence; refused where a rule of the season does not hold."""
        number = contract.revision.contract_number
        row = Collaboration(id=id_of("collaboration", number), number=f"HT-{today().year}-{number[-4:]}",
                            contract_id=contract.id)
        write_evidence(self.session, row)
        return row

    def verify(self, collaboration: Collaboration, staff: User) -> None:
        """The original was seen at the window."""
        record_verification(self.session, Verification(
            id=id_of("verification", collaboration.number), collaboration_id=collaboration.id, verifier_id=staff.id,
            finding=Finding.approved, original_seen=True, receipt=f"窗口 {collaboration.number}"))

    def file(self, owner: User, text: str) -> StoredFile:
        """The row of an upload: its bytes are nowhere, since nothing in a play opens it."""
        content = text.encode()
        return self._add(StoredFile(sha256=hashlib.sha256(content).hexdigest(), name=f"{text}.pdf", pages=1,
                                    media_type="application/pdf", size=len(content), uploaded_by_id=owner.id))

    def _add(self, row):
        self.session.add(row)
        self.session.flush()
        return row
