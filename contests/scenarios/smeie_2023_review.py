"""企校协同创新大赛 2023: the special contests' teams before their committee."""

from contests.scenarios import smeie_2023
from contests.scenarios.judging import Officials, review, seat_committee
from contests.scenarios.play import Play
from contests.scenarios.smeie_2023 import Stage
from contests.seasons import definition_of
from models.accounts import OrganisationKind, Role
from models.contests import Entry

TRACKS = ("robot", "chip", "security")
SEATS = (("方正言", "技术专家", "海岬研究院"), ("陆清和", "企业专家", "远山机器人有限公司"), ("何以宁", "投资专家", "长风创投"),
         ("白鹭洲", "高校专家", "海岬大学"))
STRENGTH = {"云梯队": 88, "磐石队": 82, "惊蛰队": 79, "微光队": 91, "砺石队": 84, "长亭队": 86}


def play(run: Play) -> Stage:
    """Announcement, registration, and the special contests until every sheet is opened."""
    stage = smeie_2023.play(run)
    judge(run, stage, colleagues(stage))
    return stage


def colleagues(stage: Stage) -> Officials:
    union = stage.cast.organisation("海岬产教融合服务中心", OrganisationKind.union)
    return Officials(stage.staff, stage.cast.person("裴一舟", Role.staff, union))


def judge(run: Play, stage: Stage, officials: Officials) -> None:
    """Each track by written sheets; a reviewer of the teams' own university is kept out."""
    phase = definition_of(stage.season).phase("special")
    run.phase(phase)
    with run.at(phase.days[0]):
        committee = seat_committee(run, stage.cast, officials, stage.season, SEATS, "专项赛评审委员会")
        for track in TRACKS:
            review(run, officials, stage.season, committee, track, marks)


def marks(entry: Entry, indicator: str) -> int:
    """A play's scores: by the team, a little apart by indicator."""
    return STRENGTH[entry.name] - (2 if indicator == "breakthrough" else 0)
