"""A notice that the demo city's staff have begun to check, as they left it yesterday."""

import functools

from sqlalchemy.orm import Session

from ingestion.notices.decisions import Verdict
from jobs.demo.city import People
from jobs.demo.content import FOLDER
from jobs.demo.timeline import Timeline
from jobs.drafts.notices import bring_in, decide

CHECKED = ("title", "document_number", "issuers.0", "issued_on")


def plan(session: Session, timeline: Timeline, people: People) -> None:
    timeline.add(timeline.on(1, "15:40"), functools.partial(_begin, session, people))


def _begin(session: Session, people: People) -> None:
    notice = bring_in(session, people.staff[0], "通知.txt", (FOLDER / "notice.txt").read_text(encoding="utf-8"))
    decide(session, people.staff[0], notice, dict.fromkeys(CHECKED, (Verdict.accepted, "")), version=notice.version)
