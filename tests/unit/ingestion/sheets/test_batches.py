"""A file on its way in: all or none, the right rows only, stopped and gone on with, looked through by two at once."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from ingestion.sheets import batches
from ingestion.sheets.corrections import REASON, corrected_copy
from ingestion.sheets.judging import Verdict
from jobs import sheets
from models.audit import AuditEvent
from models.demands import Demand, DemandEvent
from models.errors import Conflict, Invalid
from models.index import OutboxRow
from models.sheets import BatchState, SheetBatch, SheetKind, SheetMapping
from tests import factories

GOOD, BAD = "a1,海带烫煮能耗高,每吨耗汽 0.9 吨\n", "a2,,没有标题\n"
HEADER = "编号,标题,正文\n"


@pytest.fixture
def bring(private_database, settings):
    """Opens a file in its own transaction and works on it until a person is asked."""
    def of(text: str, kind=SheetKind.demand, actor=None, name="表.csv"):
        with private_database.write() as session:
            batch = batches.open_batch(session, settings, actor, kind, name, text.encode())
        sheets.work(private_database, settings, batch.id)
        return batch.id
    return of


@pytest.fixture
def act(private_database, settings):
    """One act on a batch, committed; then what there is to work on is worked on. Gives the batch."""
    def do(batch_id, verb, *arguments, work=True, **more):
        with private_database.write() as session:
            verb(session, None, batches.find_batch(session, batch_id), *arguments, **more)
        if work:
            sheets.work(private_database, settings, batch_id)
        return read(private_database, batch_id)
    return do


def read(database, batch_id) -> SheetBatch:
    with database.read() as session:
        return batches.find_batch(session, batch_id)


def count(database, table) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_check_counts_and_writes_nothing(private_database, bring):
    batch = read(private_database, bring(HEADER + GOOD + BAD))
    assert (batch.state, batch.found) == (BatchState.checked, {"new": 1, "refused": 1})
    assert count(private_database, Demand) == 0


def test_wrong_rows_keep_all_out_unless_a_person_leaves_them_out(private_database, bring, act):
    batch_id = bring(HEADER + GOOD + BAD)
    with pytest.raises(Conflict, match="1 行要改"):
        act(batch_id, batches.start, partial=False)
    assert count(private_database, Demand) == 0
    assert act(batch_id, batches.start, partial=True).written == {"new": 1, "refused": 1}
    assert count(private_database, Demand) == 1


def test_all_or_none_is_written_with_its_traces(private_database, bring, act):
    batch = act(bring(HEADER + GOOD), batches.start, partial=False)
    assert (batch.state, batch.written) == (BatchState.done, {"new": 1})
    assert [count(private_database, table) for table in (Demand, DemandEvent, OutboxRow)] == [1, 1, 1]
    with private_database.read() as session:
        assert "demand.imported" in session.scalars(select(AuditEvent.action)).all()


def test_the_same_file_again_is_nothing_new(private_database, bring, act):
    act(bring(HEADER + GOOD), batches.start, partial=False)
    assert read(private_database, bring(HEADER + GOOD)).found == {"unchanged": 1}


def test_without_numbers_a_row_is_known_by_its_title_and_firm(private_database, bring, act):
    text = "标题,正文,需求单位\n海带能耗,{},某某食品有限公司\n"
    act(bring(text.format("每吨 0.9 吨")), batches.start, partial=False)
    assert read(private_database, bring(text.format("每吨 0.9 吨"))).found == {"unchanged": 1}
    assert read(private_database, bring(text.format("每吨 0.8 吨"))).found == {"changed": 1}


def test_twins_in_the_file_and_on_the_site_are_not_posted_twice(private_database, bring, act):
    with private_database.write() as session:
        factories.demand(session, factories.contact(session), title="鱼糜凝胶强度不稳", problem="强度波动 30%")
    batch = read(private_database, bring(HEADER + GOOD + GOOD + "b1,鱼糜凝胶强度不稳,强度波动 30%\n"))
    assert batch.found == {"new": 1, "duplicate": 2}


def test_what_its_owner_wrote_on_the_site_no_sheet_changes(private_database, bring):
    with private_database.write() as session:
        demand = factories.demand(session, factories.contact(session), title="鱼糜凝胶强度不稳", number="WH-2026-0099")
    batch_id = bring(HEADER + "WH-2026-0099,鱼糜凝胶强度不稳,换一段正文\n")
    assert read(private_database, batch_id).found == {"refused": 1}
    assert demand.id


def test_a_stop_keeps_what_is_written_and_going_on_writes_the_rest_once(private_database, bring, act,
                                                                                  monkeypatch, settings):
    monkeypatch.setattr("ingestion.sheets.checking.CHUNK", 2)
    batch_id = bring(HEADER + "".join(f"k{n},标题{n}号的难题,正文{n}\n" for n in range(6)) + BAD)
    act(batch_id, batches.start, partial=True, work=False)
    advance = batches.advance

    def stop_after_two(session, batch, rows, state):
        moved = advance(session, batch, rows, state)
        session.get(SheetBatch, batch.id).paused = True
        return moved

    monkeypatch.setattr(batches, "advance", stop_after_two)
    sheets.work(private_database, settings, batch_id)
    assert (count(private_database, Demand), read(private_database, batch_id).done) == (2, 2)
    monkeypatch.setattr(batches, "advance", advance)
    assert act(batch_id, batches.resume).written == {"new": 6, "refused": 1}
    assert count(private_database, Demand) == 6


def test_of_two_at_the_same_part_one_writes_it(private_database, bring, act):
    batch_id = bring(HEADER + GOOD)
    stale = act(batch_id, batches.start, partial=True, work=False)
    act(batch_id, lambda *_: None)
    with private_database.write() as session:
        assert not batches.advance(session, stale, [], BatchState.running)


def test_a_change_between_check_and_writing_is_looked_at_again(private_database, bring, act, settings):
    first, second = bring(HEADER + GOOD), bring(HEADER + "a1,海带烫煮能耗高得很,另一段\n", name="乙.csv")
    act(first, batches.start, partial=False)
    batch = act(second, batches.start, partial=False)
    assert (batch.state, batch.written) == (BatchState.done, {"changed": 1})
    with private_database.read() as session:
        assert session.scalars(select(Demand.title)).all() == ["海带烫煮能耗高得很"]


@pytest.mark.parametrize("partial", [False, True])
def test_what_changes_is_written_with_all_that_hangs_on_it(private_database, bring, act, partial):
    text = "编号,标题,正文,指标,需求单位\na1,海带烫煮能耗高,每吨 0.9 吨,{},{}\n"
    act(bring(text.format("汽耗 | 0.5", "甲食品有限公司")), batches.start, partial=False)
    act(bring(text.format("汽耗 | 0.4", "乙食品有限公司")), batches.start, partial=partial)
    with private_database.read() as session:
        demand = session.scalars(select(Demand)).one()
        assert (demand.organisation.name, [one.figure for one in demand.targets]) == ("乙食品有限公司", ["0.4"])


def test_what_changed_while_all_was_looked_through_is_looked_at_again(private_database, bring, act, monkeypatch):
    act(bring(HEADER + GOOD), batches.start, partial=False)
    batch_id = bring(HEADER + "a1,海带烫煮能耗高得很,另一段\n", name="乙.csv")
    look = sheets._judged

    def meanwhile(*arguments):
        judged = look(*arguments)
        with private_database.write() as session:
            session.scalars(select(Demand)).one().problem = "有人先改了"
        return judged

    monkeypatch.setattr(sheets, "_judged", meanwhile)
    batch = act(batch_id, batches.start, partial=False)
    assert (batch.state, batch.fault) == (BatchState.checking, sheets.MOVED_ON)


def test_a_mapping_is_remembered_for_the_next_such_sheet(private_database, bring, act, settings):
    batch_id = bring("甲,乙\n海带烫煮能耗高,每吨耗汽\n")
    assert "这一列" in read(private_database, batch_id).fault
    with private_database.read() as session:
        table = batches.table_of_batch(settings, batches.find_batch(session, batch_id))
    batch = act(batch_id, batches.set_mapping, table, {"甲": "title", "乙": "text"})
    assert batch.found == {"new": 1}
    assert read(private_database, bring("甲,乙\n鱼糜凝胶强度不稳,波动\n")).found == {"new": 1}
    assert count(private_database, SheetMapping) == 1


def test_an_unfinished_file_that_comes_again_is_gone_on_with(private_database, bring):
    assert bring(HEADER + GOOD) == bring(HEADER + GOOD)
    assert count(private_database, SheetBatch) == 1


def test_a_dropped_batch_can_not_be_started(bring, act):
    batch_id = bring(HEADER + GOOD)
    act(batch_id, batches.drop, work=False)
    with pytest.raises(Conflict):
        act(batch_id, batches.start, partial=False)


def test_what_is_no_table_is_refused_before_anything_is_kept(private_database, bring):
    with pytest.raises(Invalid):
        bring("", name="空.csv")
    assert count(private_database, SheetBatch) == 0


def test_mistakes_come_back_as_a_sheet_that_reads_again_once_mended(private_database, bring, act, settings):
    batch_id = bring(HEADER + GOOD + BAD + "a3,=HYPERLINK(1),x\n")
    batch = read(private_database, batch_id)
    with private_database.read() as session:
        data = corrected_copy(batches.table_of_batch(settings, batch), batches.problems(session, batch))
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = list(book.active.iter_rows(values_only=True))
    assert lines[0] == (REASON, "编号", "标题", "正文")
    assert "原表第 3 行" in lines[2][0]
    assert book.active["C3"].comment.text == "写上标题"
    assert lines[3][2] == "'=HYPERLINK(1)"
    book.active["C3"] = "补上的标题"
    mended = io.BytesIO()
    book.save(mended)
    with private_database.write() as session:
        again = batches.open_batch(session, settings, None, SheetKind.demand, "改错.xlsx", mended.getvalue())
    sheets.work(private_database, settings, again.id)
    assert act(again.id, batches.start, partial=False).written == {Verdict.new: 3}
    with private_database.read() as session:
        assert "=HYPERLINK(1)" in session.scalars(select(Demand.title)).all()


def test_experts_come_in_with_a_role_and_no_password(private_database, bring, act):
    text = "姓名,手机号,邮箱,单位,职称,研究方向\n周砚秋,13800000001,a@example.cn,海岬大学,教授,复合材料\n"
    text += "王小雨,13800000001,b@example.cn,海岬大学,教授,食品\n"
    batch = read(private_database, bring(text, SheetKind.expert))
    assert batch.found == {"new": 1, "refused": 1}
    act(batch.id, batches.start, partial=True)
    assert read(private_database, bring(text, SheetKind.expert)).found == {"unchanged": 1, "refused": 1}


def test_an_organisation_with_a_code_is_the_one_that_came_without(private_database, bring, act):
    act(bring("标题,需求单位\n海带能耗高得很,荣成某食品有限公司\n"), batches.start, partial=False)
    text = f"单位名称,统一社会信用代码,类型\n荣成某食品有限公司,{factories.credit_code(777)},企业\n"
    assert act(bring(text, SheetKind.organisation), batches.start, partial=False).written == {"changed": 1}


def test_more_rows_than_others_can_wait_for_are_written_in_parts_only(bring, act, monkeypatch):
    monkeypatch.setattr(batches, "most_at_once", lambda _session: 1)
    batch_id = bring(HEADER + GOOD + "a9,鱼糜凝胶强度不稳,波动\n")
    with pytest.raises(Conflict, match="分批导入"):
        act(batch_id, batches.start, partial=False)
    assert act(batch_id, batches.start, partial=True).written == {"new": 2}
