"""004 played through: two centres from the first intention to evaluation and to cancellation, over eight years."""

import datetime as dt

from contests.lifecycles.births import Subject
from contests.lifecycles.deadlines import overdue
from contests.lifecycles.lists import rows_for
from contests.scenarios.play import Play
from contests.scenarios.walk import Walk
from models.lifecycles import Case

CODE = "weihai-centre-2022"
DISTRICT = "371002"
CUT_OFFS = {f"lifecycles.centre.grades.{grade}.floor": floor
            for grade, floor in (("excellent", "90"), ("good", "75"), ("qualified", "60"))}
NOTICE = {"public_notice.days": 7}


def play(run: Play) -> None:
    """Everything is made in the run's session; nothing is committed."""
    walk = Walk(run, CODE, 2022, dt.date(2022, 7, 8))
    cast = Cast(walk)
    walk.phase("提出意向、论证、公示、批准")
    first = cast.intend(cast.tool_maker, "数控刀具", "C3421")
    walk.open(cast.authority, "centre", "recommend", Subject("机床附件", cast.rod_maker, DISTRICT, "C342"),
              mode="龙头企业牵头", tasks="机床附件")
    second = cast.intend(cast.rod_maker, "碳纤维钓具", "C2444")
    for case, unit in ((first, cast.tool_unit), (second, cast.rod_unit)):
        cast.argue(case, unit)
    _approve(walk, cast, first, second)
    walk.phase("筹建期：任务书、中期调度、年度报告")
    _prepare(walk, cast, first, second)
    walk.phase("验收、整改、取消")
    _accept(walk, cast, first, second)
    walk.phase("正式建设期：考评、变更")
    _run(walk, cast, first)
    walk.phase("结果")
    _result(walk, first, second)


class Cast:
    """Who takes part. Firms and people are invented."""

    def __init__(self, walk: Walk):
        self.walk = walk
        self.tool_maker, self.rod_maker = (walk.firm(name, DISTRICT) for name in ("海岬刀具有限公司", "海岬钓具有限公司"))
        self.bureau = walk.office("bureau", walk.person("市科技局经办人"))
        self.authority = walk.office("authority", walk.person("区科技局经办人"), district=DISTRICT)
        self.tool_unit = walk.office("unit", walk.person("刀具公司经办人"), organisation=self.tool_maker)
        self.rod_unit = walk.office("unit", walk.person("钓具公司经办人"), organisation=self.rod_maker)

    def intend(self, firm, name: str, industry: str) -> Case:
        return self.walk.open(self.authority, "centre", "recommend", Subject(name, firm, DISTRICT, industry),
                              mode="龙头企业牵头", tasks=f"{name}共性技术")

    def argue(self, case: Case, unit) -> None:
        for code, said in (("convene", {}), ("argue", {"opinion": "方案可行"}), ("visit", {"opinion": "条件具备"})):
            self.walk.move(self.bureau, case, code, **said)
        self.walk.move(unit, case, "revise", changes="按论证意见补了投入计划")

    def sign(self, case: Case, unit) -> None:
        for person, code in ((self.bureau, "sign_bureau"), (self.authority, "sign_authority"), (unit, "sign_unit")):
            self.walk.move(person, case, code)
        self.walk.move(self.bureau, case, "start")


def _approve(walk: Walk, cast: Cast, first: Case, second: Case) -> None:
    walk.move(cast.tool_unit, first, "publish")
    for case in (first, second):
        walk.move(cast.bureau, case, "publish")
    walk.move(cast.bureau, first, "approve", document="演字〔2022〕1号")
    walk.settle(NOTICE, "局长办公会纪要")
    walk.move(cast.bureau, first, "approve", document="演字〔2022〕1号")
    walk.jump(first, "notice", past=1)
    for case in (first, second):
        walk.move(cast.bureau, case, "approve", document="演字〔2022〕1号")


def _prepare(walk: Walk, cast: Cast, first: Case, second: Case) -> None:
    walk.move(cast.bureau, first, "start")
    cast.sign(first, cast.tool_unit)
    walk.jump(second, "task_book", past=1)
    _late(walk, second)
    cast.sign(second, cast.rod_unit)
    walk.jump(first, "annual_report")
    due = walk.day
    walk.open(cast.tool_unit, "annual_report", "write", Subject(parent=first, period=due), summary="完成两项", plan="三项",
              months=8, period=due)
    report = walk.open(cast.tool_unit, "annual_report", "write", Subject(parent=first, period=due), summary="完成两项",
                       plan="三项", months=10, period=due)
    walk.move(cast.authority, report, "send_back", reason="投入没有写数")
    walk.move(cast.tool_unit, report, "rewrite", changes="补了投入")
    walk.move(cast.authority, report, "endorse")
    walk.move(cast.bureau, report, "receive")
    walk.jump(first, "mid_term")
    walk.move(cast.bureau, first, "mid_term", opinion="进度正常", period=walk.day)
    walk.jump(first, "annual_report", past=1)
    _late(walk, first)


def _accept(walk: Walk, cast: Cast, first: Case, second: Case) -> None:
    walk.jump(second, "preparation")
    for case, unit in ((first, cast.tool_unit), (second, cast.rod_unit)):
        walk.move(unit, case, "apply")
        walk.move(cast.authority, case, "endorse", opinion="材料齐全")
    walk.move(cast.bureau, first, "accept", score=82, opinion="通过")
    walk.settle(CUT_OFFS, "局党组会议纪要")
    walk.move(cast.bureau, first, "accept", score=82, opinion="通过")
    walk.move(cast.bureau, second, "accept", score=55, opinion="投入不足")
    walk.move(cast.bureau, second, "fail", score=55, opinion="投入不足", reason="研发投入没有到位")
    walk.move(cast.bureau, second, "cancel", reason="不等整改期满")
    walk.jump(second, "rectification", past=1)
    walk.move(cast.bureau, second, "restore", score=80, opinion="整改合格")
    walk.move(cast.bureau, second, "cancel", reason="整改期满仍未通过验收")


def _run(walk: Walk, cast: Cast, first: Case) -> None:
    change = walk.open(cast.tool_unit, "rename", "file", Subject(parent=first), new_name="威海市精密刀具技术创新中心（筹）",
                       reason="业务聚焦")
    walk.move(cast.bureau, change, "record")
    walk.move(cast.bureau, change, "send_back", reason="验收后不带（筹）")
    change = walk.open(cast.tool_unit, "rename", "file", Subject(parent=first), new_name="威海市精密刀具技术创新中心",
                       reason="业务聚焦")
    walk.move(cast.bureau, change, "record")
    moved = walk.open(cast.tool_unit, "field_change", "apply", Subject(parent=first), new_industry="C3425",
                      reason="转向机床附件")
    walk.move(cast.bureau, moved, "grant")
    walk.move(cast.bureau, moved, "argue", finding="通过", opinion="方向明确")
    walk.move(cast.bureau, moved, "grant")
    walk.jump(first, "evaluation")
    walk.move(cast.bureau, first, "evaluate", score=91, opinion="三年成果突出", period=walk.day)
    walk.move(cast.bureau, first, "show_grade", place="局网站")
    walk.move(cast.bureau, first, "support", kind="揭榜制项目", reason="考评优秀")
    walk.jump(first, "evaluation")
    walk.move(cast.bureau, first, "evaluate_badly", score=50, opinion="停滞", period=walk.day, reason="两年没有成果")
    walk.move(cast.bureau, first, "order", reason="给一次整改机会")
    walk.move(cast.bureau, first, "confirm", reason="整改后恢复")


def _late(walk: Walk, case: Case) -> None:
    """Tell what of the case is overdue on this day."""
    record = walk.record(case)
    for one in overdue(record.deadlines, walk.day):
        walk.say(f"！{record.name}　“{one.clock.name}”逾期，最后一天是 {one.due:%Y-%m-%d}")


def _result(walk: Walk, *cases: Case) -> None:
    for case in cases:
        record = walk.record(case)
        walk.say(f"{record.name}　{record.state.name}　行业 {case.industry_code}　共 {len(case.moves)} 步")
    shown = walk.on(walk.day, lambda: rows_for(walk.session, walk.staff))
    late = sum(row.overdue for row in shown)
    walk.say(f"办理单上 {len(shown)} 件，逾期 {late} 项")
