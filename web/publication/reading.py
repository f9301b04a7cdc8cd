"""A notice as its pages show it: grouped lines, working days left, the checkpoint that covers its ledger entry."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select

from contests.definition import Definition
from contests.publication.calendar import exceptions
from contests.publication.lists import grade_names, running, struck
from contests.publication.working_days import days_left
from contests.seasons import definition_of
from ingestion import amounts
from models.base import today
from models.ledger import LedgerCheckpoint
from models.publication import NoticeLine, NoticeStatus, PublicNotice, ResultDocument
from web.contests.season import title_of
from web.sessions import db


@dataclass(frozen=True)
class Group:
    """The lines of one track. `gone`: ids of those an upheld objection took off."""

    name: str
    lines: list[NoticeLine]


@dataclass(frozen=True)
class NoticeCard:
    """What the list and the page say of a notice."""

    notice: PublicNotice
    title: str
    state: tuple[str, str, str]
    definition: Definition
    left: int
    """Working days not over yet, today included."""
    running: bool
    document: ResultDocument | None


def present(notice: PublicNotice) -> NoticeCard:
    definition = definition_of(notice.season)
    document = db().scalar(select(ResultDocument).where(ResultDocument.notice_id == notice.id))
    left = days_left(notice.opened_on, notice.last_day, today(), exceptions(db()))
    return NoticeCard(notice, title_of(definition), state_of(notice), definition, left, running(notice), document)


def state_of(notice: PublicNotice) -> tuple[str, str, str]:
    """(word, tone, icon) of its state."""
    if notice.status is NoticeStatus.withdrawn:
        return _("已撤下"), "", "x-circle"
    if notice.status is NoticeStatus.settled:
        return _("结果已公布"), "pine", "check-circle"
    return (_("公示中"), "sea", "broadcast") if running(notice) else (_("公示期满"), "amber", "hourglass-split")


def groups(card: NoticeCard) -> list[Group]:
    return [Group(track.name, lines) for track in card.definition.tracks
            if (lines := [line for line in card.notice.lines if line.track == track.code])]


def grade_of(card: NoticeCard, line: NoticeLine) -> str:
    return grade_names(card.definition).get((line.track, line.grade), line.grade)


def line_words(card: NoticeCard, line: NoticeLine) -> str:
    """技术攻关组一等奖　林试1（海岬大学）."""
    return f"{card.definition.track(line.track).name}{grade_of(card, line)}　{line.name}（{line.organisation}）"


def gone(card: NoticeCard) -> set:
    return struck(card.notice)


def checkpoint_over(index: int) -> LedgerCheckpoint | None:
    """The first checkpoint that covers the entry: the one printed with it, whatever is signed later."""
    return db().scalar(select(LedgerCheckpoint).where(LedgerCheckpoint.size > index)
                       .order_by(LedgerCheckpoint.size).limit(1))


def typed_day(name: str) -> tuple[str, ...]:
    return tuple(request.form.get(f"{name}-{part}", "") for part in ("year", "month", "day"))


def read_day(name: str, label: str):
    """The day of three boxes, None where they are empty. Invalid for `name`."""
    return amounts.day(*typed_day(name), name, label)


def boxes(day) -> tuple[str, ...]:
    return (str(day.year), str(day.month), str(day.day)) if day else ("", "", "")
