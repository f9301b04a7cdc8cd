"""Which column of a prepared table means what, and how its cells are read."""

from collections.abc import Mapping

from ingestion import amounts
from ingestion.findings import Findings
from ingestion.validation import code, industry, line, text
from models import codes
from models.demands import Confidentiality, CooperationType
from models.errors import Invalid

NAMES = {
    "_id": ("_id", "id", "编号", "序号"),
    "title": ("title", "标题", "名称", "需求名称", "成果名称", "技术名称"),
    "text": ("text", "正文", "内容", "难题", "简介", "说明"),
    "field": ("field", "领域", "技术领域"),
    "industry_code": ("industry_code", "行业代码"),
    "district_code": ("district_code", "区市代码", "行政区划代码"),
    "cooperation_type": ("cooperation_type", "合作方式"),
    "budget_min": ("budget_min", "最低投入（万元）", "最低投入(万元)", "最低投入"),
    "budget_max": ("budget_max", "最高投入（万元）", "最高投入(万元)", "最高投入"),
    "deadline": ("deadline", "截止日期"),
    "confidentiality": ("confidentiality", "谁能看到全文", "保密级别"),
    "abstract": ("abstract", "公开摘要", "摘要"),
    "firm": ("firm", "需求单位", "单位", "企业名称"),
}
LEVELS = {"全文公开": Confidentiality.public, "摘要公开": Confidentiality.summary,
          "签保密协议": Confidentiality.nda, "不公开": Confidentiality.internal}
ABSTRACT = 500
COOPERATION = {
    "技术开发": CooperationType.development, "技术转让": CooperationType.transfer, "技术许可": CooperationType.licence,
    "技术咨询": CooperationType.consulting, "技术服务": CooperationType.service,
}


def read_demand(cells: Mapping[str, str]) -> dict:
    """Column values of a demand. InvalidForm, each error's `field` the column as the file calls it.

    `confidentiality` and `abstract` only where the file has them: a file without keeps what a demand has.
    """
    findings, column = Findings(), _Columns(cells)
    values = _common(findings, column)
    values["problem"] = findings.check(text, column("text"), column.name("text"), "正文", most=100_000)
    values["industry_code"] = findings.check(industry, column("industry_code"), column.name("industry_code"),
                                             optional=True)
    values["district_code"] = findings.check(code, column("district_code"), codes.divisions(),
                                             column.name("district_code"), "区市代码不在 GB/T 2260 里", optional=True)
    values["cooperation_type"] = findings.check(_cooperation, column("cooperation_type"),
                                                column.name("cooperation_type"))
    low = findings.check(amounts.yuan, column("budget_min"), column.name("budget_min"), "最低投入")
    high = findings.check(amounts.yuan, column("budget_max"), column.name("budget_max"), "最高投入")
    findings.check(amounts.budget, low, high, False)
    values["deadline"] = findings.check(amounts.written_day, column("deadline"), column.name("deadline"), "截止日期")
    if column.given("confidentiality"):
        values["confidentiality"] = findings.check(_level, column("confidentiality"), column.name("confidentiality"))
    if column.given("abstract"):
        values["abstract"] = findings.check(text, column("abstract"), column.name("abstract"), "公开摘要", most=ABSTRACT)
    findings.settle()
    return values | {"budget_min": low, "budget_max": high}


def read_capability(cells: Mapping[str, str]) -> dict:
    """Column values of a capability. InvalidForm, each error's `field` the column as the file calls it."""
    findings, column = Findings(), _Columns(cells)
    values = _common(findings, column)
    values["summary"] = findings.check(text, column("text"), column.name("text"), "正文", most=100_000)
    values["field"] = findings.check(line, column("field"), column.name("field"), "领域")
    findings.settle()
    return values


class _Columns:
    """The cells of one row by our names; `name` gives what the file calls a column, for messages."""

    def __init__(self, cells: Mapping[str, str]):
        self.cells = cells
        self.called = {key: next((name for name in names if name in cells), names[0]) for key, names in NAMES.items()}

    def __call__(self, key: str) -> str:
        return self.cells.get(self.called[key], "")

    def given(self, key: str) -> bool:
        """Whether the file has the column at all."""
        return self.called[key] in self.cells

    def name(self, key: str) -> str:
        return self.called[key]


def _common(findings: Findings, column: _Columns) -> dict:
    return {
        "external_id": findings.check(line, column("_id"), column.name("_id"), "_id", least=1),
        "title": findings.check(line, column("title"), column.name("title"), "标题", most=300, least=1),
    }


def called(cells: Mapping[str, str], key: str) -> str:
    """What the file calls a column, for messages."""
    return _Columns(cells).name(key)


def cell(cells: Mapping[str, str], key: str) -> str:
    return _Columns(cells)(key)


def _level(value: str, name: str) -> Confidentiality:
    value = value.strip() or "全文公开"
    if value in LEVELS:
        return LEVELS[value]
    try:
        return Confidentiality(value)
    except ValueError:
        raise Invalid("谁能看到全文写 " + "、".join(LEVELS), field=name) from None


def _cooperation(value: str, name: str) -> CooperationType | None:
    value = value.strip()
    if not value or value in COOPERATION:
        return COOPERATION.get(value)
    try:
        return CooperationType(value)
    except ValueError:
        raise Invalid("合作方式写 " + "、".join(COOPERATION), field=name) from None
