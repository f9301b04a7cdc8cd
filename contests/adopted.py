"""Definitions that staff adopted from a notice, beside those that come with the program."""

import functools
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from contests.catalogue import codes, definition, faults, parse
from contests.definition import Definition
from contests.staff import require_staff
from models.accounts import User
from models.audit import record
from models.contests import Season
from models.errors import Conflict, Invalid
from models.notices import ContestDefinition


def adopt(session: Session, actor: User, source: str, notice_id: uuid.UUID) -> ContestDefinition:
    """Make a definition file part of the catalogue. Invalid with its first fault; Conflict where its code is taken."""
    require_staff(actor, "采用竞赛定义")
    found = faults(source, "草稿")
    if found:
        raise Invalid(str(found[0]), field="code")
    made = parse(source, "草稿")
    if made.code in codes() or made.code in adopted_codes(session):
        raise Conflict(f"代号 {made.code} 已经有一项竞赛在用，换一个", field="code")
    row = ContestDefinition(code=made.code, source=source, notice_id=notice_id, adopted_by_id=actor.id)
    session.add(row)
    session.flush()
    record(session, actor, "definition.adopt", row, code=made.code)
    return row


def adopted_codes(session: Session) -> list[str]:
    return list(session.scalars(select(ContestDefinition.code).order_by(ContestDefinition.code)))


def known_definition(session: Session, code: str) -> Definition:
    """The definition of that code, shipped or adopted; KeyError where there is none."""
    return definition_in(code, adopted_source(session, code))


def base_of(season: Season) -> Definition:
    """The definition that a season was opened of, before its settings."""
    return definition_in(season.code, source_of_season(season))


def source_of_season(season: Season) -> str | None:
    """The adopted file behind a season; None where its definition comes with the program."""
    session = object_session(season)
    return adopted_source(session, season.code) if session is not None else None


def adopted_source(session: Session, code: str) -> str | None:
    if code in _shipped():
        return None
    return session.scalar(select(ContestDefinition.source).where(ContestDefinition.code == code))


@functools.lru_cache(maxsize=64)
def definition_in(code: str, source: str | None) -> Definition:
    """The definition in an adopted file, else the shipped one of that code; KeyError where neither is."""
    return definition(code) if source is None else parse(source, code)


@functools.cache
def _shipped() -> frozenset[str]:
    return frozenset(codes())
