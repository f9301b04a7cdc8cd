"""The demo city's review committee: whom the notice names, a member of the leadership in the chair."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.review.committees import MemberForm, add_member, form_committee
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.stories import CONTEST
from jobs.demo.timeline import Timeline
from models.base import today
from models.contests import Season

SEATED = 30
"""Days ago."""
KINDS = {"xu-zhixing": "市总工会党组成员", "jiang-yuan": "相关部室负责人"}


def plan(session: Session, timeline: Timeline, content: Content, people: People) -> None:
    """Plan the forming of the committee of this year's contest."""
    timeline.add(timeline.on(SEATED, "15:00"), lambda: _seat(session, content, people))


def _seat(session: Session, content: Content, people: People) -> None:
    season = session.scalars(select(Season).where(Season.code == CONTEST).order_by(Season.year.desc()).limit(1)).one()
    committee = form_committee(session, people.staff[0], season, "评审委员会")
    for row in content.staff:
        if row["ref"] in KINDS:
            add_member(session, people.staff[0], committee,
                       MemberForm(row["email"], KINDS[row["ref"]], "威海市总工会", today(), chair=row["role"] == "admin"))
