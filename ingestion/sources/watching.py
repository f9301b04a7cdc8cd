"""Watching a source: begun, changed, looked at, and what a look found kept for its owner to decide on."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.sources.addresses import endpoint
from ingestion.sources.entries import Entry, read_entries
from ingestion.sources.fetching import Fetched, Fetcher
from ingestion.sources.folders import is_folder, read_folder
from ingestion.validation import choice, line
from models.accounts import Role, User
from models.audit import notify, record
from models.base import now
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.index import PostingKind
from models.sources import SourceEntry, SourceFormat, WatchedSource

EVERY = {1: "每小时", 6: "每 6 小时", 24: "每天", 168: "每周"}
MOST = 10
"""Sources a person may watch."""
_TELL_AFTER = 3
"""Failures in a row after which the owner hears of it: once, a site may be down for an hour."""
_SLOWEST = 8
"""How many times the usual interval lies between two looks at what keeps failing."""


@dataclass(frozen=True)
class SourceForm:
    """A source as typed."""

    name: str = ""
    format: str = SourceFormat.feed
    location: str = ""
    entry_selector: str = ""
    title_selector: str = ""
    every_hours: str = "24"

    def checked(self) -> dict:
        """Column values. InvalidForm names every field that is wrong; whether the address answers is seen later."""
        findings = Findings()
        values = {
            "name": findings.check(line, self.name, "name", "名称", most=40, least=2),
            "format": findings.check(choice, self.format, SourceFormat, "format", "选一种格式"),
            "location": findings.check(line, self.location, "location", "网址", most=1000, least=10),
            "entry_selector": findings.check(line, self.entry_selector, "entry_selector", "每一条的选择器", most=200),
            "title_selector": findings.check(line, self.title_selector, "title_selector", "标题的选择器", most=200),
            "every_hours": findings.check(_hours, self.every_hours),
        }
        if values["format"] is SourceFormat.html and not values["entry_selector"]:
            findings.add("网页列表要写明哪些是一条一条的内容，比如 ul.list > li", "entry_selector")
        findings.settle()
        return values

    @classmethod
    def of(cls, source: WatchedSource) -> "SourceForm":
        return cls(source.name, source.format, source.location, source.entry_selector, source.title_selector,
                   str(source.every_hours))


@dataclass(frozen=True)
class Look:
    """What one look at a source brought: entries, or None where nothing changed; or why it failed."""

    entries: Sequence[Entry] | None = None
    fetched: Fetched | None = None
    digest: str = ""
    failure: str = ""


def watch(session: Session, actor: User, form: SourceForm, *, posting: PostingKind | None = None,
          by_operator: bool = False) -> WatchedSource:
    """Begin to watch a source for the actor: it is looked at within the minute. Flushes.

    Only the operator, who has the machine anyway, may name a folder of it. Forbidden for who can post nothing.
    """
    values = form.checked()
    _check_location(values["location"], by_operator)
    posting = posting or _posting_of(actor)
    held = session.scalars(select(WatchedSource).where(WatchedSource.owner_id == actor.id)).all()
    if len(held) >= MOST:
        raise Conflict(f"最多看 {MOST} 个来源，先删掉不用的")
    if any(one.location == values["location"] for one in held):
        raise Invalid("这个地址已经在看了", field="location")
    source = WatchedSource(owner_id=actor.id, posting=posting, **values)
    session.add(source)
    session.flush()
    record(session, actor, "source.watched", source)
    return source


def change(session: Session, actor: User, source: WatchedSource, form: SourceForm, version: int) -> None:
    """Rewrite a source, which is then looked at anew. Flushes."""
    _own(actor, source, version)
    values = form.checked()
    if values["location"] != source.location:
        _check_location(values["location"], False)
    for column, value in values.items():
        setattr(source, column, value)
    source.etag = source.last_modified = source.digest = ""
    _ask_anew(source)
    session.flush()
    record(session, actor, "source.changed", source)


def switch(session: Session, actor: User, source: WatchedSource, active: bool) -> None:
    """Rest a source, or look at it again. Flushes."""
    _own(actor, source)
    source.active = active
    if active:
        _ask_anew(source)
    session.flush()
    record(session, actor, "source.resumed" if active else "source.rested", source)


def look_now(session: Session, actor: User, source: WatchedSource) -> None:
    """Have a source looked at by the worker's next round. Flushes. Conflict within a minute of the last look."""
    _own(actor, source)
    if source.checked_at is not None and now() - source.checked_at < dt.timedelta(minutes=1):
        raise Conflict("刚看过，过一分钟再看")
    source.active = True
    _ask_anew(source)
    session.flush()


def remove(session: Session, actor: User, source: WatchedSource) -> None:
    """Stop watching and forget what was found; the postings made of it stay. Flushes."""
    _own(actor, source)
    record(session, actor, "source.removed", source)
    session.query(SourceEntry).filter_by(source_id=source.id).delete()
    session.delete(source)
    session.flush()


def due(session: Session, most: int = 20) -> list[WatchedSource]:
    """Sources whose time has come, the longest waiting first."""
    return list(session.scalars(select(WatchedSource).where(WatchedSource.active, WatchedSource.due_at <= now())
                                .order_by(WatchedSource.due_at, WatchedSource.id).limit(most)))


def look(source: WatchedSource, fetcher: Fetcher) -> Look:
    """Read a source. No database: a slow site must hold up no transaction."""
    try:
        if is_folder(source.location):
            return _look_at_folder(source)
        fetched = fetcher.fetch(source.location, source.etag, source.last_modified)
        if fetched.data is None:
            return Look(fetched=fetched, digest=source.digest)
        digest = hashlib.sha256(fetched.data).hexdigest()
        if digest == source.digest:
            return Look(fetched=fetched, digest=digest)
        entries = read_entries(source.format, fetched.data, fetched.url, source.entry_selector, source.title_selector,
                               fetched.content_type)
        return Look(entries, fetched, digest)
    except Invalid as error:
        return Look(failure=error.message)


def keep(session: Session, source: WatchedSource, found: Look) -> int:
    """Write down what a look found; how many entries are new or changed. Flushes.

    What is gone from a list is marked as gone; from a feed, which shows the newest only, nothing is ever gone.
    """
    source.checked_at = now()
    if found.failure:
        _note_failure(session, source, found.failure)
        session.flush()
        return 0
    source.good_at, source.failures, source.failure = now(), 0, ""
    source.due_at = now() + dt.timedelta(hours=source.every_hours)
    source.digest = found.digest
    if found.fetched is not None and found.fetched.data is not None:
        source.etag, source.last_modified = found.fetched.etag, found.fetched.last_modified
    news = _merge(session, source, found.entries) if found.entries is not None else 0
    session.flush()
    return news


def sources_of(session: Session, actor: User) -> list[WatchedSource]:
    return list(session.scalars(select(WatchedSource).where(WatchedSource.owner_id == actor.id)
                                .order_by(WatchedSource.created_at, WatchedSource.id)))


def source_of(session: Session, actor: User, source_id: uuid.UUID) -> WatchedSource:
    """NotFound unless it is the actor's own."""
    source = session.get(WatchedSource, source_id)
    if source is None or source.owner_id != actor.id:
        raise NotFound("没有找到这个来源")
    return source


def _merge(session: Session, source: WatchedSource, entries: Sequence[Entry]) -> int:
    known = {one.key: one for one in session.scalars(select(SourceEntry).where(SourceEntry.source_id == source.id))}
    news = 0
    for entry in entries:
        held = known.pop(entry.key, None)
        if held is None:
            session.add(SourceEntry(source_id=source.id, key=entry.key, title=entry.title, text=entry.text,
                                    link=entry.link, digest=entry.digest, found_at=now()))
            news += 1
            continue
        held.gone_at = None
        if held.digest != entry.digest:
            held.title, held.text, held.link, held.digest = entry.title, entry.text, entry.link, entry.digest
            held.changed_at = now()
            news += 1
    if source.format is not SourceFormat.feed:
        for gone in known.values():
            gone.gone_at = gone.gone_at or now()
    return news


def _note_failure(session: Session, source: WatchedSource, failure: str) -> None:
    source.failures += 1
    source.failure = failure[:300]
    wait = source.every_hours * min(2 ** (source.failures - 1), _SLOWEST)
    source.due_at = now() + dt.timedelta(hours=wait)
    if source.failures == _TELL_AFTER:
        notify(session, source.owner_id, f"您的来源“{source.name}”连续 {_TELL_AFTER} 次没读成：{failure}"[:300], source)


def _look_at_folder(source: WatchedSource) -> Look:
    files = read_folder(source.location, source.format)
    digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for pair in files
                                     for part in (pair[0].encode(), pair[1]))).hexdigest()
    if digest == source.digest:
        return Look(digest=digest)
    entries = [entry for address, data in files for entry in read_entries(
        source.format, data, address, source.entry_selector, source.title_selector)]
    return Look(entries, digest=digest)


def _check_location(location: str, by_operator: bool) -> None:
    if is_folder(location):
        if not by_operator:
            raise Invalid("网址应以 http:// 或 https:// 开头", field="location")
        return
    endpoint(location, lookup=lambda host, port: ["1.1.1.1"])  # only its form: where it lies is seen at each look


def _posting_of(actor: User) -> PostingKind:
    if Role.enterprise in actor.roles:
        return PostingKind.demand
    if Role.expert in actor.roles:
        return PostingKind.capability
    raise Forbidden("企业或专家入驻通过后才能添加来源")


def _own(actor: User, source: WatchedSource, version: int | None = None) -> None:
    if source.owner_id != actor.id:
        raise NotFound("没有找到这个来源")
    if version is not None and source.version != version:
        raise Conflict("这个来源刚在别处改过。请重新打开，核对后再提交")


def _ask_anew(source: WatchedSource) -> None:
    source.due_at, source.failures = now(), 0


def _hours(value: str) -> int:
    if not value.isdecimal() or int(value) not in EVERY:
        raise Invalid("选多久看一次", field="every_hours")
    return int(value)
