"""The page of a group's entry: who is in it, what it is about, its files, its declaration."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from contests.checklist import checklist
from contests.definition import Track
from contests.entry_access import OPEN_STATES, track_of
from contests.group_entries import MOST_MEMBERS
from contests.parts import EntrantKind
from contests.phases import PhaseState, filing_phase, state
from contests.rules.kinds import CompositionRule, Condition, MembershipRule
from models.base import now
from models.contests import Entry, EntryMember, EntryStatus, MemberKind
from web.contests.season import rule_text
from web.entries.wording import STATUS
from web.identity import me
from web.refusals import NONE, Refusal

KINDS = {MemberKind.university: _l("高校"), MemberKind.enterprise: _l("企业"), MemberKind.institute: _l("科研院所"),
         MemberKind.other: _l("其他单位")}
NAMED: dict[EntrantKind, str] = {"team": _l("团队名称"), "organisation": _l("单位名称"), "collective": _l("班组或工作室名称"),
                                 "person": _l("被推荐人姓名"), "province": _l("省份")}
"""What the name of an entry is the name of."""


@dataclass(frozen=True)
class Row:
    """One member as typed. `number` names its fields; `mine`: it is the person who files."""

    number: str = ""
    name: str = ""
    kind: str = ""
    organisation: str = ""
    student: bool = False
    defender: bool = False
    mine: bool = False


def page(entry: Entry, refusal: Refusal = NONE, rows: list[Row] | None = None):
    """What stands, or what was typed; frozen once it is handed in."""
    definition, track = track_of(entry.season, entry.track)
    phase = filing_phase(definition, track)
    own = entry.user_id == me().id
    typed = {name: request.form.get(name, getattr(entry, name)) for name in ("phone", "employer", "summary")}
    return render_template(
        "entries/group.html", entry=entry, definition=definition, track=track, own=own, typed=typed, phase=phase,
        status=STATUS[entry.status](), open_now=state(phase, now()) is PhaseState.open, kinds=KINDS,
        rows=rows if rows is not None else _rows(entry), most=MOST_MEMBERS, named=NAMED[track.entrant],
        defends=any(isinstance(rule, CompositionRule) and rule.defender for rule in track.rules),
        asked=_conditions(track), meets=request.form.getlist("meets") or entry.facts.get("meets", ()),
        rules=[rule_text(rule) for rule in track.rules], may_edit=own and entry.status in OPEN_STATES,
        may_withdraw=own and entry.status is EntryStatus.submitted,
        items=checklist(entry, track, definition.year),
        uploads={one.code: one for one in entry.materials if one.file}, refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def _rows(entry: Entry) -> list[Row]:
    """Who is in it; on a fresh entry the person who files, to be completed, and room for one more."""
    if entry.members:
        return [_row(number, one, entry) for number, one in enumerate(entry.members)]
    return [Row("0", entry.user.name, organisation=entry.employer, mine=True), Row("1")]


def _row(number: int, member: EntryMember, entry: Entry) -> Row:
    return Row(str(number), member.name, member.kind.value, member.organisation, member.student, member.defender,
               member.user_id == entry.user_id)


def _conditions(track: Track) -> list[Condition]:
    """What who enters has to tick, one by one."""
    return [one for rule in track.rules if isinstance(rule, MembershipRule) for one in rule.conditions]
