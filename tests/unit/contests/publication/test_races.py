"""Two acts at once: one wins, the other is told, and the log has no gap."""

import contextvars
import datetime as dt
import threading
from decimal import Decimal

import pytest

from contests.publication.certificates import revoke_certificate
from contests.publication.objections import Filing, decide, file_objection
from contests.publication.opening import open_notice, withdraw_notice
from contests.publication.payments import confirm_treatment, pay
from contests.publication.results import Draft, publish_result
from ledger import log
from models.accounts import User
from models.after_award import Payment, Treatment
from models.base import clock_at
from models.contests import Season
from models.errors import DomainError
from models.publication import Certificate, NoticeStatus, Objection, PublicNotice
from tests import factories
from tests.support import awarding

DRAFT = Draft("威工发〔2026〕31号", "关于公布竞赛结果的通知", "各区市总工会", "现将结果公布如下。", "威海市总工会",
              dt.date(2026, 12, 16))


@pytest.fixture
def ids(private_database) -> dict:
    with private_database.sessions() as session:
        clerk, season = factories.staff(session), awarding.decided(session)
        found = {"clerk": clerk.id, "judge": factories.staff(session).id, "season": season.id}
        session.commit()
        return found


@pytest.fixture
def shown(private_database, ids) -> dict:
    with private_database.sessions() as session:
        notice = awarding.notice(session, session.get(User, ids["clerk"]), session.get(Season, ids["season"]))
        session.commit()
        return ids | {"notice": notice.id}


def at_once(database, *acts) -> list[str]:
    """Each act in a thread and a session of its own, let go together; what came of each."""
    outcomes, start = [], threading.Barrier(len(acts))

    def run(act) -> None:
        start.wait()
        with database.sessions() as session:
            try:
                act(session)
                session.commit()
                outcomes.append("done")
            except DomainError as error:
                session.rollback()
                outcomes.append(error.code)

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(run, act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def whole(database) -> bool:
    with database.sessions() as session:
        return log.verify_database(session) == []


def test_one_list_is_shown_once(private_database, ids):
    def press(session):
        open_notice(session, session.get(User, ids["clerk"]), session.get(Season, ids["season"]), awarding.approval(),
                    calendar_checked=True)

    assert at_once(private_database, press, press, press) == ["done", "refused", "refused"]
    assert whole(private_database)


def test_objections_filed_at_once_get_numbers_of_their_own(private_database, shown):
    def press(session):
        file_objection(session, session.get(PublicNotice, shown["notice"]), Filing("李举", "199", "这项合同不是今年签的。"))

    assert at_once(private_database, *[press] * 4) == ["done"] * 4
    with private_database.sessions() as session:
        assert len({row.number for row in session.query(Objection)}) == 4
    assert whole(private_database)


def test_an_objection_is_answered_once(private_database, shown):
    with private_database.sessions() as session:
        notice = session.get(PublicNotice, shown["notice"])
        found = file_objection(session, notice, Filing("李举", "199", "这项合同不是今年签的。", notice.lines[0]))
        session.commit()
        key, version = found.id, found.version

    def press(upheld):
        return lambda session: decide(session, session.get(User, shown["judge"]), session.get(Objection, key),
                                      upheld=upheld, answer="查过。", version=version)

    assert at_once(private_database, press(True), press(False)) == ["conflict", "done"]
    assert whole(private_database)


def test_a_result_is_published_once_and_not_over_a_list_taken_down(private_database, shown):
    def publish(session):
        publish_result(session, session.get(User, shown["clerk"]), session.get(PublicNotice, shown["notice"]), DRAFT)

    def withdraw(session):
        withdraw_notice(session, session.get(User, shown["clerk"]), session.get(PublicNotice, shown["notice"]), "改名单")

    with clock_at(awarding.AFTER):
        assert at_once(private_database, publish, publish, withdraw) == ["conflict", "conflict", "done"]
    with private_database.sessions() as session:
        settled = session.get(PublicNotice, shown["notice"]).status is NoticeStatus.settled
        assert session.query(Certificate).count() == (4 if settled else 0)
    assert whole(private_database)


def test_an_award_is_paid_once_and_not_beside_its_revocation(private_database, shown):
    with private_database.sessions() as session:
        clerk = session.get(User, shown["clerk"])
        certificate = awarding.published(session, session.get(PublicNotice, shown["notice"]), clerk)[0]
        confirm_treatment(session, clerk, session.get(Season, shown["season"]), Treatment.occasional, basis="条款",
                          source="财务意见")
        session.commit()
        key = certificate.id

    def press(session):
        pay(session, session.get(User, shown["clerk"]), session.get(Certificate, key), gross=Decimal(5000),
            paid_on=dt.date(2026, 12, 16), voucher="记-1")

    def revoke(session):
        revoke_certificate(session, session.get(User, shown["clerk"]), session.get(Certificate, key), "申报不实")

    with clock_at(awarding.AFTER):
        outcomes = at_once(private_database, press, press, press, revoke)
    with private_database.sessions() as session:
        assert session.query(Payment).count() <= 1
        assert outcomes.count("done") == 1 + session.query(Payment).count()
    assert whole(private_database)
