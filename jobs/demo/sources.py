"""The demo city's watched sources, as a look some days ago left them. They rest: their sites do not exist."""

import functools
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.sources import taking, watching
from ingestion.sources.entries import read_entries
from ingestion.sources.watching import Look, SourceForm
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.timeline import Timeline
from models.sources import SourceEntry, SourceFormat


def plan(session: Session, timeline: Timeline, content: Content, people: People) -> None:
    for row in content.sources:
        timeline.add(timeline.on(row["days_ago"], "08:20"), functools.partial(_look, session, people, row))


def _look(session: Session, people: People, row: dict) -> None:
    owner = people.users[row["user"]]
    source = watching.watch(session, owner, SourceForm(row["name"], SourceFormat.jsonl, row["location"]))
    data = "\n".join(json.dumps(entry, ensure_ascii=False) for entry in row["entries"]).encode()
    found = read_entries(source.format, data, source.location)
    watching.keep(session, source, Look(found))
    aside = {entry["title"] for entry in row["entries"] if entry["_id"] in row["ignored"]}
    for entry in session.scalars(select(SourceEntry).where(SourceEntry.source_id == source.id)):
        if entry.title in aside:
            taking.put_aside(session, owner, entry)
    watching.switch(session, owner, source, False)
