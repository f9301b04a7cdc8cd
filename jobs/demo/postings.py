"""What the demo city posts: capabilities when their experts came, demands through all their states."""

import datetime as dt
import functools

from sqlalchemy.orm import Session

from ingestion import capabilities, demands
from ingestion.capabilities import CapabilityForm, ClaimRow
from ingestion.demand_forms import DisclosureForm, ProblemForm, TargetRow, TargetsForm
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.timeline import Timeline
from models.demands import Demand

POSTED = 305
"""Days ago the first capabilities were posted: after the last expert was admitted."""
PER_DAY = 12
HURRIED = frozenset({"submitted", "draft"})


def plan(session: Session, timeline: Timeline, content: Content, people: People) -> dict[str, Demand]:
    """Plan every posting. The demands by ref, filled as the timeline runs."""
    for place, row in enumerate(content.capabilities):
        offer = functools.partial(_capability, session, people, row)
        timeline.add(timeline.on(POSTED - place // PER_DAY, "14:00"), offer)
    found: dict[str, Demand] = {}
    last_days = set()
    for place, row in enumerate(content.demands):
        post(session, timeline, people, found, row, f"{8 + place % 9:02d}:{7 * place % 60:02d}")
        last_days.add(row["days_left"])
    for days_left in sorted(day for day in last_days if day < 0):
        timeline.add(timeline.on(-days_left - 1, "00:05"), functools.partial(demands.expire_due, session))
    return found


def _capability(session: Session, people: People, row: dict) -> None:
    claims = tuple(ClaimRow(claim["text"], str(claim["year"]), claim["proof"]) for claim in row["claims"])
    posted = capabilities.create(session, people.users[row["expert"]],
                                 CapabilityForm(row["title"], row["summary"], row["field"], claims))
    for claim, written in zip(posted.claims, row["claims"], strict=True):
        if written["verified"]:
            capabilities.verify_claim(session, people.staff[1], claim)


def post(session: Session, timeline: Timeline, people: People, found: dict[str, Demand], row: dict, at: str) -> None:
    """Plan one demand through the states up to its own; `found` gets it by its ref when it is written."""
    posted, status = row["posted_days_ago"], row["status"]
    written = posted if status in HURRIED else posted + 2
    deadline = timeline.day + dt.timedelta(days=row["days_left"])
    author, staff = _Late(people.contact_of, row["enterprise"]), people.staff
    timeline.add(timeline.on(written, at), lambda: _write(session, author(), found, row, deadline))
    if status == "draft":
        return
    timeline.add(timeline.on(written, at), lambda: _submit(session, author(), found[row["ref"]]))
    if status == "submitted":
        return
    answered = timeline.on(posted, at)
    if status == "returned":
        timeline.add(answered, lambda: demands.return_with_reason(
            session, staff[0], found[row["ref"]], found[row["ref"]].version, row["reason"]))
        return
    timeline.add(answered, lambda: demands.publish(session, staff[0], found[row["ref"]], found[row["ref"]].version))
    if status == "withdrawn":
        timeline.add(timeline.on(posted // 2, at), lambda: demands.withdraw(
            session, author(), found[row["ref"]], found[row["ref"]].version, row["reason"]))


class _Late:
    """A row that is there only once the timeline has come to it."""

    def __init__(self, rows: dict, ref: str):
        self.rows, self.ref = rows, ref

    def __call__(self):
        return self.rows[self.ref]


def _write(session: Session, author, found: dict[str, Demand], row: dict, deadline: dt.date) -> None:
    whole = row["status"] != "draft"
    demand = demands.create_draft(session, author, ProblemForm(row["title"], row["problem"], row["industry_code"],
                                                               row["district_code"]), whole=whole)
    disclosure = DisclosureForm(row["confidentiality"], row["abstract"], row["offers"], row["ownership"])
    for form in (_targets(row, deadline), disclosure):
        demands.save(session, author, demand, form, demand.version, whole=whole)
    found[row["ref"]] = demand


def _targets(row: dict, deadline: dt.date) -> TargetsForm:
    low, high = row["budget_min"], row["budget_max"]
    return TargetsForm(
        targets=tuple(TargetRow(**target) for target in row["targets"]), constraints=row["constraints"],
        tried=row["tried"], budget_min="" if low is None else str(low), budget_max="" if high is None else str(high),
        negotiable=low is None and high is None, year=str(deadline.year), month=str(deadline.month),
        day=str(deadline.day), cooperation_type=row["cooperation_type"] or "")


def _submit(session: Session, author, demand: Demand) -> None:
    demands.submit(session, author, demand, demand.version)
