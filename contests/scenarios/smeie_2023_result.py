"""企校协同创新大赛 2023 from the closed registration through both stages to the published result."""

import datetime as dt

from contests.promotions import promote, require_promoted
from contests.publication.opening import Approval
from contests.scenarios import smeie_2023
from contests.scenarios.deciding import publish, seal_terms, select_awards, show_publicly
from contests.scenarios.judging import live_review, seat_committee
from contests.scenarios.play import Play
from contests.scenarios.smeie_2023_review import TRACKS, colleagues, judge, marks
from contests.seasons import definition_of
from models.awards import Award
from models.contests import Entry

JUDGES = (("谢怀瑾", "技术专家", "海岬研究院"), ("江知遥", "企业专家", "远山机器人有限公司"), ("乔木兰", "投资专家", "长风创投"))
MINUTES = "虚构的大赛组委会 2023 年 11 月 24 日会议纪要"
FINAL_MINUTES = "虚构的大赛组委会 2023 年 12 月 17 日会议纪要"


def play(run: Play) -> list[Award]:
    """The whole contest; returns the awards of the final."""
    stage = smeie_2023.play(run)
    session, definition, season = run.session, definition_of(stage.season), stage.season
    officials = colleagues(stage)
    special, final = definition.phase("special"), definition.phase("final")
    with run.at(special.days[0] - dt.timedelta(days=1)):
        seal_terms(run, officials, season, (*TRACKS, "final"), smeie_2023.MINUTES)
    judge(run, stage, officials)
    with run.at(special.days[1]):
        winners = [award for track in TRACKS for award in select_awards(run, officials, season, track, MINUTES)]
        second = next(award for award in winners if award.grade != "first")
        loser = session.get_one(Entry, second.entry_id)
        with run.refusing(f"{loser.name}要进总决赛"):
            require_promoted(session, definition, loser)
        run.did("晋级全国总决赛：" + "、".join(one.name for one in promote(session, stage.staff, season)))
    run.phase(final)
    with run.at(final.days[0]):
        judges = seat_committee(run, stage.cast, officials, season, JUDGES, "总决赛评审委员会")
        live_review(run, officials, season, judges, "final", marks)
    with run.at(final.days[1]):
        awards = select_awards(run, officials, season, "final", FINAL_MINUTES)
        notice = show_publicly(run, officials, season, Approval(
            by="大赛组委会会议", on=final.days[1], minutes=FINAL_MINUTES))
        publish(run, officials, notice, "海中小企通〔2023〕88号", "各参赛单位")
    return awards
