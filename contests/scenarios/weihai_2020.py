"""威海 2020: from demands posted on the platform to two groups' entries, with every wrong way in refused."""

import datetime as dt
from dataclasses import dataclass

from contests.entries import edit_entry, open_entry
from contests.intake import receive_paper
from contests.scenarios.cast import Cast
from contests.scenarios.play import Play
from contests.season_settings import open_season, settle
from contests.seasons import definition_of, unsaid
from contests.submission import submit
from models.accounts import Broker, Expert, OrganisationKind, Role, User
from models.contests import Entry, Season

CODE, YEAR = "weihai-2020", 2020
MINUTES = "虚构的市总工会党组 2020 年 7 月 1 日会议纪要"
OPENING, SIGNING = dt.date(2020, 7, 1), dt.date(2020, 9, 15)
DAYS = {"review": ("2020-12-07", "2020-12-11"), "public_notice": ("2020-12-14", "2020-12-21"),
        "award": ("2020-12-22", "2020-12-31")}
WEIGHTS = {"tech_challenge": {"projects": "0.4", "amount": "0.3", "benefit": "0.3"},
           "school_enterprise": {"projects": "0.5", "benefit": "0.5"}}
PLACES = {"first": 1, "second": 1, "third": 2}
REPORT = "走访企业四十二家，收集技术需求三十一条，组织校企对接会六场、成果发布会两场，促成合作。" * 3


@dataclass
class Stage:
    """Who is on it, for the acts after registration."""

    cast: Cast
    season: Season
    staff: User
    experts: list[Expert]
    brokers: list[Broker]
    entries: list[Entry]


def play(run: Play) -> Stage:
    """Announcement, the year's contracts, registration."""
    cast = Cast(run.session)
    with run.at(OPENING):
        stage = _opened(run, cast)
    contracts(run, cast, stage)
    _registration(run, cast, stage)
    return stage


def _opened(run: Play, cast: Cast) -> Stage:
    staff = organiser(cast)
    season = open_season(run.session, staff, CODE, YEAR)
    run.announce(definition_of(season), season)
    settled = settle(run.session, staff, season, settings(season), source=MINUTES, version=season.version)
    run.did(f"{staff.name}照会议纪要补齐通知没写的 {len(settled)} 项")
    return entrants(cast, season, staff)


def organiser(cast: Cast) -> User:
    """The union's official who opens the contest and looks at the originals."""
    return cast.person("宋明远", Role.staff, cast.organisation("海岬市总工会", OrganisationKind.union))


def entrants(cast: Cast, season: Season, staff: User) -> Stage:
    """Experts and brokers on the platform; nobody has entered yet."""
    university = cast.organisation("海岬大学", OrganisationKind.university)
    experts = [cast.expert(name, university) for name in ("周砚秋", "林知远", "苏问渠", "沈一鸣", "顾晚舟", "叶听松")]
    brokers = [cast.broker(name, university) for name in ("程渡", "许引桥")]
    return Stage(cast, season, staff, experts, brokers, [])


def settings(season: Season) -> dict[str, object]:
    """A value for everything the notice leaves open: the play's own, said by invented minutes."""
    values: dict[str, object] = {"public_notice.days": 5}
    for setting in unsaid(definition_of(season)):
        place, *path = setting.key.split(".")
        if place == "phases":
            values[setting.key] = DAYS[path[0]][path[1] == "ends"]
        elif path[-1] == "places":
            values[setting.key] = PLACES[path[-2]]
        elif path[-1] == "weight":
            values[setting.key] = WEIGHTS[path[0]][path[-2]]
        elif path[-1] == "basis":
            values[setting.key] = "expected"
    return values


def contracts(run: Play, cast: Cast, stage: Stage) -> None:
    """The year on the platform: what becomes evidence, and what does not."""
    with run.at(dt.date(2020, 7, 6)):
        firm = cast.organisation("云港重工有限公司", OrganisationKind.enterprise)
        contact = cast.person("韩立", Role.enterprise, firm)
        demands = [cast.demand(firm, contact, title) for title in (
            "渔线轮齿轮噪声偏大", "碳纤维钓竿跳动超差", "海水泵叶轮空蚀", "焊接机器人示教耗时", "涂装线能耗偏高",
            "刀具寿命不稳", "冷链温控漂移")]
        hidden = cast.demand(firm, contact, "没有发布过的需求", posted=False)
    with run.at(SIGNING):
        introduced = ((stage.brokers[0], 60), (stage.brokers[1], 40))
        pairs = [(0, 0, 380000, introduced), (1, 0, 220000, ()), (2, 1, 560000, ((stage.brokers[0], 100),)),
                 (3, 2, 180000, ((stage.brokers[1], 100),)), (4, 3, 90000, ()), (5, 4, 40000, ())]
        for demand, expert, amount, brokers in pairs:
            contract = cast.contract(demands[demand], stage.experts[expert], amount, brokers=brokers)
            cast.verify(cast.collaborate(contract), stage.staff)
        run.did(f"{len(pairs)} 份合同经双方确认、原件核验，成为佐证")
        with run.refusing("平台外的合同（需求没有发布过）"):
            cast.collaborate(cast.contract(hidden, stage.experts[0], 500000))
        with run.refusing("上一年签的合同"):
            cast.collaborate(cast.contract(demands[6], stage.experts[1], 300000, signed_on=dt.date(2019, 12, 31)))
        with run.refusing("两位促成人的份额超过整份"):
            over = ((stage.brokers[0], 80), (stage.brokers[1], 40))
            cast.collaborate(cast.contract(demands[6], stage.experts[1], 300000, brokers=over))


def _registration(run: Play, cast: Cast, stage: Stage) -> None:
    phase = definition_of(stage.season).phase("registration")
    run.phase(phase)
    first, last = phase.days
    session, early = run.session, stage.experts[0]
    with run.at(first - dt.timedelta(days=1), 23, 59):
        entry = open_entry(session, early.user, stage.season, "tech_challenge")
        with run.refusing(f"{early.name}提前一分钟提交"):
            submit(session, early.user, entry, declared=True)
    with run.at(first + dt.timedelta(days=4)):
        with run.refusing(f"{early.name}没有勾声明"):
            submit(session, early.user, entry, declared=False)
        with run.refusing(f"{early.name}替{stage.experts[1].name}交"):
            submit(session, stage.experts[1].user, entry, declared=True)
        with run.refusing("企业联系人以单位身份报名"):
            open_entry(session, cast.person("贺知同", Role.enterprise), stage.season, "tech_challenge")
        for expert in stage.experts[:4]:
            enter(run, stage, expert.user, "tech_challenge")
        for broker in stage.brokers:
            enter(run, stage, broker.user, "school_enterprise")
        with run.refusing(f"{early.name}再交一次"):
            submit(session, early.user, entry, declared=True)
        without = stage.experts[5]
        with run.refusing(f"{without.name}没有一份合作"):
            idle = open_entry(session, without.user, stage.season, "tech_challenge")
            submit(session, without.user, idle, declared=True)
    with run.at(last):
        for entry in stage.entries:
            receive_paper(session, stage.staff, entry, last)
        run.did(f"收到 {len(stage.entries)} 份纸质材料")
    with run.at(last, 23, 59, 59):
        slow = open_entry(session, stage.experts[4].user, stage.season, "tech_challenge")
    with run.at(last + dt.timedelta(days=1), 0), run.refusing(f"{stage.experts[4].name}过了最后一秒"):
        submit(session, stage.experts[4].user, slow, declared=True)


def enter(run: Play, stage: Stage, user: User, track: str) -> None:
    """Begin, word and submit one person's entry."""
    entry = open_entry(run.session, user, stage.season, track)
    if track == "school_enterprise":
        edit_entry(run.session, user, entry, phone=entry.phone, employer=entry.employer, summary=REPORT)
    submit(run.session, user, entry, declared=True)
    stage.entries.append(entry)
    name = definition_of(stage.season).track(track).name
    run.did(f"{user.name}报名{name}，佐证 {len(entry.evidence)} 份")
