"""The form as the ledger fills it: rows from evidence, and a first draft of the summary that states only facts."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.definition import Track
from contests.forms.form import FormRow, RegistrationForm
from contests.indicators import COUNTED, Counted, credited
from contests.rules.window import chinese_day
from contests.snapshots import rows_of
from models.base import city_day
from models.contests import Entry, Evidence
from models.engagements import Engagement
from models.errors import NotFound
from models.money import wan

WHOLE = 100
OPENING = {"expert": "承接企业技术需求", "broker": "促成校企技术合作"}


def standing_evidence(session: Session, season_id: uuid.UUID, track: str, claimant_id: uuid.UUID) -> list[Evidence]:
    """The person's evidence in the group that was neither returned nor withdrawn, in the ledger's order."""
    return list(session.scalars(select(Evidence).where(
        Evidence.season_id == season_id, Evidence.track == track, Evidence.claimant_id == claimant_id,
        Evidence.status.in_(COUNTED)).order_by(Evidence.ledger_index)))


def form_of(entry: Entry, track: Track) -> RegistrationForm:
    """The filled annex of an entry: as it was submitted, or as it stands while it is being prepared.

    NotFound for a group that the document prints no form for.
    """
    if track.form is None:
        raise NotFound("通知没有给这个组别印报名表")
    frozen = entry.snapshot
    if frozen is None:
        return RegistrationForm(track.form, entry.name, entry.phone, entry.employer, entry.summary,
                                tuple(form_rows(entry.evidence, track)))
    return RegistrationForm(track.form, frozen["name"], frozen["phone"], frozen["employer"], frozen["summary"],
                            tuple(rows_of(frozen)))


def form_rows(evidence: Sequence[Evidence], track: Track) -> list[FormRow]:
    """One row a contract: the partner (or, for a broker, both parties), the whole amount, the expected benefit."""
    return [FormRow(_project(row), _partner(row.contract.engagement, track), row.amount, row.expected_benefit)
            for row in evidence]


def draft_summary(evidence: Sequence[Evidence], counted: Sequence[Counted], track: Track, year: int) -> str:
    """A first text: how many, how much, then one paragraph a project with its dates. Empty without evidence."""
    if not evidence:
        return ""
    divided = "（按份额计）" if any(one.share != WHOLE for one in counted) else " "
    head = (f"{year} 年{OPENING[track.role]} {len(evidence)} 个，合同金额合计{divided}{_total(counted, 'amount')} 万元，"
            f"预计创效合计{divided}{_total(counted, 'expected_benefit')} 万元，{_realised(counted, divided)}。")
    return "\n".join([head, *(_paragraph(number, row, one, track)
                              for number, (row, one) in enumerate(zip(evidence, counted, strict=True), start=1))])


def _realised(counted: Sequence[Counted], divided: str) -> str:
    if all(one.realised_benefit is None for one in counted):
        return "尚未报告产生的效益"
    return f"已产生的经济效益合计{divided}{_total(counted, 'realised_benefit')} 万元"


def _total(counted: Sequence[Counted], name: str) -> str:
    """The person's share of what stands under `name`, in 万元."""
    return wan(credited(counted, name))


def _paragraph(number: int, row: Evidence, counted: Counted, track: Track) -> str:
    revision, engagement = row.contract.revision, row.contract.engagement
    demand = engagement.demand
    realised = ("尚未报告产生的效益" if counted.realised_benefit is None
                else f"已产生经济效益 {wan(counted.realised_benefit)} 万元")
    began = f"{chinese_day(city_day(engagement.accepted_at))}开始对接，" if engagement.accepted_at else ""
    return (f"{number}. {_project(row)}（{_partner(engagement, track)}）：需求 {demand.number}“{demand.title}”，{began}"
            f"{chinese_day(revision.signed_on)}签订合同，合同金额 {wan(row.amount)} 万元，"
            f"预计创效 {wan(row.expected_benefit)} 万元，{realised}。")


def _project(row: Evidence) -> str:
    name = row.contract.revision.name
    return name if row.share == WHOLE else f"{name}（份额 {row.share}%）"


def _partner(engagement: Engagement, track: Track) -> str:
    enterprise = engagement.demand.organisation.name
    return enterprise if track.role == "expert" else f"{enterprise}、{engagement.expert.organisation.name}"
