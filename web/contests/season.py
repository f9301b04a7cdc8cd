"""One season as people read it: its phases with their days, how long is left, what is not set."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from contests import phases
from contests.definition import Definition
from contests.parts import Phase
from contests.rules.kinds import (
    CompositionRule,
    MembershipRule,
    OneClaimRule,
    OnPlatformRule,
    Rule,
    WindowRule,
)
from contests.seasons import definition_of
from models.base import now, today
from models.contests import Season
from web.display import day

STEP = {phases.PhaseState.over: "done", phases.PhaseState.open: "now", phases.PhaseState.ahead: "next",
        phases.PhaseState.undated: "next"}


@dataclass(frozen=True)
class Step:
    """A phase as macros/process.html draws it."""

    state: str
    name: str
    note: str


@dataclass(frozen=True)
class SeasonCard:
    """A season's head: title, phases, the open phase and the days left in it."""

    url: str
    title: str
    year: int
    definition: Definition
    steps: list[Step]
    now: str
    days_left: int | None
    ends: dt.date | None


def seasons(session: Session) -> list[Season]:
    """Every season, latest year first."""
    return list(session.scalars(select(Season).order_by(Season.year.desc(), Season.code)))


def present(season: Season) -> SeasonCard:
    definition = definition_of(season)
    standings = phases.standings(definition, now())
    open_phase = next((standing.phase for standing in standings if standing.state is phases.PhaseState.open), None)
    ends = open_phase.days[1] if open_phase else None
    return SeasonCard(url_for("contests.show", season_id=season.id), title_of(definition), season.year, definition,
                      [Step(STEP[standing.state], standing.phase.name, days(standing.phase)) for standing in standings],
                      open_phase.name if open_phase else "", (ends - today()).days if ends else None, ends)


def title_of(definition: Definition) -> str:
    return _("%(year)s 年%(title)s", year=definition.year, title=definition.title)


def days(phase: Phase) -> str:
    """The days of a phase, or that the notice leaves them open."""
    said = [day(value) for value in (phase.starts, phase.ends) if isinstance(value, dt.date)]
    return " – ".join(said) if len(said) == 2 else _("起止日期另行公布")


def rule_text(rule: Rule) -> str:
    """One eligibility rule in a sentence."""
    return SENTENCES[rule.kind](rule)


def _window(rule: WindowRule) -> str:
    first, last = day(rule.first, year=True), day(rule.last, year=True)
    if rule.on == "signed":
        return _("合同签订日期在 %(first)s到 %(last)s之间，两头都算", first=first, last=last)
    if rule.by_dispatch:
        return _("材料最晚 %(last)s送到，快递以发出时间为准", last=last)
    return _("材料最晚 %(last)s送到", last=last)


def _membership(rule: MembershipRule) -> str:
    who = ENTRANTS[rule.entrant]()
    return _("以%(who)s身份参赛，已在平台入驻", who=who) if rule.on_platform else _("以%(who)s身份参赛", who=who)


def _on_platform(rule: OnPlatformRule) -> str:
    return (_("合同来自平台上企业发布的需求，由您揭榜") if rule.link == "engagement"
            else _("合同来自平台上企业发布的需求，由您牵线，双方都同意过"))


def _one_claim(rule: OneClaimRule) -> str:
    return _("同一份合同在同一组别只算一次") if rule.of == "contract" else _("同一个参赛者在这项竞赛里只报一次")


def _composition(rule: CompositionRule) -> str:
    if rule.of == "committee":
        return _("专家委员会里牵头和共建单位的人不超过 %(share)s", share=rule.inside_at_most)
    parts = [_("%(kind)s至少 %(n)s 个", kind=_("或").join(MEMBERS[kind]() for kind in need.of), n=need.at_least)
             for need in rule.needs]
    return _("、").join([*parts, *([_("答辩人是学生")] if rule.defender == "student" else [])])


ENTRANTS = {"person": lambda: _("个人"), "team": lambda: _("团队"), "organisation": lambda: _("单位"),
            "collective": lambda: _("集体"), "province": lambda: _("省份")}
MEMBERS = {"university": lambda: _("高校成员"), "enterprise": lambda: _("企业成员"), "institute": lambda: _("科研院所成员"),
           "other": lambda: _("其他成员")}
SENTENCES: dict[str, Callable] = {
    "window": _window, "membership": _membership, "on_platform": _on_platform, "one_claim": _one_claim,
    "composition": _composition, "uniqueness": lambda _rule: _("每个行业中类或小类只有一家"),
}
