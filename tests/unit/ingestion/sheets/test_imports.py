import json

import openpyxl
import pytest
from sqlalchemy import func, select

from ingestion.sheets.imports import import_file
from models.capabilities import Capability
from models.demands import Confidentiality, Demand, DemandStatus
from models.errors import Invalid
from models.index import OutboxRow

ROWS = [{"_id": "a1", "title": "海带烫煮能耗高", "text": "每吨耗汽 0.9 吨"}, {"_id": "a2", "title": "鱼糜凝胶强度不稳", "text": ""}]


@pytest.fixture
def jsonl(tmp_path):
    def write(rows, name="d.jsonl"):
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf8")
        return path
    return write


def counts(report) -> tuple[int, int, int]:
    return report.created, report.updated, report.unchanged


def test_rows_are_published_with_their_source(session, jsonl):
    assert counts(import_file(session, "demands", jsonl(ROWS))) == (2, 0, 0)
    demand = session.scalar(select(Demand).where(Demand.external_id == "a1"))
    assert (demand.status, demand.source, demand.problem) == (DemandStatus.published, "file", "每吨耗汽 0.9 吨")
    assert [event.status for event in demand.events] == [DemandStatus.published]


def test_each_row_asks_for_its_index_entry(session, jsonl):
    import_file(session, "capabilities", jsonl(ROWS))
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == 2


def test_the_same_file_again_changes_nothing(session, jsonl):
    import_file(session, "capabilities", jsonl(ROWS))
    assert counts(import_file(session, "capabilities", jsonl(ROWS))) == (0, 0, 2)
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == 2


def test_a_changed_row_is_updated(session, jsonl):
    import_file(session, "capabilities", jsonl(ROWS))
    assert counts(import_file(session, "capabilities", jsonl([ROWS[0] | {"title": "海带烫煮余热回收"}, ROWS[1]]))) == (0, 1, 1)
    assert session.scalar(select(Capability.title).where(Capability.external_id == "a1")) == "海带烫煮余热回收"


def test_a_dry_run_counts_and_writes_nothing(session, jsonl):
    assert counts(import_file(session, "demands", jsonl(ROWS), dry_run=True)) == (2, 0, 0)
    assert session.scalar(select(func.count()).select_from(Demand)) == 0


def test_one_wrong_row_keeps_all_out(session, tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text('{"_id": "1", "title": "好的"}\n{"_id": "2"}\nnot json\n{"_id": "1", "title": "又一个"}\n[1]\n')
    report = import_file(session, "demands", path)
    assert [(row, column) for row, column, _ in report.errors] == [(2, "title"), (3, ""), (4, "_id"), (5, "")]
    assert session.scalar(select(func.count()).select_from(Demand)) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding(session, tmp_path, encoding):
    path = tmp_path / "能力.csv"
    path.write_bytes("编号,标题,简介\nc1,薄壁管校直,\"跳动 0.03 mm，\n含热处理\"\n".encode(encoding))
    import_file(session, "capabilities", path)
    assert session.scalar(select(Capability)).summary == "跳动 0.03 mm，\n含热处理"


def test_csv_errors_name_row_and_column(session, tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("编号,标题,截止日期,最低投入（万元）,合作方式\nd1,海带能耗,2026-02-30,-5,白干\n", encoding="utf8")
    found = {column: message for _, column, message in import_file(session, "demands", path).errors}
    assert "没有 30 日" in found["截止日期"]
    assert "不能是负数" in found["最低投入（万元）"]
    assert "技术开发" in found["合作方式"]


def test_sheets_keep_their_row_numbers(session, tmp_path):
    book = openpyxl.Workbook()
    for row in (["_id", "title", "text"], [1, "海带能耗高", "x"], [], [3, "", "y"]):
        book.active.append(row)
    book.save(tmp_path / "d.xlsx")
    report = import_file(session, "demands", tmp_path / "d.xlsx")
    assert [(row, column) for row, column, _ in report.errors] == [(4, "title")]


def test_numbers_of_a_sheet_read_like_written(session, tmp_path):
    book = openpyxl.Workbook()
    for row in (["_id", "title"], [1.0, "海带能耗高"]):
        book.active.append(row)
    book.save(tmp_path / "c.xlsx")
    import_file(session, "capabilities", tmp_path / "c.xlsx")
    assert session.scalar(select(Capability.external_id)) == "1"


def test_control_characters_are_refused(session, jsonl):
    report = import_file(session, "demands", jsonl([{"_id": "1", "title": "盐雾\x00起泡"}]))
    assert "控制字符" in report.errors[0][2]


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.jsonl", b"", "是空的"), ("a.csv", b" \n\n", "是空的"), ("a.xlsx", b"PK\x03\x04broken", "打不开"),
    ("a.doc", b"x", "只认"), ("a.csv", b"_id,title\n", "只有表头")])
def test_files_that_are_no_table(session, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    try:
        message = import_file(session, "demands", tmp_path / name).errors[0][2]
    except Invalid as error:
        message = error.message
    assert says in message


def test_progress_counts_to_the_end(session, jsonl):
    seen = []
    import_file(session, "demands", jsonl(ROWS), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)


class TestWhatAFileGivesAway:
    """Imported rows are public at once: they pass what a typed posting passes."""

    ROW = {"_id": "c1", "title": "轻量化壳体连接处开裂", "text": "衔月渔轮的 XY-300 型舱盖在 0.35 MPa 下开裂，返修率 12%。",
           "谁能看到全文": "摘要公开", "公开摘要": "薄壁复合材料壳体的连接处在循环载荷下开裂，求连接设计和工艺。", "需求单位": "荣成衔月渔轮有限公司"}

    @pytest.fixture
    def errors(self, session, jsonl):
        def of(row, kind="demands"):
            report = import_file(session, kind, jsonl([row]))
            assert session.scalar(select(func.count()).select_from(Demand)) == (0 if report.errors else 1)
            return [(column, message) for _, column, message in report.errors]
        return of

    def test_a_confidential_demand_shows_its_abstract_only(self, session, errors):
        assert errors(self.ROW) == []
        demand = session.scalars(select(Demand)).one()
        assert (demand.confidentiality, demand.abstract) == (Confidentiality.summary, self.ROW["公开摘要"])

    @pytest.mark.parametrize(("column", "words"), [
        ("公开摘要", "衔月渔轮"), ("title", "衔月渔轮"), ("公开摘要", "XY-300"), ("公开摘要", "黄海北路 88 号"), ("公开摘要", "13812345678")])
    def test_names_models_places_and_numbers_are_refused_beside_their_column(self, errors, column, words):
        found = errors(self.ROW | {column: f"{self.ROW[column]}（{words}）"})
        assert {name for name, _ in found} == {column}

    def test_a_confidential_demand_needs_an_abstract(self, errors):
        assert [name for name, _ in errors(self.ROW | {"公开摘要": ""})] == ["公开摘要"]

    def test_contact_data_is_refused_in_what_is_public(self, errors):
        assert [name for name, _ in errors({"_id": "1", "title": "海带烫煮能耗高", "正文": "找王工 13812345678"})] == ["正文"]

    def test_a_capability_carries_no_contact_data(self, session, jsonl):
        row = {"_id": "1", "title": "余热回收", "text": "邮箱 a@b.cn"}
        assert import_file(session, "capabilities", jsonl([row])).errors[0][1] == "text"
        assert session.scalar(select(func.count()).select_from(Capability)) == 0

    def test_a_file_without_the_column_opens_nothing(self, session, jsonl):
        import_file(session, "demands", jsonl([self.ROW]))
        later = {key: self.ROW[key] for key in ("_id", "title", "text")} | {"text": "舱盖改用新胶后仍在 0.4 MPa 下开裂"}
        assert counts(import_file(session, "demands", jsonl([later]))) == (0, 1, 0)
        demand = session.scalars(select(Demand)).one()
        assert (demand.confidentiality, demand.abstract) == (Confidentiality.summary, self.ROW["公开摘要"])

    def test_a_level_that_is_none_is_said(self, errors):
        assert [name for name, _ in errors(self.ROW | {"谁能看到全文": "随便"})] == ["谁能看到全文"]
