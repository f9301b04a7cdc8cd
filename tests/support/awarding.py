"""A season whose awards are decided and wait for the 公示, and what the steps after it need."""

import datetime as dt
import uuid
from decimal import Decimal

from sqlalchemy.orm import Session

from contests.publication.opening import Approval, open_notice
from contests.publication.results import Draft, publish_result
from ledger import log
from models.accounts import User
from models.awards import Award
from models.base import clock_at, now, today
from models.contests import Entry, EntryStatus, Season
from models.publication import (
    Certificate,
    NoticeLine,
    NoticeStatus,
    Objection,
    PublicNotice,
    ResultDocument,
)
from tests import factories

NOTICE_DAY = dt.datetime(2026, 12, 8, 4, 0, tzinfo=dt.UTC)
"""Tuesday noon: five working days later is Tuesday 15 December."""
AFTER = dt.datetime(2026, 12, 16, 4, 0, tzinfo=dt.UTC)
SETTINGS = {
    "public_notice.days": 5, "phases.review.starts": "2026-12-01", "phases.review.ends": "2026-12-04",
    "phases.public_notice.starts": "2026-12-07", "phases.public_notice.ends": "2026-12-18",
    "phases.award.starts": "2026-12-21", "phases.award.ends": "2027-01-31",
    **{f"tracks.{track}.awards.{grade}.places": places for track in ("tech_challenge", "school_enterprise")
       for grade, places in (("first", 1), ("second", 2), ("third", 3))},
    **{f"tracks.tech_challenge.indicators.{code}.weight": weight for code, weight in
       (("projects", "0.3"), ("amount", "0.4"), ("benefit", "0.3"))},
    **{f"tracks.school_enterprise.indicators.{code}.weight": "0.5" for code in ("projects", "benefit")},
    **{f"tracks.{track}.indicators.benefit.basis": "realised" for track in ("tech_challenge", "school_enterprise")}}
GRADES = ("first", "second", "second", "third", "third", "third")


def season(session: Session, **changes) -> Season:
    return factories.add(session, Season(code="weihai-2020", year=2026, settings=SETTINGS | changes))


def submitted(session: Session, of: Season, person: User, **columns) -> Entry:
    """An entry as it stands once handed in, without the contracts it would rest on."""
    leaf = log.append(session, "registration.submitted", {"entry": uuid.uuid4()})
    defaults = dict(season=of, track="tech_challenge", user=person, name=person.name, phone=person.phone,
                    employer="海岬大学", status=EntryStatus.submitted, declared_at=now(), submitted_at=now(),
                    ledger_index=leaf.index)
    return factories.add(session, Entry(**defaults | columns))


def award(session: Session, entry: Entry, grade: str = "first", rank: int = 1, decided_by: User | None = None) -> Award:
    leaf = log.append(session, "award.granted", {"entry": entry.id, "grade": grade})
    return factories.add(session, Award(
        season=entry.season, track=entry.track, entry=entry, grade=grade, rank=rank, points=Decimal(100 - rank),
        minutes="评审委员会 2026 年 12 月 4 日会议纪要", decided_by=decided_by or factories.staff(session),
        ledger_index=leaf.index))


def decided(session: Session, winners: int = 4, **changes) -> Season:
    """A season with so many awards in the first group."""
    found = season(session, **changes)
    clerk = factories.staff(session)
    for rank in range(1, winners + 1):
        entry = submitted(session, found, factories.expert(session).user)
        award(session, entry, GRADES[min(rank, len(GRADES)) - 1], rank, clerk)
    return found


def approval(**changes) -> Approval:
    return Approval(**{"by": "市总工会党组会议", "on": dt.date(2026, 12, 7), "minutes": "〔2026〕18 号会议纪要"} | changes)


def notice(session: Session, actor: User | None = None, of: Season | None = None, **options) -> PublicNotice:
    """A running notice, opened on NOTICE_DAY."""
    with clock_at(NOTICE_DAY):
        return open_notice(session, actor or factories.staff(session), of or decided(session), approval(),
                           calendar_checked=True, **options)


def bare_notice(session: Session, of: Season, one: Award, clerk: User, number: int = 1, **columns) -> PublicNotice:
    """A running notice of one award as rows, whatever the season's settings say."""
    leaf = log.append(session, "notice.published", {"notice": uuid.uuid4()})
    line = NoticeLine(position=1, award=one, track=one.track, grade=one.grade, rank=one.rank, name=one.entry.name,
                      organisation=one.entry.employer)
    defaults = dict(season=of, number=number, track=one.track, approved_by="市总工会党组会议", approved_on=today(),
                    minutes="会议纪要", days=5, opened_on=today(), last_day=today() + dt.timedelta(days=7),
                    opened_by=clerk, ledger_index=leaf.index, lines=[line])
    return factories.add(session, PublicNotice(**defaults | columns))


def bare_objection(session: Session, to: PublicNotice, **columns) -> Objection:
    leaf = log.append(session, "objection.filed", {"objection": uuid.uuid4()})
    defaults = dict(number=f"YY-2026-{leaf.index:04d}", notice_id=to.id, line_id=to.lines[0].id, name="李举",
                    contact="19900000000", text="这项合同不是今年签的，请核查。", ledger_index=leaf.index)
    return factories.add(session, Objection(**defaults | columns))


def bare_certificate(session: Session, of: PublicNotice, clerk: User) -> Certificate:
    """The notice is settled by a document, and its first line certified."""
    of.status = NoticeStatus.settled
    first, second = (log.append(session, kind, {"x": uuid.uuid4()}) for kind in ("result.published",
                                                                                 "certificate.issued"))
    document = factories.add(session, ResultDocument(
        notice=of, document_number=f"试工发〔2026〕{first.index}号", title="关于公布竞赛结果的通知", addressees="各单位",
        body="现将结果公布如下。", signed_by="试验市总工会", dated=today(), issued_by_id=clerk.id,
        ledger_index=first.index))
    return factories.add(session, Certificate(number=f"ZS-2026-{second.index:04d}-K3QX", document_id=document.id,
                                              line=of.lines[0], ledger_index=second.index))


def published(session: Session, of: PublicNotice | None = None, clerk: User | None = None) -> list[Certificate]:
    """A published result's certificates, in the order of the list."""
    of, clerk = of or notice(session), clerk or factories.staff(session)
    with clock_at(AFTER):
        draft = Draft("威工发〔2026〕31号", "关于公布竞赛结果的通知", "各区市总工会", "现将结果公布如下。", "威海市总工会",
                      dt.date(2026, 12, 16))
        return publish_result(session, clerk, of, draft).certificates
