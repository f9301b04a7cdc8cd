"""Whom an import of old collaborations tells, and of how many: once a person and import, of what came in."""

import re

import pytest
from sqlalchemy import select

from ingestion.sheets import batches, checking, exporting
from jobs import sheets
from models.accounts import Role
from models.audit import Notice
from models.claims import ClaimedEngagement
from models.sheets import SheetBatch, SheetKind
from tests import factories
from tests.support import stories

KIND = SheetKind.engagement


class Office:
    """Staff of a city of its own, who bring in sheets of old engagements."""

    def __init__(self, database, settings):
        self.database, self.settings = database, settings
        with database.write() as session:
            self.staff_id = factories.staff(session).id

    def opened(self, lines: list[list[str]], kind: SheetKind = KIND) -> SheetBatch:
        """A checked sheet, agreed to row by row."""
        data = "\n".join("\t".join(line) for line in (exporting.header(kind), *lines)).encode()
        with self.database.write() as session:
            actor = session.get(factories.User, self.staff_id)
            batch = batches.open_batch(session, self.settings, actor, kind, "旧账.tsv", data)
        self.work(batch)
        with self.database.write() as session:
            found = batches.find_batch(session, batch.id)
            if set(found.found) - {"unchanged", "refused"}:
                batches.start(session, found.user, found, partial=True)
        return batch

    def work(self, batch: SheetBatch) -> None:
        sheets.work(self.database, self.settings, batch.id)

    def brought_in(self, lines: list[list[str]], kind: SheetKind = KIND) -> None:
        self.work(self.opened(lines, kind))

    def told(self) -> dict:
        """Person → the messages that they have of old sheets."""
        with self.database.read() as session:
            found: dict = {}
            for one in session.scalars(select(Notice).where(Notice.subject_type.startswith("claimed_"))):
                found.setdefault(one.user_id, []).append(one.text)
            return found


@pytest.fixture
def office(private_database, settings) -> Office:
    return Office(private_database, settings)


def line(demand, expert, stage="签约") -> list[str]:
    return [demand.number, "", "", str(expert.id), "", "", "专家揭榜", stage, "", "2026-03-01", "2026-03-02", ""]


def numbers(told: dict) -> dict:
    return {person: [int(re.search(r"\d+", text)[0]) for text in texts] for person, texts in told.items()}


@pytest.fixture
def pairs(private_database):
    """A firm with two people and three demands, and an expert each of them names."""
    with private_database.write() as session:
        firm = factories.contact(session)
        colleague = factories.user(session)
        factories.grant(session, colleague, Role.enterprise, organisation=firm.organisation_for(Role.enterprise))
        expert = factories.expert(session)
        lines = [line(factories.demand(session, firm), expert) for _ in range(3)]
        people = [firm.id, colleague.id, expert.user_id]
    return lines, people


def test_each_person_of_both_sides_has_one_message_with_the_number(office, pairs):
    lines, people = pairs
    office.brought_in(lines)
    assert numbers(office.told()) == {person: [3] for person in people}


def test_the_same_sheet_again_tells_nobody_again(office, pairs):
    lines, people = pairs
    office.brought_in(lines)
    office.brought_in([*lines, [""] * 12])
    assert numbers(office.told()) == {person: [3] for person in people}


def test_an_import_stopped_in_the_middle_has_told_of_what_came_in_and_goes_on_in_the_same_message(
        office, pairs, monkeypatch):
    lines, people = pairs
    batch = office.opened(lines)
    monkeypatch.setattr(checking, "CHUNK", 2)
    monkeypatch.setattr(sheets, "_read", killed_after(2, sheets._read))
    with pytest.raises(KeyboardInterrupt):
        office.work(batch)
    assert numbers(office.told()) == {person: [2] for person in people}
    with office.database.write() as session:
        for one in session.scalars(select(Notice)):
            one.read_at = one.created_at
    office.work(batch)
    assert numbers(office.told()) == {person: [3] for person in people}
    with office.database.read() as session:
        assert [one.read_at for one in session.scalars(select(Notice))] == [None] * 3


def killed_after(calls: int, really):
    """What reads the batch, killed at its second look: after the first part was committed. Later looks are real."""
    left = iter(range(1, calls))

    def read(*arguments):
        if next(left, None) is None and not read.killed:
            read.killed = True
            raise KeyboardInterrupt
        return really(*arguments)
    read.killed = False
    return read


def test_of_rows_that_were_refused_nobody_hears(office, pairs):
    lines, _ = pairs
    office.brought_in([[*lines[0][:7], "到月球", *lines[0][8:]], ["WH-2026-9999", *lines[1][1:]]])
    assert office.told() == {}


def test_who_left_is_not_told(office, pairs, private_database):
    lines, people = pairs
    with private_database.write() as session:
        session.get(factories.User, people[1]).active = False
    office.brought_in(lines)
    assert set(office.told()) == {people[0], people[2]}


def contract_line(demand, expert, number: str) -> list[str]:
    there = {"需求编号": demand.number, "专家编号": str(expert.id), "合同编号": number, "合同名称": "旧合同一份", "合同类型": "技术服务",
             "签订日期": "2026-03-01", "合同金额（万元）": "38", "预计创效（万元）": "0", "甲方": "甲方公司", "乙方": "乙方学院",
             "状态": "已成合作"}
    return [there.get(name, "") for name in exporting.header(SheetKind.contract)]


def test_a_contract_is_told_of_where_its_sides_talk_and_nowhere_else(office, pairs, private_database):
    with private_database.write() as session:
        story = stories.talks(session)
        strangers = factories.engagement(session, accepted_at=None)
        lines = [contract_line(story.demand, story.expert, "XJ-1"),
                 contract_line(strangers.demand, strangers.expert, "XJ-2")]
        people = {story.firm.id, story.person.id}
    office.brought_in(lines, SheetKind.contract)
    assert numbers(office.told()) == {person: [1] for person in people}


def test_the_message_leads_to_what_is_to_be_confirmed_and_the_desk_names_it(client, session):
    firm = factories.contact(session)
    claim = factories.add(session, ClaimedEngagement(
        demand=factories.demand(session, firm), expert=factories.expert(session), opening="invitation",
        stage="contract", began_on=factories.today(), changed_on=factories.today()))
    factories.add(session, Notice(user_id=firm.id, text="旧表里有 1 次对接", subject_type="claimed_engagement",
                                  subject_id=claim.id))
    client.login(firm)
    assert '<a href="/engagements">旧表里有 1 次对接</a>' in client.get("/account/messages").text
    assert "确认旧表里的对接" in client.get("/desk").text
    client.post(f"/engagements/claims/{claim.id}/confirm")
    assert "确认旧表里的对接" not in client.get("/desk").text


def test_who_had_confirmed_hears_that_the_other_side_says_otherwise(client, session):
    claim = factories.add(session, ClaimedEngagement(
        demand=factories.demand(session), expert=factories.expert(session), opening="invitation",
        stage="contract", began_on=factories.today(), changed_on=factories.today()))
    client.login(claim.demand.author).post(f"/engagements/claims/{claim.id}/confirm")
    client.login(claim.expert.user).post(f"/engagements/claims/{claim.id}/deny")
    said = session.scalars(select(Notice).where(Notice.user_id == claim.demand.author_id)).one()
    assert said.text.startswith("专家说没有这回事")
