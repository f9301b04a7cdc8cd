"""A blank sheet to fill in: the columns that an import knows, what to choose from, and a second page that explains."""

import io

import xlsxwriter

from ingestion.sheets.fields import FIELDS, KIND_NAMES, UNIT_LABELS, Field
from models.sheets import SheetKind

EXPLANATIONS = "怎么填"
"""The second page. An import leaves it alone without a word."""
ROWS = 2_000
"""Rows that offer their choices."""
NOT_OWN = frozenset({"firm", "expert", "budget", "state"})
"""Columns that say whose a row is and where it stands, which an own sheet need not; and one written in two others."""
EXPLAINED: dict[SheetKind, dict[str, tuple[str, str]]] = {
    SheetKind.demand: {
        "_id": ("自己编的号。改好再传时靠它认出是哪一条；空着就按标题认。", "1"),
        "title": ("6 到 60 字，写清在什么东西上、差在哪里。", "薄壁管坯矫直后跳动超差"),
        "text": ("最多 5,000 字：什么情况下、现在到多少、要到多少。不写电话、邮箱和微信号。", "外径 42 mm 的管坯矫直后跳动 0.08 mm，要到 0.03 mm。"),
        "targets": ("一行一项，最多 8 项（格里换行按 Alt+Enter），竖线隔开：要什么 | 到多少 | 怎么测 | 必须或最好。",
                    "跳动量 | ≤0.03 mm | 百分表测 10 根 | 必须"),
        "constraints": ("现场不能变的条件，最多 1,000 字。", "不停产，设备高度不超过 2 米"),
        "tried": ("试过什么、结果怎样，最多 1,000 字。", "换过两种矫直辊，跳动没有变小"),
        "industry_code": ("国民经济行业分类的代码或名称。空着就用单位资料里的。", "3311"),
        "district_code": ("行政区划代码或区市名称。空着就用单位资料里的。", "371002"),
        "cooperation_type": ("从单子里选，可以空着。", "技术开发"),
        "budget_min": ("万元，只写数。", "20"),
        "budget_max": ("万元，只写数。两格都空着是面议。", "30"),
        "deadline": ("揭榜截止到哪一天，今天以后、三年以内。", "2027-06-30"),
        "confidentiality": ("从单子里选。空着是全文公开。", "全文公开"),
        "abstract": ("不公开全文时给大家看的话，20 到 500 字，不写能认出是谁的字。", ""),
        "offers": ("能提供的样品、设备、场地，最多 1,000 字。", "提供样管和试验台"),
        "ownership": ("成果归谁。", "双方共有"),
    },
    SheetKind.capability: {
        "_id": ("自己编的号。改好再传时靠它认出是哪一条；空着就按标题认。", "1"),
        "title": ("6 到 60 字，写清能做成什么。", "薄壁管矫直残余应力控制"),
        "text": ("20 到 2,000 字：用什么办法、在什么上面、做到多少。不写电话、邮箱和微信号。", "用六辊交错矫直配合在线测量，把外径 30 到 60 mm 薄壁管的跳动控制在 0.025 mm 以内。"),
        "field": ("2 到 40 字。空着就用资料里的专业领域。", "精密成形"),
        "claims": ("一行一件，最多 8 件（格里换行按 Alt+Enter），竖线隔开：做成了什么 | 哪一年 | 什么凭据。凭据写论文、专利、合同、检测报告、班组记录、所在单位证明或暂无。",
                   "跳动量由 0.08 mm 降到 0.025 mm | 2024 | 检测报告"),
    },
}
"""What to write in a column, and an example."""


def blank(kind: SheetKind) -> bytes:
    """An XLSX with the columns of an own sheet, and their explanations on a second page."""
    fields = [field for field in FIELDS[kind] if field.key not in NOT_OWN]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet = book.add_worksheet(KIND_NAMES[kind])
        for column, field in enumerate(fields):
            sheet.set_column(column, column, _width(field), text)
            sheet.write_string(0, column, _label(field), bold)
            if field.choices:
                sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": list(field.choices)})
        sheet.freeze_panes(1, 0)
        _explain(book.add_worksheet(EXPLANATIONS), kind, fields, bold, text)
    return buffer.getvalue()


def _explain(sheet, kind: SheetKind, fields: list[Field], bold, text) -> None:
    for column, (title, width) in enumerate((("列", 18), ("要不要写", 12), ("怎么写", 60), ("例", 50))):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, title, bold)
    for line, field in enumerate(fields, 1):
        how, example = EXPLAINED[kind][field.key]
        must = field.required or (kind is SheetKind.capability and field.key == "text")
        for column, words in enumerate((_label(field), "必须写" if must else "可以空着", how, example)):
            sheet.write_string(line, column, words, text)
    sheet.freeze_panes(1, 0)


def _label(field: Field) -> str:
    return UNIT_LABELS.get(field.key, field.label)


def _width(field: Field) -> int:
    return 40 if field.key in ("title", "text", "targets", "claims") else 18
