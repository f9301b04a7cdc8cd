"""Recommendations on the demand pages: candidates for its owner, an expert's own match, the hall's aside."""

import uuid
from dataclasses import dataclass, replace

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engagements.disclosure import Disclosure
from matching.pairing import POOL, Nearest, NoMore
from matching.reasons.judging import explain
from matching.reasons.targets import Fit, Target, Verdict, fit
from matching.reasons.written import passages_of
from matching.recommend import (
    Match,
    Recommendations,
    recommend_demands,
    recommend_experts,
    targets_of,
)
from matching.thesaurus.thesaurus import using
from models.accounts import Expert, Role, User
from models.capabilities import Capability, CapabilityStatus
from models.demands import Demand, DemandStatus
from models.engagements import Side
from web import impressions, matches, narrowing
from web.experts import listing as experts
from web.experts.people import person
from web.identity import has_role, me
from web.search import searcher
from web.sessions import db

SHOWN = 5
ASIDE = 3
OFFERED = (DemandStatus.published, DemandStatus.submitted)


@dataclass(frozen=True)
class NoMoreBox:
    """后面没有合适的了, as macros/match.html draws it."""

    text: str
    links: list[tuple[str, str]]
    forms: list
    nearest: list[str]
    """What those wrote who come nearest to the target that binds."""


@dataclass(frozen=True)
class Suggestions:
    """Who fits a demand. `relaxed` is the number of the target treated as nice to have for this look, or None."""

    reader: str
    """owner, broker or staff: what the reader may do with a candidate."""
    choices: list[narrowing.Choice]
    field: str

    blocks: list[matches.Block]
    nothing: NoMoreBox | None
    left_out: list[str]
    """Why some were left out, with their number: nobody is dropped silently."""
    relaxed: int | None
    more_url: str | None
    """Where those behind the first few are shown; None when nobody waits there."""


@dataclass(frozen=True)
class Near:
    """A demand that an expert's capabilities meet, in one line."""

    demand_id: uuid.UUID
    url: str
    title: str
    good: bool
    text: str


def for_page(demand: Demand, disclosure: Disclosure, expert: Expert | None, state: str) -> dict:
    """The recommendation parts of one demand's page; empty for readers they are not for.

    `switched_off`: they would be for this reader, who turned recommendation off. Staff and brokers look on behalf of
    others.
    """
    offered = demand.status in OFFERED and state != "closed"
    reader = _reader(demand, disclosure) if offered else ""
    off = bool(reader == "owner" or expert and state == "open") and not me().personalised
    if off and reader == "owner":
        reader = ""
    return {"switched_off": off, "suggestions": candidates(demand, reader) if reader else None,
            "own_match": own_match(demand, disclosure, expert) if expert and state == "open" else None}


def _reader(demand: Demand, disclosure: Disclosure) -> str:
    """As whom the reader sees the candidates, "" for those who do not. Targets read from a secret text stay secret."""
    if disclosure.owner:
        return "owner"
    if has_role(Role.staff, Role.admin):
        return "staff"
    return "broker" if has_role(Role.broker) and (disclosure.full or demand.targets) else ""


def candidates(demand: Demand, reader: str) -> Suggestions:
    """The experts who fit, best first, and where the list ends."""
    targets = targets_of(demand)
    relaxed = _relaxed(targets)
    if relaxed:
        targets[relaxed - 1] = replace(targets[relaxed - 1], required=False)
    limit = POOL if request.args.get("more") else SHOWN
    found = recommend_experts(db(), searcher(), demand, narrowing.expert_filters(request.args), limit, targets)
    if reader != "staff":  # staff look things up: what they open says nothing of the pair
        impressions.shown(me(), Side.enterprise, found.matches)
    further = url_for("demands.show", **_kept(demand, relax=relaxed, more=1))
    return Suggestions(reader, narrowing.expert_choices(request.args), narrowing.field_words(request.args),
                       _blocks(found), _no_more(demand, found, relaxed) if found.no_more else None,
                       matches.left_out(found.excluded), relaxed,
                       None if found.no_more else further)


def _kept(demand: Demand, **more) -> dict:
    """The address of this look at the candidates, with what narrows it."""
    kept = {choice.name: choice.value for choice in narrowing.expert_choices(request.args) if choice.value}
    return kept | {"field": narrowing.field_words(request.args) or None, "demand_id": demand.id,
                   "_anchor": "candidates"} | more


def _relaxed(targets: list[Target]) -> int | None:
    number = request.args.get("relax", type=int)
    return number if number and 1 <= number <= len(targets) and targets[number - 1].required else None


def _blocks(found: Recommendations) -> list[matches.Block]:
    keys = [match.expert.id for match in found.matches if match.expert]
    busy, kept = experts.busy(db(), keys), experts.kept(db(), keys)
    return [matches.block(match.fit, match.reasons, **_who(match, busy, kept), note=matches.standing(match))
            for match in found.matches]


def _who(match: Match, busy: dict, kept: dict) -> dict:
    if match.expert is None:
        return {"name": match.capability.title, "title": _("登记的成果"), "place": match.capability.field,
                "tags": [(_("没有登记完成人"), "outline", None)], "key": {"capability_id": str(match.capability.id)}}
    shown = person(match.expert, busy.get(match.expert.id, 0), kept.get(match.expert.id, 0))
    return {"name": shown.name, "url": shown.url, "title": shown.title, "place": shown.place,
            "capacity": shown.capacity, "tags": shown.tags, "key": {"expert_id": str(match.expert.id)}}


def _no_more(demand: Demand, found: Recommendations, relaxed: int | None) -> NoMoreBox:
    end: NoMore = found.no_more
    number = next((place for place, target in enumerate(found.targets, 1) if target == end.binding), None)
    others = end.examined - len(found.matches)
    parts = [_("看了 %(all)s 人写的本领。", all=end.considered)]
    parts.append(_("沾边的另外 %(n)s 人最多对上 %(most)s 项必须要求，没有列出来凑数。", n=others, most=end.most_covered)
                 if others > 0 else _("沾边的人都在上面了。"))
    if number:
        parts.append(_("卡在第 %(number)s 项“%(what)s”，登记的本领里写到它的有 %(n)s 人。", number=number,
                       what=end.binding.what, n=end.written_by))
        if not end.written_by:
            parts.append(_("本市还缺这门本领。"))
    links = []
    if number and not relaxed:
        links.append((_("把第 %(number)s 项当作“最好有”，再找一次", number=number),
                      url_for("demands.show", **_kept(demand, relax=number))))
    return NoMoreBox("".join(parts), links, [], [_nearest(one, end.binding) for one in end.nearest])


def _nearest(one: Nearest, target: Target) -> str:
    words = (_("离得最近的写的是“%(said)s”，数值没到“%(asked)s”") if one.short
             else _("离得最近的写的是“%(said)s”，没有写到“%(asked)s”"))
    return words % {"said": one.said, "asked": target.figure or target.what}


def own_match(demand: Demand, disclosure: Disclosure, expert: Expert) -> matches.Block | None:
    """How an expert's own capabilities meet the demand. None where its targets come from a text they may not see."""
    if not expert.user.personalised or not (disclosure.full or demand.targets):
        return None
    held = db().scalars(select(Capability).options(selectinload(Capability.claims)).where(
        Capability.expert_id == expert.id, Capability.status == CapabilityStatus.published)).all()
    with using(searcher().thesaurus(db())):
        reasons = explain(targets_of(demand), [passage for own in held for passage in passages_of(own)])
    return matches.block(fit(reasons), reasons) if reasons else None


def mine(user: User | None) -> list[Near]:
    """The open demands that the reader's capabilities meet best; none for others, or who turned it off."""
    if user is None or Role.expert not in user.roles or not user.personalised:
        return []
    expert = db().scalar(select(Expert).where(Expert.user_id == user.id))
    if expert is None:
        return []
    found = recommend_demands(db(), searcher(), expert, limit=ASIDE)
    impressions.shown(user, Side.expert, found.matches)
    return [near(match) for match in found.matches]


def near(match: Match) -> Near:
    met = sum(reason.verdict is Verdict.covered for reason in match.reasons)
    missing = len(match.reasons) - met
    if not missing:
        text = _("%(met)s 项都对上", met=met)
    elif met:
        text = _("对上 %(met)s 项，缺 %(missing)s 项", met=met, missing=missing)
    else:
        text = _("部分对上 %(n)s 项", n=sum(reason.verdict is Verdict.partly for reason in match.reasons))
    return Near(match.demand.id, url_for("demands.show", demand_id=match.demand.id), match.demand.title,
                match.fit is Fit.good, text)
