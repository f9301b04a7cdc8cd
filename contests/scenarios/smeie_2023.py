"""企校协同创新大赛 2023: teams enter six tracks, every wrong way in is refused, first prizes go on to the final."""

import datetime as dt
from dataclasses import dataclass, field

from contests.entries import attach_material
from contests.group_entries import MemberForm, enter_group, submit_group
from contests.scenarios.cast import Cast
from contests.scenarios.play import Play
from contests.season_settings import open_season, settle
from contests.seasons import definition_of, unsaid
from models.accounts import OrganisationKind, Role, User
from models.contests import Entry, MemberKind, Season

CODE, YEAR = "smeie-2023", 2023
MINUTES = "虚构的大赛组委会 2023 年 7 月 20 日会议纪要"
DAYS = {"registration": ("2023-07-25", ""), "special": ("2023-10-16", "2023-11-24"),
        "final": ("2023-12-16", "2023-12-17")}
PLACES = {"first": 1, "second": 1, "third": 1, "organiser": 1, "worker": 1}
MONEY = {"first": ("10000", "20000"), "second": ("5000", "10000"), "third": ("2000", "5000")}
TEAMS = (("robot", "云梯队"), ("robot", "磐石队"), ("robot", "惊蛰队"), ("chip", "微光队"), ("chip", "砺石队"),
         ("security", "长亭队"))
ANNOUNCED, OPEN = dt.date(2023, 7, 20), dt.date(2023, 9, 1)


@dataclass
class Stage:
    """Who is on it, for the acts after registration."""

    cast: Cast
    season: Season
    staff: User
    entries: list[Entry] = field(default_factory=list)


def play(run: Play) -> Stage:
    """Announcement and registration."""
    cast = Cast(run.session)
    with run.at(ANNOUNCED):
        staff = organiser(cast)
        stage = Stage(cast, open_season(run.session, staff, CODE, YEAR), staff)
        run.announce(definition_of(stage.season), stage.season)
        early = _team(cast, stage, "robot", "早鸟队")
        with run.refusing("开始日还没有定，早鸟队就要提交"):
            submit_group(run.session, early.user, early, declared=True)
        settled = settle(run.session, staff, stage.season, settings(stage.season), source=MINUTES,
                         version=stage.season.version)
        run.did(f"组委会补齐通知没写的 {len(settled)} 项：权重、名额、日期、奖金")
    _registration(run, cast, stage)
    return stage


def organiser(cast: Cast) -> User:
    """The official of the contest's host."""
    return cast.person("宋明远", Role.staff, cast.organisation("海岬中小企业促进中心", OrganisationKind.union))


def settings(season: Season) -> dict[str, object]:
    """A value for everything the notice leaves open: the play's own, said by invented minutes."""
    values: dict[str, object] = {}
    for setting in unsaid(definition_of(season)):
        place, *path = setting.key.split(".")
        if place == "phases":
            values[setting.key] = DAYS[path[0]][path[1] == "ends"]
        elif path[-1] == "weight":
            values[setting.key] = "0.25"
        elif path[-1] == "places":
            values[setting.key] = PLACES[path[-2]]
        else:
            values[setting.key] = MONEY[path[-2]][path[-1] == "amount_max"]
    return values


def _team(cast: Cast, stage: Stage, track: str, name: str, *, student: bool = True, filer: User | None = None) -> Entry:
    """A teacher, a student who defends, an enterprise's expert; filed by the teacher unless somebody else is named."""
    teacher = cast.person(f"{name[0]}知言")
    members = [MemberForm(teacher.name, MemberKind.university, "海岬大学", user_id=teacher.id),
               MemberForm(f"{name[0]}小满", MemberKind.university, "海岬大学", student=student, defender=True),
               MemberForm(f"{name[0]}工", MemberKind.enterprise, "云港重工有限公司")]
    filer = filer or teacher
    entry = enter_group(cast.session, filer, stage.season, track, name=name, members=members)
    attach_material(cast.session, filer, entry, "registration", cast.file(filer, f"{name}报名材料"))
    return entry


def enter_team(run: Play, cast: Cast, stage: Stage, track: str, name: str) -> None:
    """A whole team hands its entry in."""
    entry = _team(cast, stage, track, name)
    submit_group(run.session, entry.user, entry, declared=True)
    stage.entries.append(entry)
    group = definition_of(stage.season).track(track).name
    run.did(f"{name}报名{group}：{'、'.join(one.name for one in entry.members)}")


def _registration(run: Play, cast: Cast, stage: Stage) -> None:
    definition = definition_of(stage.season)
    phase = definition.phase("registration")
    run.phase(phase)
    session, last = run.session, phase.days[1]
    with run.at(OPEN):
        for track, name in TEAMS:
            enter_team(run, cast, stage, track, name)
        first = stage.entries[0]
        with run.refusing("云梯队再交一次"):
            submit_group(session, first.user, first, declared=True)
        with run.refusing("云梯队换个名字又报半导体"):
            again = enter_group(session, first.user, stage.season, "chip", name="云梯二队", members=_same(first))
            attach_material(session, first.user, again, "registration", cast.file(first.user, "云梯二队"))
            submit_group(session, first.user, again, declared=True)
        with run.refusing("没有学生的队"):
            lone = _team(cast, stage, "twin", "独行队", student=False)
            submit_group(session, lone.user, lone, declared=True)
        with run.refusing("替别人的队报名"):
            stranger = cast.person("过路人")
            taken = _team(cast, stage, "twin", "代报队", filer=stranger)
            submit_group(session, stranger, taken, declared=True)
        with run.refusing("直接报全国总决赛"):
            _team(cast, stage, "final", "直达队")
    with run.at(last, 23, 59, 59):
        slow = _team(cast, stage, "vehicle", "慢半拍队")
    with run.at(last + dt.timedelta(days=1), 0), run.refusing("慢半拍队过了最后一秒"):
        submit_group(session, slow.user, slow, declared=True)


def _same(entry: Entry) -> list[MemberForm]:
    return [MemberForm(one.name, one.kind, one.organisation, one.student, one.defender, user_id=one.user_id)
            for one in entry.members]
