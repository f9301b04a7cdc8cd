"""A new case before its first move: what it must say of itself, its name, the case and the duty it belongs to."""

import datetime as dt
from dataclasses import dataclass

from contests.definition import cite
from contests.forms.text import clean_line
from contests.lifecycles.deadlines import OPEN
from contests.lifecycles.history import Record, lifecycle_in, record_of
from contests.lifecycles.lifecycle import Lifecycle
from contests.lifecycles.official_names import own_part
from contests.lifecycles.spans import AddWorkingDays
from contests.seasons import definition_of
from models.accounts import Organisation
from models.base import today
from models.codes import divisions, industries
from models.contests import Season
from models.errors import Conflict, Invalid, NotFound, Refused
from models.lifecycles import Case

NAME_LENGTH = 60


@dataclass(frozen=True)
class Subject:
    """What a new case is about. `parent`: the case it belongs to, whose organisation, district and track it shares."""

    name: str = ""
    organisation: Organisation | None = None
    district: str = ""
    industry: str = ""
    track: str = ""
    parent: Case | None = None
    period: dt.date | None = None


def newborn(season: Season, code: str, subject: Subject, add_working_days: AddWorkingDays) -> Record:
    """The case, in no session and no state yet. NotFound for a lifecycle the contest has not; Invalid names the field;
    Refused where the report it would be is not due.
    """
    definition = definition_of(season)
    try:
        lifecycle = lifecycle_in(definition, code)
    except KeyError:
        raise NotFound("这项竞赛没有这种流程") from None
    case = Case(season=season, season_id=season.id, lifecycle=code, state="", moves=[], children=[])
    if lifecycle.parent is not None:
        _belong(case, lifecycle, subject, add_working_days)
    else:
        _describe(case, lifecycle, subject)
    return record_of(case, today(), add_working_days)


def clean_name(lifecycle: Lifecycle, typed: str, state) -> str:
    """What is the case's own in the name as typed. Invalid where it is empty, too long or ends wrongly."""
    try:
        own = own_part(lifecycle, clean_line(typed), state)
    except ValueError as error:
        raise Invalid(str(error), field="name") from error
    if not own:
        raise Invalid("写上名称", field="name")
    if len(own) > NAME_LENGTH:
        raise Invalid(f"名称最多 {NAME_LENGTH} 字，现在 {len(own)} 字", field="name")
    return own


def _describe(case: Case, lifecycle: Lifecycle, subject: Subject) -> None:
    first = lifecycle.state(lifecycle.openings()[0].to)
    case.name = clean_name(lifecycle, subject.name, first)
    case.organisation, case.district_code, case.industry_code, case.track = (
        subject.organisation, subject.district, subject.industry, subject.track)
    case.organisation_id = subject.organisation.id if subject.organisation else None
    tracks = {track.code for track in definition_of(case.season).tracks}
    given = {"organisation": case.organisation is not None, "district": case.district_code in divisions(),
             "industry": len(case.industry_code) >= 4 and case.industry_code in industries(),
             "track": case.track in tracks}
    told = {"organisation": "写哪个单位，用登记的全称", "district": "选哪个地区", "industry": "选国民经济行业的中类或小类",
            "track": "选哪个赛项"}
    for one in lifecycle.asks:
        if not given[one]:
            raise Invalid(told[one], field=one)


def _belong(case: Case, lifecycle: Lifecycle, subject: Subject, add_working_days: AddWorkingDays) -> None:
    parent = subject.parent
    if parent is None or parent.lifecycle != lifecycle.parent:
        raise Invalid("没有指明属于哪一件", field="parent")
    if parent.closed:
        raise Conflict(f"“{parent.name}”已经办结")
    case.parent_id, case.name = parent.id, parent.name
    case.organisation, case.organisation_id = parent.organisation, parent.organisation_id
    case.district_code, case.industry_code, case.track = parent.district_code, parent.industry_code, parent.track
    if lifecycle.meets is not None:
        case.period = _due(parent, lifecycle, subject.period, add_working_days)
    elif any(one.lifecycle == lifecycle.code and not one.closed for one in parent.children):
        raise Conflict(f"上一件“{lifecycle.name}”还没有办完")


def _due(parent: Case, lifecycle: Lifecycle, period: dt.date | None, add_working_days: AddWorkingDays) -> dt.date:
    """The duty of the parent that a return is for: one that is due and that no other return is for."""
    record = record_of(parent, today(), add_working_days)
    taken = {one.period for one in parent.children if one.lifecycle == lifecycle.code}
    clock = record.lifecycle.clock(lifecycle.meets)
    due = [one.due for one in record.deadlines if one.clock.code == clock.code and one.standing(today()) in OPEN]
    if not due:
        raise Refused(f"现在没有要报的{clock.name}", clause=cite(record.definition, clock.clause))
    if period in taken:
        raise Conflict(f"这一期的{clock.name}已经报过", field="period")
    if period not in due:
        raise Invalid(f"选这份{lifecycle.name}对应哪一期", field="period")
    return period
