"""What offices send: titles above the header, headers of two rows, merged cells, totals, formulas, old formats."""

import io
import pathlib
import zipfile

import openpyxl
import pytest

from ingestion.sheets.mapping import checked_mapping, fingerprint, recognised
from ingestion.sheets.tables import open_table
from models.errors import Invalid
from models.sheets import SheetKind

HEADER = ["序号", "技术需求名称", "需求描述", "拟投入（万元）", "截止日期", "需求单位"]
ROWS = [[1, "海带烫煮能耗高", "每吨耗汽 0.9 吨", 25, "2026.6.30", "荣成某食品有限公司"], [2, "鱼糜凝胶强度不稳", "强度波动 30%", "20-30", "2026年7月", ""]]


def book(*rows, merge=(), fill=None) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for area in merge:
        made.active.merge_cells(area)
    if fill:
        fill(made)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def table(data: bytes, name: str = "表.xlsx", kind=SheetKind.demand):
    return open_table(name, data, kind)


def test_titles_and_notes_above_the_header_are_passed_over():
    found = table(book(["荣成市技术需求汇总表"], ["填报单位：某局", None, "2026年6月"], [], HEADER, *ROWS, merge=["A1:F1"]))
    assert found.header == tuple(HEADER)
    assert [row.number for row in found.rows] == [5, 6]


def test_columns_are_recognised_by_their_names():
    found = recognised(table(book(HEADER, *ROWS)), SheetKind.demand)
    assert found == {"技术需求名称": "title", "需求描述": "text", "拟投入（万元）": "budget", "截止日期": "deadline", "需求单位": "firm"}


def test_a_running_number_is_not_taken_for_an_identity():
    assert "序号" not in recognised(table(book(HEADER, *ROWS)), SheetKind.demand)


def test_english_names_are_known_too():
    found = recognised(table(book(["Title", "Description", "Company"], ["a", "b", "c"])), SheetKind.demand)
    assert list(found.values()) == ["title", "text", "firm"]


def test_columns_without_a_telling_name_are_recognised_by_their_cells():
    rows = [["威海某渔具有限公司", "91371000MA0000001G", "企业"], ["海岬大学", "12100000425000000X", "高校"]]
    found = recognised(table(book(["单位名称", "代号", "甲"], *rows), kind=SheetKind.organisation), SheetKind.organisation)
    assert found["甲"] == "kind"
    people = [["周砚秋", "13800000001", "a@example.cn"], ["王小雨", "13800000002", "b@example.cn"]]
    found = recognised(table(book(["姓名", "甲", "乙"], *people), kind=SheetKind.expert), SheetKind.expert)
    assert found == {"姓名": "name", "甲": "phone", "乙": "email"}


def test_a_header_of_two_rows_gives_joined_names():
    found = table(book(["标题", "投入（万元）", None, "截止日期"], [None, "最低", "最高", None], ["海带", 5, 10, "2026-1-1"],
                       merge=["A1:A2", "B1:C1", "D1:D2"]))
    assert found.header == ("标题", "投入（万元） 最低", "投入（万元） 最高", "截止日期")
    assert found.rows[0].cells["投入（万元） 最高"] == "10"


def test_a_cell_merged_over_rows_counts_for_each_of_them():
    found = table(book(["标题", "需求单位"], ["海带", "某公司"], ["鱼糜", None], merge=["B2:B3"]))
    assert [row.cells["需求单位"] for row in found.rows] == ["某公司", "某公司"]


def test_totals_and_remarks_are_left_out_and_told():
    found = table(book(HEADER, *ROWS, ["合计", None, None, 55], ["注：投入均为意向"], ["以上由各区市汇总"], merge=["A6:F6"]))
    assert len(found.rows) == 2
    assert [number for number, _ in found.skipped] == [4, 5, 6]


def test_a_title_that_begins_like_a_total_is_a_row():
    found = table(book(["标题", "正文"], ["累计误差补偿技术", "精度"], ["备注打印机卡纸", "卡纸率"]))
    assert len(found.rows) == 2


def test_a_formula_gives_its_saved_value_and_one_without_is_told():
    def fill(made):
        made.active["B2"] = "=1+1"
    found = table(book(["标题", "投入"], ["海带", None], fill=fill))
    assert found.unvalued == {(2, "投入")}


def test_a_hidden_sheet_before_the_table_is_passed_over():
    def fill(made):
        made.create_sheet("字典", 0).append(["a", "b"])
        made.worksheets[0].sheet_state = "hidden"
        made.create_sheet("附表").append(["x", "y"])
    found = table(book(HEADER, *ROWS, fill=fill))
    assert (found.header, found.others) == (tuple(HEADER), ("附表",))


def test_dates_that_the_book_counts_from_1904():
    def fill(made):
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert table(book(["标题", "截止日期"], ["海带", 42550], fill=fill)).from_1904


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_in_any_encoding_and_with_any_mark(encoding, mark):
    text = "\r\n".join(mark.join(row) for row in (["标题", "正文", "截止日期"], ["海带", "耗汽", "2026-1-1"]))
    found = table(text.encode(encoding), "表.txt")
    assert found.rows[0].cells == {"标题": "海带", "正文": "耗汽", "截止日期": "2026-1-1"}


def test_lines_of_two_encodings():
    data = "标题,正文\n".encode() + "海带,耗汽\n".encode("gb18030") + "鱼糜,强度\n".encode()
    assert [row.cells["标题"] for row in table(data, "表.csv").rows] == ["海带", "鱼糜"]


def test_the_fingerprint_of_a_header_minds_neither_order_nor_setting():
    assert fingerprint(["标题 *", "投入（万元）"]) == fingerprint(["投入", "标题"])
    assert fingerprint(["标题"]) != fingerprint(["正文"])


def test_a_mapping_takes_each_field_once_and_only_what_there_is():
    found = table(book(HEADER, *ROWS))
    wished = {"序号": "title", "需求描述": "title", "截止日期": "no", "甲": "text"}
    assert checked_mapping(found, SheetKind.demand, wished) == {"序号": "title"}


def zipped(**members) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def sheet_of(cells: str) -> bytes:
    good = book(["标题", "正文"], ["a", "b"])
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                head, tail = content.split(b"<sheetData>")
                content = head + b"<sheetData>" + cells.encode() + b"</sheetData></worksheet>"
            new.writestr(name, content)
    return data.getvalue()


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
DEEP = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="GA1048576"><v>1</v></c></row>'
WIDE = '<row r="1">' + '<c r="A1"><v>1</v></c>' * 3 + '<c r="EQXD1"><v>1</v></c></row>'


@pytest.mark.parametrize(("name", "data", "says"), [
    ("a.xlsx", b"PK\x03\x04broken", "打不开"), ("a.xlsx", book(HEADER, *ROWS)[:3000], "打不开"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "打不开"),
    ("a.xlsx", sheet_of(FAR), "列"), ("a.xlsx", sheet_of(WIDE), "列"), ("a.xlsx", zipped(hello="x"), "不是一份 XLSX"),
    ("a.xlsx", zipped(a_xml=b"0" * 500_000_000), "太大"),
    ("a.csv", b"%PDF-1.7 x", "PDF"), ("a.xls", b"<html><table><tr><td>1", "网页"),
    ("a.csv", (",".join(["x"] * 100_000)).encode(), "列"),
    ("a.csv", b'a,b\n"' + b"x" * 10_000_000 + b'",2', "1,000,000 字"), ("a.doc", b"x", "只认"), ("a.csv", b" \n\n", "是空的"),
    ("a.xlsx", b"\0" * 100, "打不开"),
    ("a.jsonl", ("{" + ",".join(f'"{n}":1' for n in range(2000)) + "}").encode(), "最多读")])
def test_files_that_cannot_be_a_table_are_refused_with_the_reason(name, data, says):
    with pytest.raises(Invalid, match=says):
        table(data, name)


@pytest.mark.slow
def test_a_book_that_spans_a_million_rows_and_many_columns_ends_in_bounded_memory():
    with pytest.raises(Invalid, match=r"太大|列|读不下"):
        table(sheet_of(DEEP))


def test_a_million_blank_rows_are_nothing():
    blank = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000, 20))
    head = "".join(f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
                   for row, text in ((1, "标题"), (2, "海带")))
    assert len(table(sheet_of(head + blank)).rows) == 1


def test_a_text_with_nul_bytes_is_read_and_its_cell_refused_later():
    assert table("标题,正文\n海\0带,x\n".encode(), "a.csv").rows[0].cells["标题"] == "海\0带"


def test_a_workbook_of_excel_97_is_read_with_its_dates_and_without_its_total():
    """files/demands.xls: BIFF8 as xlwt 1.3 writes it, with a merged title, dates as serials and a sum without value."""
    data = (pathlib.Path(__file__).parent / "files" / "demands.xls").read_bytes()
    table = open_table("需求.xls", data, SheetKind.demand)
    assert [row.cells["截止日期"] for row in table.rows] == ["2027-06-30", "2027-12-01"]
    assert [row.cells["投入（万元）"] for row in table.rows] == ["25.5", "8"]
    assert (table.header_row, table.skipped) == (2, ((5, "合计"),))
