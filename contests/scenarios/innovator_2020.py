"""002 played through: a province applies by courier, then nominations climb from enterprise to district to province."""

import datetime as dt
from functools import partial

from contests.lifecycles.births import Subject
from contests.lifecycles.kpis import progress, report_figure
from contests.lifecycles.quota_table import set_quota
from contests.rules.kpi import Reading
from contests.scenarios.play import Play
from contests.scenarios.walk import Walk
from models.accounts import OrganisationKind, User
from models.lifecycles import Case

CODE = "innovator-2020"
DISTRICTS = {"371000": "威海", "370600": "烟台"}
PLACES = {"371000": 3, "370600": 3}
WEIGHTS = {f"tracks.nominee.indicators.{code}.weight": weight
           for code, weight in (("expert_review", "0.5"), ("online_vote", "0.3"), ("talk", "0.2"))}
OPENS = {"phases.registration.starts": "2020-06-11"}
FIGURES = {"events": 1, "reports": 6, "districts": 2, "all_districts": 2, "associations": 120, "all_associations": 230,
           "video_minutes": 14, "cases": 5}


def play(run: Play) -> None:
    """Everything is made in the run's session; nothing is committed."""
    walk = Walk(run, CODE, 2020, dt.date(2020, 6, 10))
    walk.settle(OPENS | WEIGHTS, "中心办公会纪要")
    walk.phase("项目申报：快递发出日为准")
    _apply(walk)
    walk.phase("组织推荐，6 月下旬至 7 月下旬")
    cast = Cast(walk)
    nominees = _nominate(walk, cast)
    walk.phase("资格审查，7 月下旬至 8 月上旬")
    _vet(walk, cast, nominees)
    walk.phase("逐级选拔，8 月中旬至 9 月中旬")
    _select(walk, cast, nominees)
    walk.phase("效果评价")
    _kpis(walk, cast.province)
    walk.phase("结果")
    _result(walk, nominees)


class Cast:
    """Associations of enterprises, the districts and the province. All invented."""

    def __init__(self, walk: Walk):
        self.walk = walk
        self.province = walk.office("province", walk.person("省科协经办人"))
        self.district = {code: walk.office("district", walk.person(f"{name}科协经办人"), district=code)
                         for code, name in DISTRICTS.items()}
        self.firms = [walk.firm(name, code) for name, code in (
            ("海岬刀具有限公司", "371000"), ("海岬钓具有限公司", "371000"), ("芝罘轴承有限公司", "370600"))]
        self.association = {firm.id: walk.office("association", walk.person(f"{firm.name[:4]}科协秘书"),
                                                 organisation=firm) for firm in self.firms}

    def nominate(self, firm, name: str, **said) -> Case:
        return self.walk.open(self.association[firm.id], "nomination", "recommend",
                              Subject(name, firm, firm.district_code), story="攻关事迹", **said)

    def of(self, case: Case) -> User:
        return self.district[case.district_code]


def _apply(walk: Walk) -> None:
    centre, reviewer = (walk.office(role, walk.person(name)) for role, name in (
        ("centre", "中心经办人"), ("reviewer", "第三方机构经办人")))
    applications = []
    walk.day = dt.date(2020, 6, 18)
    for name in ("海岬省科技服务中心", "云岭省科技服务中心"):
        body = walk.firm(name, "", OrganisationKind.institute)
        applicant = walk.office("applicant", walk.person(f"{name[:3]}经办人"), organisation=body)
        applications.append(walk.open(applicant, "application", "file", Subject("创新达人宣讲", body), letter="演科协函1号"))
    walk.day = dt.date(2020, 6, 23)
    walk.say("两份纸质材料 6 月 23 日才到，截止日是 6 月 19 日，看快递发出日")
    parcels = zip(applications, ("2020-06-19", "2020-06-20"), ("SF-0001", "SF-0002"), strict=True)
    for case, dispatched, waybill in parcels:
        walk.move(centre, case, "receive", dispatched_on=dispatched, waybill=waybill, copies=2)
    kept, late = applications
    walk.move(centre, late, "late", reason="快递 6 月 20 日发出，过了截止日")
    walk.move(reviewer, kept, "pass_form")
    walk.move(reviewer, kept, "judge", score=88)
    walk.move(centre, kept, "grant")


def _nominate(walk: Walk, cast: Cast) -> list[Case]:
    walk.day = dt.date(2020, 7, 1)
    cast.nominate(cast.firms[0], "林试甲")
    nominees = [cast.nominate(firm, name, reason="成绩突出") for firm, name in (
        (cast.firms[0], "林试甲"), (cast.firms[0], "林试乙"), (cast.firms[0], "林试丙"), (cast.firms[1], "周试丁"),
        (cast.firms[1], "周试戊"), (cast.firms[2], "吴试己"))]
    walk.move(cast.of(nominees[0]), nominees[0], "qualify")
    walk.day = dt.date(2020, 8, 1)
    cast.nominate(cast.firms[2], "迟到者", reason="成绩突出")
    return nominees


def _vet(walk: Walk, cast: Cast, nominees: list[Case]) -> None:
    first = nominees[0]
    walk.move(cast.association[first.organisation_id], first, "qualify")
    walk.move(cast.of(first), first, "send_back", reason="事迹没有写明本人作用")
    walk.move(cast.association[first.organisation_id], first, "resubmit", changes="写明本人作用")
    walk.move(cast.of(nominees[4]), nominees[4], "reject", reason="不在企业一线")
    for case in (*nominees[:4], nominees[5]):
        walk.move(cast.of(case), case, "qualify")


def _select(walk: Walk, cast: Cast, nominees: list[Case]) -> None:
    walk.day = dt.date(2020, 8, 20)
    standing = [*nominees[:4], nominees[5]]
    walk.move(cast.of(standing[0]), standing[0], "select", score=95, votes=300)
    for code, places in PLACES.items():
        walk.on(walk.day, partial(set_quota, walk.session, walk.staff, walk.season, "allocation", code, places,
                                  "省科协名额分配表"))
    for case, score in zip(standing, (95, 90, 92, 88, 85), strict=True):
        walk.move(cast.of(case), case, "select", score=score, votes=100)
    walk.move(cast.of(standing[2]), standing[2], "pass_over", reason="同一企业已有 2 人")
    chosen = [case for case in standing if case.state == "selected"]
    walk.day = dt.date(2020, 9, 10)
    walk.move(cast.province, chosen[0], "return_up", reason="请核实投票数")
    walk.move(cast.of(chosen[0]), chosen[0], "select", score=95, votes=280)
    for case in chosen:
        walk.move(cast.province, case, "list")
    for case in chosen:
        walk.move(cast.province, case, "appoint")


def _kpis(walk: Walk, reporter: User) -> None:
    walk.day = dt.date(2020, 11, 20)
    for measure, value in FIGURES.items():
        walk.on(walk.day, partial(report_figure, walk.session, reporter, walk.season, measure, value,
                                  source="总结报告"))
    for one in progress(walk.session, walk.season):
        told = " 或 ".join(f"{reading.target.name} {_figure(reading)}" for reading in one.readings)
        walk.say(f"{'✓' if one.reached else '✗'} {one.rule.name}：{told}")


def _figure(reading: Reading) -> str:
    if reading.value is None:
        return "没有报"
    return f"{reading.value:f}/{reading.whole:f}" if reading.target.of and reading.whole else f"{reading.value:f}"


def _result(walk: Walk, nominees: list[Case]) -> None:
    for case in nominees:
        record = walk.record(case)
        walk.say(f"{case.name}（{case.organisation.name}，{DISTRICTS[case.district_code]}）　{record.state.name}")
    listed = [case for case in nominees if case.state in ("listed", "speaker")]
    speakers = sum(case.state == "speaker" for case in nominees)
    walk.say(f"正式名单 {len(listed)} 人，宣讲代表 {speakers} 人")
