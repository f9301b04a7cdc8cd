"""Changing the model while people search: prepared beside the one in use, checked, switched in one transaction.

Every act first locks both clocks of the index, so that no vector is written while it looks and decides.
"""

import datetime as dt
import uuid

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matching.encoders.completeness import behind, faults, missing
from matching.encoders.instructions import Instructions
from matching.vectors import lock_clock
from models.accounts import User
from models.audit import record
from models.base import now
from models.encoders import EncoderGeneration, GenerationState
from models.errors import Conflict, NotFound
from models.index import PostingKind, PostingVector, enqueue
from models.insertion import insert_once

KEPT = (GenerationState.in_use, GenerationState.preparing, GenerationState.ready)
"""States in which a generation follows every change of a posting."""
SWEEP = 1000
"""Vectors deleted a transaction."""
_NAME_IN_USE = select(EncoderGeneration.name).where(EncoderGeneration.state == GenerationState.in_use)


def in_use(session: Session) -> EncoderGeneration | None:
    """The generation that is searched; None before the worker has started for the first time."""
    return session.scalar(select(EncoderGeneration).where(EncoderGeneration.state == GenerationState.in_use))


def name_in_use(session: Session) -> str:
    """Its name alone, "" for none: asked before every search, so without the row."""
    return session.scalar(_NAME_IN_USE) or ""


def kept(session: Session) -> list[EncoderGeneration]:
    """Those that follow every change, the one in use first; one that was never loaded has no vectors to follow."""
    rows = session.scalars(select(EncoderGeneration).where(
        EncoderGeneration.state.in_(KEPT), EncoderGeneration.dimensions > 0).order_by(EncoderGeneration.created_at))
    return sorted(rows, key=lambda row: row.state is not GenerationState.in_use)


def every(session: Session) -> list[EncoderGeneration]:
    """All there ever were, the newest first."""
    return list(session.scalars(select(EncoderGeneration).order_by(
        EncoderGeneration.created_at.desc(), EncoderGeneration.name)))


def named(session: Session, name: str) -> EncoderGeneration:
    """The one generation whose name or id is, or begins with, `name`. NotFound for none, Conflict for several."""
    rows = every(session)
    found = ([row for row in rows if name in (row.name, str(row.id))]
             or [row for row in rows if name and name in row.name])
    if not found:
        raise NotFound(f"没有叫“{name}”的向量模型")
    if len(found) > 1:
        raise Conflict(f"“{name}”对得上 {len(found)} 个向量模型，请写全：{'、'.join(row.name for row in found)}")
    return found[0]


def being_prepared(session: Session) -> list[EncoderGeneration]:
    """Those being prepared; the first has its turn."""
    return list(session.scalars(select(EncoderGeneration).where(EncoderGeneration.state == GenerationState.preparing)
                                .order_by(EncoderGeneration.created_at, EncoderGeneration.name)))


def _locked(session: Session, generation_id: uuid.UUID | None = None) -> EncoderGeneration | None:
    for kind in PostingKind:
        lock_clock(session, kind)
    return session.get(EncoderGeneration, generation_id, populate_existing=True) if generation_id else None


def request(session: Session, name: str, source: str, instructions: Instructions, *, actor: User | None = None,
            automatic: bool = True, dimensions: int = 0) -> EncoderGeneration:
    """Have a model prepared, unless it is kept already. Where none is in use, one of known `dimensions` is now."""
    _locked(session)
    values = dict(query_prompt=instructions.query, document_prompt=instructions.document, tokens=instructions.tokens)
    insert_once(session, EncoderGeneration, id=uuid.uuid4(), name=name, source=source, **values, dimensions=0,
                symmetric=True, state=GenerationState.failed, wanted=False, automatic=False, attempts=0, error="",
                created_at=now(), created_by_id=actor.id if actor else None)
    found = session.scalars(select(EncoderGeneration).where(EncoderGeneration.name == name)
                            .execution_options(populate_existing=True)).one()
    found.source = source
    if found.state is not GenerationState.in_use:
        found.automatic = automatic
    if found.state not in KEPT:
        found.state, found.error, found.attempts, found.retired_at = GenerationState.preparing, "", 0, None
        record(session, actor, "encoder.prepared", found, name=name, automatic=automatic)
    found.dimensions = found.dimensions or dimensions
    if dimensions and in_use(session) is None:
        found.state, found.in_use_since, found.finished_at = GenerationState.in_use, now(), now()
        found.automatic = False
        record(session, actor, "encoder.switched", found, name=name)
    session.flush()
    return found


def note_settings(session: Session, name: str, source: str, instructions: Instructions, *, automatic: bool = True,
                  dimensions: int = 0) -> EncoderGeneration | None:
    """What the settings name now, as the worker read them at its start; None where they named it before as well.

    Only a change asks for anything: who rolled back stays rolled back, however often the worker starts.
    """
    before = session.scalar(select(EncoderGeneration).where(EncoderGeneration.wanted))
    if before is not None and before.name == name:
        return None
    found = request(session, name, source, instructions, automatic=automatic, dimensions=dimensions)
    for other in session.scalars(select(EncoderGeneration).where(EncoderGeneration.wanted)):
        other.wanted = False
        if other.state is GenerationState.preparing and other.id != found.id:
            _retire(session, other, None)
    found.wanted = True
    session.flush()
    return found


def complete(session: Session, generation: EncoderGeneration) -> bool:
    """Whether every posting that should be found has its vector, made from the text that the one in use has."""
    current = in_use(session)
    for kind in PostingKind:
        if missing(session, kind, generation.name, limit=1):
            return False
        if current is not None and behind(session, kind, current.name, generation.name, limit=1):
            return False
    return True


def finish(session: Session, generation: EncoderGeneration) -> bool:
    """Preparing → ready, or failed where the vectors are not to be trusted; False where something is still lacking."""
    found = _locked(session, generation.id)
    if found is None or found.state is not GenerationState.preparing or not complete(session, found):
        return False
    if fault := faults(session, found):
        fail(session, found, fault)
        return True
    found.state, found.finished_at = GenerationState.ready, now()
    session.flush()
    return True


def resume(session: Session, generation: EncoderGeneration) -> None:
    """Ready → preparing, for one that has fallen behind."""
    found = _locked(session, generation.id)
    if found.state is GenerationState.ready:
        found.state = GenerationState.preparing


def fail(session: Session, generation: EncoderGeneration, error: str) -> None:
    """Give up preparing; what is in use stays in use. Nothing where a person was faster."""
    if generation.state is not GenerationState.preparing:
        return
    generation.state, generation.error, generation.automatic = GenerationState.failed, error[:2000], False
    record(session, None, "encoder.failed", generation, name=generation.name)
    session.flush()


def switch(session: Session, generation: EncoderGeneration, actor: User | None = None) -> EncoderGeneration:
    """Search with another generation from now on. Conflict unless it is ready and lacks nothing."""
    found = _locked(session, generation.id)
    current = in_use(session)
    if found.state is GenerationState.in_use:
        raise Conflict(f"向量模型“{found.name}”已经在用")
    if found.state is not GenerationState.ready:
        raise Conflict(f"向量模型“{found.name}”还没有准备好，不能换上")
    if not complete(session, found):
        raise Conflict(f"向量模型“{found.name}”还差几条新发布的内容，工作进程正在补，过一会儿再换")
    _put_in_use(session, found, current)
    found.replaces_id = current.id if current else None
    record(session, actor, "encoder.switched", found, name=found.name, before=current.name if current else "")
    session.flush()
    return found


def roll_back(session: Session, actor: User | None = None) -> EncoderGeneration:
    """Search again with the generation that was in use before this one, and stay with it. Conflict if there is none."""
    _locked(session)
    current = in_use(session)
    before = session.get(EncoderGeneration, current.replaces_id) if current and current.replaces_id else None
    if before is None:
        raise Conflict("没有可以退回的上一个向量模型")
    if before.state is not GenerationState.ready:
        raise Conflict(f"上一个向量模型“{before.name}”的向量已经删了，退不回去。要用它，请重新准备")
    _put_in_use(session, before, current)
    _catch_up(session, before, current)
    record(session, actor, "encoder.rolled_back", before, name=before.name, before=current.name)
    session.flush()
    return before


def _put_in_use(session: Session, found: EncoderGeneration, current: EncoderGeneration | None) -> None:
    if current is not None:
        current.state, current.used_until, current.automatic = GenerationState.ready, now(), False
        session.flush()  # one in use at any time, says the schema
    found.state, found.in_use_since, found.used_until, found.automatic = GenerationState.in_use, now(), None, False


def _catch_up(session: Session, generation: EncoderGeneration, other: EncoderGeneration) -> None:
    """Send what it lacks through the outbox."""
    for kind in PostingKind:
        lacking = [*missing(session, kind, generation.name), *behind(session, kind, other.name, generation.name)]
        for key in dict.fromkeys(lacking):
            enqueue(session, kind, key)


def retire(session: Session, generation: EncoderGeneration, actor: User | None = None) -> None:
    """Give up a generation: no rolling back to it, its vectors are deleted by the worker. Conflict if it is in use."""
    found = _locked(session, generation.id)
    if found.state is GenerationState.in_use:
        raise Conflict("正在用的向量模型不能停用。先换上另一个")
    if found.state is GenerationState.retired:
        raise Conflict(f"向量模型“{found.name}”早已停用")
    _retire(session, found, actor)


def _retire(session: Session, generation: EncoderGeneration, actor: User | None) -> None:
    generation.state, generation.retired_at, generation.automatic = GenerationState.retired, now(), False
    record(session, actor, "encoder.retired", generation, name=generation.name)
    session.flush()


def retire_old(session: Session, days: int) -> list[EncoderGeneration]:
    """Retire what has not been in use for `days`."""
    old = list(session.scalars(select(EncoderGeneration).where(
        EncoderGeneration.state == GenerationState.ready, ~EncoderGeneration.automatic,
        EncoderGeneration.used_until < now() - dt.timedelta(days=days))))
    for generation in old:
        retire(session, generation)
    return old


def sweep(session: Session) -> int:
    """Delete some vectors that belong to no generation that is kept; how many. 0: there are none left."""
    if in_use(session) is None:
        return 0
    held = select(EncoderGeneration.name).where(EncoderGeneration.state != GenerationState.retired)
    old = session.scalars(select(PostingVector.id).where(
        PostingVector.encoder.not_in(held)).limit(SWEEP)).all()
    session.execute(delete(PostingVector).where(PostingVector.id.in_(old)))
    return len(old)
