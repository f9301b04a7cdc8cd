"""What staff do to the thesaurus, and that a searcher goes by it at once."""

import threading

import pytest

from matching.search import search_experts
from matching.searcher import Searcher
from matching.thesaurus.edits import (
    Draft,
    SheetReport,
    SheetRow,
    add_group,
    bring_in,
    change_group,
    split_words,
    switch_group,
)
from matching.thesaurus.preview import preview
from matching.thesaurus.table import (
    find_group,
    listed,
    read_thesaurus,
    revisions,
    shipped_id,
    thesaurus_version,
)
from matching.thesaurus.thesaurus import GroupKind, shipped, shipped_groups
from matching.vectors import index_postings
from models.accounts import Role, User
from models.audit import AuditEvent
from models.database import Database
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.index import PostingKind
from models.thesaurus import GroupKind as StoredKind
from models.thesaurus import ThesaurusGroup
from tests import factories

PAIR = Draft(("磁悬浮飞车", "悬浮小列车"), GroupKind.synonym)


@pytest.fixture
def staff(session):
    return factories.staff(session)


def words_for(session, word: str) -> list[str]:
    return read_thesaurus(session).other_names(word)


def test_an_untouched_table_is_the_shipped_thesaurus_itself(session):
    assert read_thesaurus(session) is shipped()
    assert thesaurus_version(session) == (0, 0)


def test_a_group_of_staff_s_own_joins_the_shipped_ones(session, staff):
    add_group(session, staff, PAIR)
    assert words_for(session, "悬浮小列车") == ["磁悬浮飞车"]
    assert "自动导引车" in words_for(session, "agv")


def test_a_shipped_group_is_extended_and_keeps_its_words(session, staff):
    row = change_group(session, staff, shipped_id("油漆"), Draft(("涂装料", "塗料"), GroupKind.whole), version=0)
    assert row.words == ["涂装料"]  # 塗料 is 涂料, which it has; the kind is the shipped group's
    assert set(words_for(session, "涂装料")) == {"油漆", "涂料", "漆料"}


def test_a_shipped_group_is_switched_off_and_on_again(session, staff):
    row = switch_group(session, staff, shipped_id("油漆"), False, version=0)
    assert words_for(session, "油漆") == []
    switch_group(session, staff, row.id, True, version=row.version)
    assert read_thesaurus(session) is shipped()


def test_a_group_that_is_shipped_no_more_lives_on_by_the_words_it_was_given(session, staff):
    session.add(ThesaurusGroup(id=shipped_id("旧名"), shipped=True, name="旧名", kind=StoredKind.synonym,
                               words=["新名"], changed_by_id=staff.id))
    session.flush()
    assert words_for(session, "新名") == ["旧名"]


def test_every_change_is_kept_with_who_made_it_and_audited(session, staff):
    other = factories.member(session, Role.admin)
    row = add_group(session, staff, PAIR)
    change_group(session, other, row.id, Draft((*PAIR.words, "飞车"), PAIR.kind, "补一个"), version=row.version)
    switch_group(session, staff, row.id, False, version=row.version)
    states = revisions(session, row.id)
    assert [(s.number, s.by_id, len(s.words), s.active) for s in states] == [
        (3, staff.id, 3, False), (2, other.id, 3, True), (1, staff.id, 2, True)]
    events = session.query(AuditEvent).filter_by(subject_id=row.id).order_by(AuditEvent.at).all()
    assert [event.action for event in events] == ["thesaurus.add", "thesaurus.change", "thesaurus.switch_off"]
    assert not any("飞车" in str(event.detail) for event in events)


def test_what_changes_nothing_is_not_written(session, staff):
    row = add_group(session, staff, PAIR)
    change_group(session, staff, row.id, PAIR, version=row.version)
    change_group(session, staff, shipped_id("油漆"), Draft(("涂料",), GroupKind.synonym), version=0)
    switch_group(session, staff, shipped_id("油漆"), True, version=0)
    assert thesaurus_version(session)[1] == 1
    assert find_group(session, shipped_id("油漆")).row is None


def test_a_change_made_from_an_older_version_is_refused(session, staff):
    row = add_group(session, staff, PAIR)
    with pytest.raises(Conflict, match="刚被别人改过"):
        switch_group(session, staff, row.id, False, version=row.version - 1)
    change_group(session, staff, shipped_id("油漆"), Draft(("涂装料",), GroupKind.synonym), version=0)
    with pytest.raises(Conflict):
        change_group(session, staff, shipped_id("油漆"), Draft(("漆水",), GroupKind.synonym), version=0)


@pytest.mark.parametrize(("draft", "message"), [
    (Draft(("独词",), GroupKind.synonym), "至少两个词"), (Draft((), GroupKind.whole), "至少一个词"),
    (Draft(("一" * 41, "乙"), GroupKind.synonym), "太长"), (Draft(("……", "甲乙"), GroupKind.synonym), "没有字"),
    (Draft(tuple(f"词{i}" for i in range(31)), GroupKind.synonym), "最多 30 个"),
    (Draft(("甲子", "乙丑"), GroupKind.synonym, "长" * 201), "说明最多")])
def test_what_is_no_group_is_refused_with_what_to_do(session, staff, draft, message):
    with pytest.raises(Invalid, match=message):
        add_group(session, staff, draft)


@pytest.mark.parametrize("role", [Role.enterprise, Role.expert, Role.broker])
def test_only_staff_change_it(session, role):
    person = factories.member(session, role)
    for act in (lambda: add_group(session, person, PAIR),
                lambda: switch_group(session, person, shipped_id("油漆"), False, version=0),
                lambda: bring_in(session, person, [], SheetReport())):
        with pytest.raises(Forbidden):
            act()


def test_a_group_that_nobody_made_is_not_found(session, staff):
    with pytest.raises(NotFound):
        switch_group(session, staff, shipped_id("没有这一组"), False, version=0)


@pytest.mark.parametrize(("text", "words"), [
    ("油漆、涂料\n漆料", ("油漆", "涂料", "漆料")), ("ＡＧＶ\nagv\r\n自動導引車；自动导引车", ("ＡＧＶ", "自動導引車")),
    ("  N,N-二甲基甲酰胺 、DMF", ("N,N-二甲基甲酰胺", "DMF")), ("\x00\u200b、、\n", ()), ("C++（.*）", ("C++（.*）",))])
def test_words_are_split_by_line_and_mark_and_said_once(text, words):
    assert split_words(text) == words


def test_both_kinds_are_the_same_kinds():
    assert set(map(str, StoredKind)) == set(map(str, GroupKind))


def test_no_two_shipped_groups_share_the_word_they_are_known_by():
    names = [group.words[0] for group in shipped_groups()]
    assert len(names) == len(set(names))


class TestSheet:
    def rows(self, session, **changed):
        return [SheetRow(n, one.id, Draft(changed.get(one.name, one.group.words), one.group.kind), one.active)
                for n, one in enumerate(listed(session), 2)]

    def test_what_was_taken_out_comes_in_without_a_change(self, session, staff):
        add_group(session, staff, PAIR)
        report = bring_in(session, staff, self.rows(session), SheetReport())
        assert (report.added, report.changed, report.errors) == (0, 0, [])
        assert thesaurus_version(session)[1] == 1

    def test_rows_are_added_changed_and_left_all_or_none(self, session, staff):
        rows = [SheetRow(2, None, PAIR, True), SheetRow(3, shipped_id("油漆"), Draft(
            ("油漆", "涂料", "漆料", "涂装料"), GroupKind.synonym), True)]
        assert bring_in(session, staff, rows, SheetReport(), dry_run=True).added == 1
        assert thesaurus_version(session) == (0, 0)
        broken = SheetRow(4, None, Draft(("独词",), GroupKind.synonym), True)
        assert bring_in(session, staff, [*rows, broken], SheetReport()).errors[0][:2] == (4, "词")
        assert thesaurus_version(session) == (0, 0)
        report = bring_in(session, staff, rows, SheetReport())
        assert (report.added, report.changed) == (1, 1)
        assert bring_in(session, staff, rows, SheetReport()).unchanged == 2

    def test_a_shipped_word_cannot_be_taken_away_by_a_sheet(self, session, staff):
        row = SheetRow(2, shipped_id("油漆"), Draft(("油漆", "漆料"), GroupKind.synonym), True)
        (number, column, message), = bring_in(session, staff, [row], SheetReport()).errors
        assert (number, column) == (2, "词")
        assert "涂料" in message


class TestPreview:
    def test_it_counts_who_writes_the_words_and_warns_of_what_speaks_against_them(self, session, staff):
        factories.demand(session, title="磁悬浮飞车调度")
        factories.capability(session, title="悬浮小列车制造", summary="飞车与悬浮小列车")
        for i in range(12):
            factories.capability(session, title=f"电动机维修 {i}", summary="")
        effect = preview(session, Draft(("磁悬浮飞车", "悬浮小列车", "AGV", "机", "动机"), GroupKind.synonym))
        assert (effect.demands, effect.capabilities) == (1, 1)
        seen = {one.word: one for one in effect.words}
        assert (seen["悬浮小列车"].demands, seen["悬浮小列车"].capabilities) == (0, 1)
        assert [one.name for one in seen["AGV"].elsewhere] == ["自动导引车"]
        assert seen["机"].short
        assert not seen["磁悬浮飞车"].doubtful

    def test_a_word_that_stands_in_longer_ones_is_told_with_them(self, session, staff):
        for i in range(4):
            factories.capability(session, title=f"搅拌摩擦焊接头 {i}", summary="")
        word, = preview(session, Draft(("摩擦",), GroupKind.whole)).words
        assert word.capabilities == 0 or word.inside  # hidden by a shipped longer word, or told


class TestSearcher:
    @pytest.fixture
    def posted(self, session, encoder):
        capability = factories.capability(session, title="磁悬浮飞车制造", summary="")
        index_postings(session, encoder, PostingKind.capability, [capability.id])
        return capability

    def test_a_change_is_searched_by_at_once_in_every_process(self, session, staff, posted, tmp_path, encoder):
        sites = [Searcher(tmp_path / name, lambda: encoder) for name in "ab"]
        for site in sites:
            assert search_experts(session, site, "腾云子").total == 0
        row = add_group(session, staff, Draft(("磁悬浮飞车", "腾云子"), GroupKind.synonym))
        for site in sites:
            assert search_experts(session, site, "腾云子").ids == (posted.expert_id,)
        switch_group(session, staff, row.id, False, version=row.version)
        for site in sites:
            assert search_experts(session, site, "腾云子").total == 0

    def test_a_change_that_counts_for_nothing_rebuilds_nothing(self, session, staff, posted, tmp_path, encoder):
        site = Searcher(tmp_path, lambda: encoder)
        before = site.state(session, PostingKind.capability)
        row = add_group(session, staff, PAIR)
        switch_group(session, staff, row.id, False, version=row.version)
        assert site.state(session, PostingKind.capability) is before


def test_two_at_once_one_is_told(private_url, tmp_path):
    database = Database.connect(private_url)
    with database.write() as session:
        actor = factories.staff(session).id
    gate, told = threading.Barrier(2), []

    def press() -> None:
        with database.write() as session:
            gate.wait()
            try:
                switch_group(session, session.get_one(User, actor), shipped_id("油漆"), False, version=0)
            except Conflict:
                told.append(True)

    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    with database.read() as session:
        assert len(revisions(session, shipped_id("油漆"))) == 1
    assert len(told) == 1
    database.engine.dispose()
