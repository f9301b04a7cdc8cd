"""Who may not judge whom, and why. Pure: facts in, reasons out.

000 五（二） and 002 四（二） only ask for strict and independent review; what follows from it here is what 评审 rules of
public bodies commonly shut out: the own entry, the own organisation, partners, whoever brought them together, declared
interests, and recusal.
"""

import enum
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field


class Kind(enum.StrEnum):
    own = "own"
    organisation = "organisation"
    collaboration = "collaboration"
    introduction = "introduction"
    declared = "declared"
    recused = "recused"


@dataclass(frozen=True, order=True)
class Reason:
    """Why one reviewer may not judge one entry; `text` is shown to staff as it stands."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Side:
    """A reviewer, or everybody on an entry. `people`, `organisations`: id → name as shown.

    `employers`: names of workplaces as typed, beside the organisations that are registered. `body`: the organisation
    that is itself the entrant, where the entrant is no person and no team.
    """

    people: Mapping[uuid.UUID, str]
    organisations: Mapping[uuid.UUID, str]
    employers: tuple[str, ...] = ()
    body: uuid.UUID | None = None


@dataclass(frozen=True)
class Dealing:
    """What once brought people together: a contract, or an introduction.

    `partners`: users of the two sides. `firm`: the organisation that posted the demand; `school`: the expert's.
    `brokers`: users who introduced them. `label`: the contract's number, or what was introduced.
    """

    kind: Kind
    label: str
    partners: frozenset[uuid.UUID]
    firm: uuid.UUID
    school: uuid.UUID
    brokers: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Declaration:
    """A declared conflict of interest: a person (or an organisation) is kept apart from the organisation `against`."""

    party: uuid.UUID
    against: uuid.UUID


@dataclass(frozen=True)
class Ties:
    """Everybody a reviewer is tied to: person, organisation, entrant body or name of a workplace → reasons."""

    people: Mapping[uuid.UUID, list[Reason]]
    organisations: Mapping[uuid.UUID, list[Reason]]
    bodies: Mapping[uuid.UUID, list[Reason]]
    employers: Mapping[str, list[Reason]]


@dataclass
class _Gathered:
    people: dict[uuid.UUID, list[Reason]] = field(default_factory=lambda: defaultdict(list))
    organisations: dict[uuid.UUID, list[Reason]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[uuid.UUID, list[Reason]] = field(default_factory=lambda: defaultdict(list))
    employers: dict[str, list[Reason]] = field(default_factory=lambda: defaultdict(list))


def folded(name: str) -> str:
    """The name of a workplace without what people type differently: width, case, blanks, brackets."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in plain if char.isalnum())


def ties_of(reviewer: Side, dealings: Iterable[Dealing], declarations: Iterable[Declaration]) -> Ties:
    """Everybody this reviewer is tied to, from all dealings and declarations there are."""
    found = _Gathered()
    for person in reviewer.people:
        found.people[person].append(Reason(Kind.own, "是本人的报名"))
    for organisation, name in reviewer.organisations.items():
        found.organisations[organisation].append(Reason(Kind.organisation, f"同一单位：{name}"))
    for name in (*reviewer.organisations.values(), *reviewer.employers):
        found.employers[folded(name)].append(Reason(Kind.organisation, f"同一单位：{name}"))
    for dealing in dealings:
        _add_dealing(found, reviewer, dealing)
    for declaration in declarations:
        _add_declaration(found, reviewer, declaration)
    found.employers.pop("", None)
    return Ties(found.people, found.organisations, found.bodies, found.employers)


def conflicts(ties: Ties, entry: Side) -> tuple[Reason, ...]:
    """Every reason why a reviewer with these ties may not judge the entry, each once, gravest kind first."""
    found: set[Reason] = set()
    _collect(found, ties.people, entry.people)
    _collect(found, ties.organisations, entry.organisations)
    _collect(found, ties.employers, map(folded, (*entry.organisations.values(), *entry.employers)))
    if entry.body is not None:
        _collect(found, ties.bodies, (entry.body,))
    return tuple(sorted(found, key=lambda reason: (list(Kind).index(reason.kind), reason.text)))


def _collect(found: set[Reason], ties: Mapping, keys: Iterable[Hashable]) -> None:
    found.update(reason for key in keys for reason in ties.get(key, ()))


def _add_dealing(found: _Gathered, reviewer: Side, dealing: Dealing) -> None:
    """A partner is tied to the partners, their firm and who introduced them; who introduced them to both sides."""
    partner = bool(dealing.partners & reviewer.people.keys()) or dealing.firm in reviewer.organisations
    broker = bool(dealing.brokers & reviewer.people.keys())
    if not partner and not broker:
        return
    together = "合作过" if dealing.kind is Kind.collaboration else "经人牵线认识"
    mutual = Reason(Kind.introduction, f"评委促成的：{dealing.label}") if broker else Reason(
        dealing.kind, f"{together}：{dealing.label}")
    for person in dealing.partners - reviewer.people.keys():
        found.people[person].append(mutual)
    if dealing.firm not in reviewer.organisations:
        found.organisations[dealing.firm].append(mutual)
    found.bodies[dealing.school].append(mutual)
    for person in dealing.brokers - reviewer.people.keys():
        found.people[person].append(Reason(Kind.introduction, f"由其牵线：{dealing.label}"))


def _add_declaration(found: _Gathered, reviewer: Side, declaration: Declaration) -> None:
    """Both ways round: the reviewer's side keeps apart from an organisation, or that organisation's from theirs."""
    reason = Reason(Kind.declared, "申报过利益回避")
    own = reviewer.people.keys() | reviewer.organisations.keys()
    if declaration.party in own:
        found.organisations[declaration.against].append(reason)
    if declaration.against in reviewer.organisations:
        found.people[declaration.party].append(reason)
        found.organisations[declaration.party].append(reason)
