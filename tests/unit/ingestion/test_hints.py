import datetime as dt

from ingestion import hints
from ingestion.demand_forms import TargetRow
from ingestion.leaks import contacts

TODAY = dt.date(2026, 11, 22)


def texts(found, good: bool) -> list[str]:
    return [hint.text for hint in found if hint.good is good]


def test_a_vague_title_is_remarked():
    assert any("什么东西" in text for text in texts(hints.on_problem("求合作", ""), good=False))


def test_a_well_told_problem_is_praised():
    told = "碳纤维多节竿插接后跳动量在 0.08 mm 左右，装配返修率 12%，每天做 800 支，打磨全靠老师傅手感，新人半年上不了手，旺季交不出货。"
    assert texts(hints.on_problem("碳纤维钓竿插接处跳动超差", told), good=False) == []


def test_targets_without_figures_are_remarked():
    found = hints.on_targets([TargetRow("口感要好", "好吃")], None, TODAY, priced=True)
    assert any("带数字" in text for text in texts(found, good=False))


def test_figures_are_counted():
    rows = [TargetRow("货架期", "12 个月", "加速试验"), TargetRow("口感", "好吃", "品评")]
    assert "2 项指标里有 1 项带数字" in texts(hints.on_targets(rows, None, TODAY, priced=True), good=True)


def test_a_missing_measure_names_its_target():
    found = hints.on_targets([TargetRow("口感不变软", "≥85%")], None, TODAY, priced=True)
    assert "“口感不变软”还没写怎么测" in texts(found, good=False)


def test_a_near_deadline_is_remarked():
    found = hints.on_targets([], TODAY + dt.timedelta(days=4), TODAY, priced=True)
    assert any("只有 4 天" in text for text in texts(found, good=False))


class TestContacts:
    def test_finds_each_kind(self):
        text = "联系 199 0000 0001 或 0631-000 0123，lin@jiebang.example，微信号：jiebang_01"
        assert [leak.kind for leak in contacts(text)] == ["phone", "phone", "email", "chat"]

    def test_leaves_figures_alone(self):
        assert contacts("压力 0.8–1.2 MPa，GB/T 10125-2021，年产 1200000 件，编号 20261130001") == []

    def test_gives_the_place(self):
        leak = contacts("电话19900000001。")[0]
        assert (leak.start, leak.end) == (2, 13)
