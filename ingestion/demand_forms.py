"""The three written steps of a demand, as typed, and what each asks for before the next may be opened.

`checked(whole)` gives column values. With `whole` false only what is written must be sound (a draft put aside);
with `whole` true nothing may be missing. InvalidForm names every field that is wrong.
"""

import datetime as dt
from dataclasses import dataclass

from ingestion import amounts
from ingestion.findings import Findings
from ingestion.leak_check import refuse_contacts
from ingestion.validation import choice, code, industry, line, text
from models import codes
from models.base import today
from models.demands import Confidentiality, CooperationType, Demand, DemandTarget
from models.money import wan

MAX_TARGETS = 8
TITLE, PROBLEM, LONG_TEXT, ABSTRACT = 60, 5000, 1000, 500
FARTHEST = dt.timedelta(days=3 * 366)


@dataclass(frozen=True)
class ProblemForm:
    """Step 1, 说清难题."""

    title: str = ""
    problem: str = ""
    industry_code: str = ""
    district_code: str = ""

    def checked(self, whole: bool) -> dict:
        findings = Findings()
        values = {
            "title": findings.check(line, self.title, "title", "标题", most=TITLE, least=6 if whole else 1),
            "problem": findings.check(text, self.problem, "problem", "难题", most=PROBLEM, least=30 if whole else 0),
            "industry_code": findings.check(industry, self.industry_code, optional=not whole),
            "district_code": findings.check(code, self.district_code, codes.divisions(), "district_code", "选所在区市",
                                            optional=not whole),
        }
        if whole:
            refuse_contacts(findings, values, {"title": "标题", "problem": "难题"})
        findings.settle()
        return values

    @classmethod
    def of(cls, demand: Demand) -> "ProblemForm":
        return cls(demand.title, demand.problem, demand.industry_code, demand.district_code)


@dataclass(frozen=True)
class TargetRow:
    """One line of the table of targets."""

    what: str = ""
    figure: str = ""
    measure: str = ""
    required: bool = True

    @property
    def empty(self) -> bool:
        return not (self.what.strip() or self.figure.strip() or self.measure.strip())

    def checked(self, number: int, index: int, whole: bool) -> dict:
        """Column values; `number` is what the person counts, `index` the row of the form the fields are named by."""
        findings = Findings()
        values = {
            "what": findings.check(line, self.what, f"target-{index}-what", f"第 {number} 项的要求", most=60, least=1),
            "figure": findings.check(line, self.figure, f"target-{index}-figure", f"第 {number} 项的指标", most=60),
            "measure": findings.check(line, self.measure, f"target-{index}-measure", f"第 {number} 项的测法", most=120),
            "required": self.required,
        }
        if whole and values["figure"] == "":
            findings.add(f"写明第 {number} 项的指标：写得出数字的写数字，写不出的写怎样算好", f"target-{index}-figure")
        if whole and self.required and values["measure"] == "":
            findings.add(f"写明第 {number} 项怎么测：用什么仪器、测几次", f"target-{index}-measure")
        findings.settle()
        return values

    @classmethod
    def of(cls, target: DemandTarget) -> "TargetRow":
        return cls(target.what, target.figure, target.measure, target.required)


@dataclass(frozen=True)
class TargetsForm:
    """Step 2, 指标与条件. Budget figures in 万元 as typed."""

    targets: tuple[TargetRow, ...] = ()
    constraints: str = ""
    tried: str = ""
    budget_min: str = ""
    budget_max: str = ""
    negotiable: bool = False
    budget_sure: bool = False
    year: str = ""
    month: str = ""
    day: str = ""
    cooperation_type: str = ""

    def checked(self, whole: bool) -> dict:
        findings = Findings()
        values = {"targets": findings.check(self._targets, whole) or []}
        values["constraints"] = findings.check(text, self.constraints, "constraints", "现场条件", most=LONG_TEXT)
        values["tried"] = findings.check(text, self.tried, "tried", "试过的办法", most=LONG_TEXT)
        values |= findings.check(self._budget, whole) or {}
        values["deadline"] = findings.check(self._deadline, whole)
        values["cooperation_type"] = self.cooperation_type and findings.check(
            choice, self.cooperation_type, CooperationType, "cooperation_type", "选一种合作方式") or None
        if whole:
            refuse_contacts(findings, values, {"constraints": "现场条件", "tried": "试过的办法"})
        findings.settle()
        return values

    def _targets(self, whole: bool) -> list[dict]:
        findings = Findings()
        written = [(index, row) for index, row in enumerate(self.targets) if not row.empty]
        if whole and not written:
            findings.add("至少写一项指标：要什么、到多少、怎么测", "target-0-what")
        if len(written) > MAX_TARGETS:
            findings.add(f"指标最多 {MAX_TARGETS} 项，现在 {len(written)} 项", f"target-{written[MAX_TARGETS][0]}-what")
        rows = [findings.check(row.checked, number, index, whole) for number, (index, row) in enumerate(written, 1)]
        findings.settle()
        return rows

    def _budget(self, whole: bool) -> dict:
        if self.negotiable:
            return {"budget_min": None, "budget_max": None}
        findings = Findings()
        low = findings.check(amounts.yuan, self.budget_min, "budget_min", "最低投入")
        high = findings.check(amounts.yuan, self.budget_max, "budget_max", "最高投入")
        if whole and not findings.errors and low is None and high is None:
            findings.add("写愿意投入多少万元，或勾选“先不写数，见面再谈”", "budget_min")
        findings.check(amounts.budget, low, high, self.budget_sure)
        findings.settle()
        return {"budget_min": low, "budget_max": high}

    def _deadline(self, whole: bool) -> dt.date | None:
        findings = Findings()
        found = findings.check(amounts.day, self.year, self.month, self.day, "deadline", "截止日期")
        if not findings.errors:
            check_deadline(findings, found, whole)
        findings.settle()
        return found

    @classmethod
    def of(cls, demand: Demand) -> "TargetsForm":
        """The form that shows what is stored. A stored budget was confirmed when it was typed."""
        low, high, last = demand.budget_min, demand.budget_max, demand.deadline
        return cls(
            targets=tuple(map(TargetRow.of, demand.targets)), constraints=demand.constraints, tried=demand.tried,
            budget_min=wan(low), budget_max=wan(high),
            negotiable=low is None and high is None and bool(demand.targets), budget_sure=True,
            year=str(last.year) if last else "", month=str(last.month) if last else "",
            day=str(last.day) if last else "", cooperation_type=demand.cooperation_type or "")


@dataclass(frozen=True)
class DisclosureForm:
    """Step 3, 保密与公开. What the abstract gives away is looked at with the whole demand (leak_check.py)."""

    confidentiality: str = Confidentiality.public
    abstract: str = ""
    offers: str = ""
    ownership: str = ""

    def checked(self, whole: bool) -> dict:
        findings = Findings()
        level = findings.check(choice, self.confidentiality, Confidentiality, "confidentiality", "选谁能看到全文")
        needed = whole and level in (Confidentiality.summary, Confidentiality.nda)
        abstract = findings.check(text, self.abstract, "abstract", "公开摘要", most=ABSTRACT, least=20 if needed else 0)
        values = {
            "confidentiality": level, "abstract": abstract,
            "offers": findings.check(text, self.offers, "offers", "企业能提供的条件", most=LONG_TEXT),
            "ownership": findings.check(line, self.ownership, "ownership", "成果归谁", most=200),
        }
        if whole:
            refuse_contacts(findings, values, {"offers": "企业能提供的条件", "ownership": "成果归谁"})
        if needed:
            refuse_contacts(findings, values, {"abstract": "摘要"})
        findings.settle()
        return values

    @classmethod
    def of(cls, demand: Demand) -> "DisclosureForm":
        return cls(demand.confidentiality, demand.abstract, demand.offers, demand.ownership)


StepForm = ProblemForm | TargetsForm | DisclosureForm


def check_deadline(findings: Findings, deadline: dt.date | None, whole: bool) -> None:
    """Note a last day that is missing, past or too far away."""
    if deadline is None:
        if whole:
            findings.add("写揭榜截止到哪一天", "deadline")
    elif deadline < today():
        start = today() + dt.timedelta(days=1)
        findings.add(f"截止日期已经过了，请选 {start.month} 月 {start.day} 日以后的日期", "deadline")
    elif deadline - today() > FARTHEST:
        findings.add("截止日期在 3 年以后，请核对年份", "deadline")
