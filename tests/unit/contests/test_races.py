"""Two acts at once on one entry: one wins, the other is told, the log has no gap."""

import contextvars
import datetime as dt
import functools
import threading
import uuid

import pytest

from contests.entries import attach_material, open_entry
from contests.evidence import write_evidence
from contests.group_entries import MemberForm, enter_group, submit_group
from contests.intake import receive_paper, return_entry
from contests.season_settings import settle
from contests.submission import submit
from ledger import log
from models.accounts import User
from models.base import clock_at, now, today
from models.contests import Entry, EntryStatus, MemberKind, Season
from models.contracts import Collaboration
from models.errors import Conflict, Refused
from tests import factories

OPEN = dt.datetime(2026, 9, 1, 4, tzinfo=dt.UTC)


@pytest.fixture
def entry_id(private_database, noon) -> uuid.UUID:
    with private_database.sessions() as session:
        season = factories.add(session, Season(code="weihai-2020", year=2026, settings={}))
        contract = factories.contract(session, factories.engagement(session, accepted_at=now()))
        write_evidence(session, Collaboration(id=uuid.uuid4(), number="HT-2026-0001", contract_id=contract.id))
        entry = open_entry(session, contract.engagement.expert.user, season, "tech_challenge")
        session.commit()
        return entry.id


def at_once(*acts) -> list[str]:
    """Run the acts in threads of their own, let go together; what came of each."""
    outcomes, start = [], threading.Barrier(len(acts))

    def run(act) -> None:
        start.wait()
        try:
            outcomes.append(act())
        except (Conflict, Refused) as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(run, act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_the_same_form_sent_twice_is_submitted_once(private_database, entry_id):
    def press() -> str:
        with private_database.sessions() as session:
            entry = session.get_one(Entry, entry_id)
            submit(session, session.get_one(User, entry.user_id), entry, declared=True)
            session.commit()
            return "submitted"

    assert at_once(*[press] * 4) == ["conflict"] * 3 + ["submitted"]
    with private_database.sessions() as session:
        assert session.get_one(Entry, entry_id).status is EntryStatus.submitted
        assert log.head(session).size == 3
        assert log.verify_database(session) == []


def test_of_two_staff_who_settle_at_once_one_is_told(private_database, entry_id):
    with private_database.sessions() as session:
        staff_id = factories.staff(session).id
        season_id, version = session.get_one(Entry, entry_id).season_id, session.get_one(Entry, entry_id).season.version
        session.commit()

    def press(days: int) -> str:
        with private_database.sessions() as session:
            settle(session, session.get_one(User, staff_id), session.get_one(Season, season_id),
                   {"public_notice.days": days}, source="会议纪要", version=version)
            session.commit()
            return "settled"

    assert at_once(lambda: press(5), lambda: press(7)) == ["conflict", "settled"]


def test_paper_received_and_entry_returned_at_once_do_not_both_count(private_database, entry_id):
    with private_database.sessions() as session:
        staff_id, entry = factories.staff(session).id, session.get_one(Entry, entry_id)
        submit(session, entry.user, entry, declared=True)
        session.commit()

    def act(deed) -> str:
        with private_database.sessions() as session:
            deed(session, session.get_one(User, staff_id), session.get_one(Entry, entry_id))
            session.commit()
            return "done"

    at_once(lambda: act(lambda *who: receive_paper(*who, today())), lambda: act(lambda *who: return_entry(*who, "请改")))
    with private_database.sessions() as session:
        entry = session.get_one(Entry, entry_id)
        assert (entry.status, entry.paper_received_on) == (EntryStatus.returned, None)


def test_one_team_through_two_tracks_at_once_enters_one(private_database, noon):
    with private_database.sessions() as session:
        season = factories.add(session, Season(code="smeie-2023", year=2026, settings={
            "phases.registration.starts": "2026-07-20"}))
        teacher = factories.user(session)
        members = [MemberForm(teacher.name, MemberKind.university, user_id=teacher.id),
                   MemberForm("林知远", MemberKind.university, student=True, defender=True),
                   MemberForm("沈一鸣", MemberKind.enterprise)]
        ids = []
        for track in ("robot", "chip"):
            entry = enter_group(session, teacher, season, track, name="海岬队", members=members)
            attach_material(session, teacher, entry, "registration",
                            factories.stored_file(session, track.encode(), teacher))
            ids.append(entry.id)
        session.commit()

    def press(entry_id: uuid.UUID) -> str:
        with private_database.sessions() as session, clock_at(OPEN):
            entry = session.get_one(Entry, entry_id)
            submit_group(session, entry.user, entry, declared=True)
            session.commit()
            return "submitted"

    assert at_once(*[functools.partial(press, entry_id) for entry_id in ids]) == ["refused", "submitted"]
