"""威海 2020 from the closed registration to the published result."""

import datetime as dt
from dataclasses import replace

from contests.publication.objections import Filing, file_objection
from contests.publication.objections import decide as answer
from contests.publication.opening import Approval
from contests.scenarios import weihai_2020
from contests.scenarios.deciding import publish, seal_terms, select_awards, show_publicly
from contests.scenarios.judging import Officials, seat_committee
from contests.scenarios.paying import pay_awards
from contests.scenarios.play import Play
from contests.season_settings import settle
from contests.seasons import definition_of
from models.accounts import OrganisationKind, Role
from models.awards import Award
from models.base import today
from models.publication import PublicNotice, ResultDocument

TRACKS = ("tech_challenge", "school_enterprise")
COMMITTEE = (("方正言", "党组成员", "海岬市总工会"), ("陆清和", "部室负责人", "海岬市总工会"), ("何以宁", "部室负责人", "海岬市总工会"))
MINUTES = "虚构的评审委员会 2020 年 12 月 9 日会议纪要"
APPROVAL = Approval(by="市总工会党组会议", on=dt.date(2020, 12, 11), minutes="虚构的〔2020〕21 号会议纪要")
AMOUNTS = {"first": "10000", "second": "6000", "third": "3000"}


def play(run: Play) -> list[Award]:
    """The whole contest; returns the awards."""
    stage = weihai_2020.play(run)
    definition, session = definition_of(stage.season), run.session
    colleague = stage.cast.person("裴一舟", Role.staff,
                                  stage.cast.organisation("海岬市总工会网信中心", OrganisationKind.union))
    officials = Officials(stage.staff, colleague)
    with run.at(definition.phase("review").days[0] - dt.timedelta(days=1)):
        seal_terms(run, officials, stage.season, TRACKS, weihai_2020.MINUTES)
        with run.refusing("评审还没开始就拟名单"):
            select_awards(run, officials, stage.season, TRACKS[0], weihai_2020.MINUTES)
    run.phase(definition.phase("review"))
    with run.at(definition.phase("review").days[0]):
        seat_committee(run, stage.cast, officials, stage.season, COMMITTEE)
        with run.refusing("评审开始以后再改权重"):
            settle(session, stage.staff, stage.season, {"tracks.tech_challenge.indicators.amount.weight": "0.9"},
                   source=MINUTES, version=stage.season.version)
        with run.refusing("还在评审就公示"):
            show_publicly(run, officials, stage.season, replace(APPROVAL, on=today()))
    with run.at(dt.date(2020, 12, 9)):
        awards = [award for track in TRACKS
                  for award in select_awards(run, officials, stage.season, track, MINUTES)]
    first = definition.phase("public_notice").days[0]
    run.phase(definition.phase("public_notice"))
    with run.at(first):
        notice = show_publicly(run, officials, stage.season, APPROVAL)
        line = notice.lines[-1]
        objection = file_objection(session, notice, Filing(
            "匿名群众", "信箱", "对这一名的项目数量有疑问，请核对合同原件和平台上的对接记录。", line))
        run.did(f"收到异议 {objection.number}，针对{line.name}")
    with run.at(notice.last_day, 23, 59, 59), run.refusing("公示最后一秒就公布"):
        _publish(run, officials, notice)
    run.phase(definition.phase("award"))
    with run.at(notice.last_day + dt.timedelta(days=1), 9):
        with run.refusing("异议没有答复就公布"):
            _publish(run, officials, notice)
        with run.refusing(f"核验过这份报名的{stage.staff.name}来答复异议"):
            answer(session, stage.staff, objection, upheld=False, answer="合同原件核过，数量无误。", version=objection.version)
        answer(session, colleague, objection, upheld=False, answer="合同原件和对接记录都核过，数量无误。",
               version=objection.version)
        run.did("异议由没有经手核验的人核查答复，不成立")
        document = _publish(run, officials, notice)
    with run.at(notice.last_day + dt.timedelta(days=4)):
        pay_awards(run, officials, document, AMOUNTS)
    return awards


def _publish(run: Play, officials: Officials, notice: PublicNotice) -> ResultDocument:
    return publish(run, officials, notice, "海工发〔2020〕31号", "各区市总工会、驻海岬各高校")
