"""What the layouts and macros need on every page: 关怀版, the sections by role, clocks, static files by content hash."""

import datetime as dt
import functools
import hashlib
import pathlib
from dataclasses import dataclass

from flask import Flask, Response, current_app, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from contests.lifecycles.offices import offices_of
from contests.publication.objections import waiting
from models.accounts import Admission, Role, RoleGrant, User
from models.base import now
from models.codes import division_name
from models.contracts import Collaboration, CollaborationStatus
from models.demands import Demand, DemandStatus
from web.display import CITY_TIME
from web.identity import user
from web.sessions import db

CARE_COOKIE = "care"
ICONS = "vendor/bootstrap-icons-1.13.2/icons.svg"
FRONT_PAGES = frozenset({"hall", "list", "mine", "queue", "index", "board", "entries"})
"""The page of a feature that stands in the navigation for all of its pages."""
SOON = 5
"""Days from which a clock turns red."""


@dataclass(frozen=True)
class Clock:
    """Time left until the end of a last day: days, hours and minutes, and how much of the span is gone (per cent)."""

    none: bool = False
    over: bool = False
    days: int = 0
    hours: int = 0
    minutes: int = 0
    percent: int = 0

    @property
    def soon(self) -> bool:
        return not self.none and not self.over and self.days < SOON


def clock_of(deadline: dt.date | None, opened: dt.date | dt.datetime | None = None) -> Clock:
    """The clock of a deadline, whose day counts whole (24:00 in Asia/Shanghai)."""
    if deadline is None:
        return Clock(none=True)
    end = dt.datetime.combine(deadline + dt.timedelta(days=1), dt.time(), CITY_TIME)
    left = end - now()
    if left <= dt.timedelta():
        return Clock(over=True, percent=100)
    start = _start(opened) or end - dt.timedelta(days=30)
    gone = (now() - start) / (end - start) if end > start else 1
    hours, minutes = left.seconds // 3600, left.seconds % 3600 // 60
    return Clock(days=left.days, hours=hours, minutes=minutes, percent=round(100 * min(1, max(0, gone))))


def _start(opened: dt.date | dt.datetime | None) -> dt.datetime | None:
    if opened is None or isinstance(opened, dt.datetime):
        return opened
    return dt.datetime.combine(opened, dt.time(), CITY_TIME)


def care_mode() -> bool:
    """Whether the reader asked for 关怀版: this browser's choice, else the account's."""
    chosen = request.cookies.get(CARE_COOKIE)
    found = user()
    return chosen == "1" if chosen else bool(found and found.care_mode)


def routed(endpoint: str) -> bool:
    """Whether this site has the page: sections of features that are not installed are not shown."""
    return endpoint in current_app.view_functions


def here(endpoint: str) -> bool:
    """Whether the present page belongs to the section of `endpoint` (the same page, or the same feature's hall)."""
    if request.endpoint == endpoint:
        return True
    feature, _dot, page = endpoint.partition(".")
    return page in ("hall", "list", "mine", "queue") and request.blueprint == feature


def organiser() -> str:
    return current_app.extensions["settings"].organiser


def city_code() -> str:
    """The GB/T 2260 code of the city that runs the platform."""
    return current_app.extensions["settings"].city_code


def city_name() -> str:
    return division_name(city_code())


def public_sections() -> list[tuple[str, str, int]]:
    return [("demands.hall", _("需求大厅"), 0), ("experts.hall", _("专家与工匠"), 0), ("contests.list", _("竞赛"), 0),
            ("events.list", _("对接活动"), 0), ("notices.list", _("成果与公示"), 0), ("guide.show", _("办事指南"), 0)]


def desk_sections(person: User) -> list[tuple[str, str, int]]:
    """The sections of the roles a person holds, each once, in the order enterprise, expert, broker."""
    by_role = {
        Role.enterprise: [("postings.mine", _("我的需求")), ("engagements.mine", _("合作")), ("contracts.mine", _("合同")),
                          ("accounts.organisation", _("单位资料"))],
        Role.expert: [("matches.mine", _("和我对得上的")), ("capabilities.mine", _("我的本领")),
                      ("engagements.mine", _("合作")), ("contracts.mine", _("合同")), ("entries.mine", _("竞赛"))],
        Role.broker: [("intros.board", _("牵线")), ("engagements.mine", _("合作")), ("broker.trail", _("足迹")),
                      ("entries.mine", _("竞赛"))],
        Role.reviewer: [("reviews.mine", _("评审"))],
    }
    found = {"desk.mine": _("工作台")}
    for role, sections in by_role.items():
        if role in person.roles:
            found |= dict(sections)
    if offices_of(db(), person):
        found["cases.list"] = _("办理")
    return [(endpoint, text, 0) for endpoint, text in found.items()]


def staff_sections(_person: User) -> list[tuple[str, str, int]]:
    """The staff's sections, each with how many items wait there."""
    return [("verification.queue", _("核验台"), _waiting(Collaboration, CollaborationStatus.confirmed)),
            ("diagnosis.queue", _("需求诊断"), _waiting(Demand, DemandStatus.submitted)),
            ("members.queue", _("入驻审核"), _waiting(RoleGrant, Admission.applied)), ("interests.mine", _("利益回避"), 0),
            ("board.index", _("看板"), 0), ("events.list", _("对接活动"), 0), ("seasons.list", _("竞赛"), 0),
            ("cases.list", _("办理"), 0),
            ("objections.queue", _("异议"), waiting(db())), ("thesaurus.list", _("同义词"), 0),
            ("imports.list", _("导入导出"), 0), ("ledger.entries", _("台账"), 0), ("rankings.list", _("推荐排序"), 0)]


def _waiting(table, status) -> int:
    return db().scalar(select(func.count()).select_from(table).where(table.status == status))


def footer_links() -> list[tuple[str, list[tuple[str, str, str | None]]]]:
    """(heading, [(endpoint, words, place on the page)])."""
    return [
        (_("企业"), [("postings.new", _("发布需求"), None), ("guide.show", _("怎么写好一条需求"), "post"),
                   ("guide.show", _("签约与登记"), "verify")]),
        (_("专家与工匠"), [("accounts.register", _("入驻登记"), None), ("guide.show", _("揭榜流程"), "take"),
                     ("about.matching", _("推荐是怎么算的"), None)]),
        (_("监督"), [("proof.check", _("自己校验一条台账"), None), ("about.privacy", _("个人信息怎么用"), None),
                   ("about.access", _("无障碍说明"), None)]),
    ]


@functools.cache
def _digest(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file with its content's hash, so browsers may keep it for a year."""
    return url_for("static", filename=name, v=_digest(pathlib.Path(current_app.static_folder) / name))


def icons_url() -> str:
    return asset(ICONS)


def keep_static(response: Response) -> Response:
    if request.endpoint == "static" and request.args.get("v") and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def init(app: Flask) -> None:
    app.after_request(keep_static)
    app.jinja_env.globals.update(
        asset=asset, icons_url=icons_url, care_mode=care_mode, routed=routed, here=here, clock_of=clock_of,
        public_sections=public_sections, desk_sections=desk_sections, staff_sections=staff_sections,
        footer_links=footer_links, organiser=organiser, city_name=city_name)
