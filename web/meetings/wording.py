"""Why somebody was left out and what would help, in sentences: each constraint by name, each remedy with its gain."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from engagements.meetings import participants
from matching.days.remedies import Bound, Remedy
from models.meetings import MatchingDay, MeetingLeftover, MeetingPlan

NAMED = 6
"""Names written out in one sentence; the rest are counted."""
DEMAND = {
    Bound.nobody_fits: _l("到会的专家里没有对得上的。"),
    Bound.excluded: _l("对得上的人都不能安排：同一个单位、谢绝过、划掉过，或者谈过没成、已经签约。"),
    Bound.no_common_slot: _l("对得上的专家和这家企业凑不到同一个时段。"),
    Bound.own_limit: _l("这条需求或这家企业的场次已经排满。"),
    Bound.all_full: _l("对得上的专家都排满了。"),
    Bound.tables: _l("每个时段的桌子都用完了。"),
}
EXPERT = DEMAND | {
    Bound.nobody_fits: _l("上会的需求里没有对得上的。"),
    Bound.excluded: _l("对得上的需求都不能安排：同一个单位、谢绝过、划掉过，或者谈过没成、已经签约。"),
    Bound.no_common_slot: _l("和对得上的企业凑不到同一个时段。"),
    Bound.own_limit: _l("这位专家自己的场数或在场时间到顶了。"),
    Bound.all_full: _l("对得上的需求都已经见够。"),
}


@dataclass(frozen=True)
class Relief:
    """A remedy as a button: its words, its gain in promised meetings, the form's fields."""

    text: str
    gain: int
    fields: dict[str, str]


@dataclass(frozen=True)
class Reason:
    """One leftover. `advice` stands where no remedy on the day helps."""

    name: str
    note: str
    short: int
    text: str
    people: str
    reliefs: list[Relief]
    advice: str


def reasons(session: Session, day: MatchingDay, plan: MeetingPlan) -> list[Reason]:
    """Every leftover of the plan, demands first."""
    rows = participants.demands(session, day)
    names = {str(guest.expert.id): guest.expert.name for guest in participants.guests(session, day)}
    names |= {str(row.demand_id): row.demand.title for row in rows}
    names |= {str(row.demand.organisation_id): row.demand.organisation.display_name for row in rows}
    return [_reason(left, names) for left in plan.leftovers]


def _reason(left: MeetingLeftover, names: dict[str, str]) -> Reason:
    expert_side = left.expert is not None
    if expert_side:
        name, note = left.expert.name, left.expert.organisation.display_name
    else:
        name, note = left.demand.title, left.demand.number or ""
    text = (EXPERT if expert_side else DEMAND)[Bound(left.bound)]
    reliefs = [_relief(one, names) for one in left.relaxations if one["gain"] > 0]
    advice = _("到会的名单里没有办法：再加一条对得上的需求。") if expert_side else _("到会的名单里没有办法：再请一位对得上的专家。")
    return Reason(name, note, left.short, str(text), _people(left.cut, names), reliefs, "" if reliefs else advice)


def _people(cut: list[str], names: dict[str, str]) -> str:
    known = [names[key] for key in cut if key in names]
    if not known:
        return ""
    written = _("、").join(known[:NAMED])
    return _("%(names)s 等 %(n)s 个", names=written, n=len(known)) if len(known) > NAMED else written


def _relief(one: dict, names: dict[str, str]) -> Relief:
    name = names.get(one["subject"], "")
    words = {
        Remedy.slot: _("多开一个时段再排"), Remedy.table: _("每个时段多摆一桌再排"),
        Remedy.expert_load: _("请%(name)s多见一家再排", name=name), Remedy.demand_most: _("让“%(name)s”多见一位再排", name=name[:16]),
        Remedy.expert_hours: _("请%(name)s全程在场再排", name=name), Remedy.firm_hours: _("请%(name)s全程在场再排", name=name),
    }
    return Relief(words[Remedy(one["remedy"])], one["gain"], {"remedy": one["remedy"], "subject": one["subject"]})

