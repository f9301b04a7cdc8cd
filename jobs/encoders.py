"""Changing the model beside the work: what the settings name is prepared batch by batch, checked, and put in use.

Every batch is a transaction of its own and stands in the database: killed at any moment, the next start goes on.
"""

import shutil
import time
import uuid
from collections.abc import Iterator

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.runtime import Preparation, Runtime
from matching.encoders import generations
from matching.encoders.completeness import behind, count, missing
from matching.encoders.embedding import Encoder, EncoderMissing, load_files
from matching.encoders.loading import identify, keep_copy, places, source_of
from matching.index.milvus import vector_store
from matching.index.snapshots import folder_of
from matching.vectors import embed, index_postings, snapshot_current, stale_postings, write_snapshot
from models.encoders import EncoderGeneration, GenerationState
from models.errors import Conflict
from models.index import PostingKind
from settings import Settings

SLICE_SECONDS = 1.0
"""Work at a stretch: what people publish meanwhile waits no longer than this, for the outbox comes first each round."""
QUICK, SLOW, LARGEST = 0.15, 0.5, 256
"""Seconds of a batch that make the next one twice or half as large, and the most postings of one."""
ATTEMPTS = 5

STATES = {
    GenerationState.preparing: "正在准备", GenerationState.ready: "准备好了", GenerationState.in_use: "在用",
    GenerationState.retired: "已停用", GenerationState.failed: "没准备成",
}

log = structlog.get_logger()


def follow_settings(runtime: Runtime) -> None:
    """Have the model that the settings name prepared: once a process, as soon as it can be found."""
    settings = runtime.settings
    if runtime.settings_followed:
        return
    try:
        files, instructions, name = identify(settings)
        dimensions = load_files(files, light=True, name=name).dimensions if files.marked else 0
    except EncoderMissing as error:
        log.error("the configured encoder is not at hand", error=str(error))
        return
    source = source_of(files, settings.encoder)
    automatic = settings.encoder_switch == "auto"
    with runtime.database.write() as session:
        asked = generations.note_settings(session, name, source, instructions, automatic=automatic,
                                          dimensions=dimensions)
        if asked is None and generations.named(session, name).state is GenerationState.failed:
            asked = generations.request(session, name, source, instructions, automatic=automatic)
    runtime.settings_followed = True
    if asked is not None:
        log.info("encoder asked for", encoder=name, state=asked.state)


def prepare_encoder(runtime: Runtime) -> None:
    """Work for a moment on the generation whose turn it is; put it in use when it lacks nothing."""
    with runtime.database.read() as session:
        generation = next(iter(generations.being_prepared(session)), None)
    if generation is None:
        switch_waiting(runtime)
        return
    work = runtime.work
    if work is None or work.generation.id != generation.id:
        work = runtime.work = _begin(runtime, generation)
    if work is not None and _advance(runtime, work):
        _end(runtime, work)


def _begin(runtime: Runtime, generation: EncoderGeneration) -> Preparation | None:
    """Load the model. Counted before: one that does not fit into memory kills the worker, but not for ever."""
    with runtime.database.write() as session:
        row = session.get_one(EncoderGeneration, generation.id)
        if row.attempts >= ATTEMPTS:
            generations.fail(session, row, f"载入模型时工作进程 {ATTEMPTS} 次中断，可能是内存不够")
            return None
        row.attempts += 1
    try:
        encoder = runtime.encoders.load(generation)
    except EncoderMissing as error:
        _fail(runtime, generation, str(error))
        return None
    with runtime.database.write() as session:
        row = session.get_one(EncoderGeneration, generation.id)
        row.attempts, row.dimensions, row.symmetric = 0, encoder.dimensions, encoder.symmetric
    log.info("encoder being prepared", encoder=encoder.name)
    return Preparation(row, encoder)


def _advance(runtime: Runtime, work: Preparation) -> bool:
    """Embed batch after batch until the moment is over; True where a whole round found nothing more to do."""
    work.until = time.monotonic() + SLICE_SECONDS
    for kind in PostingKind:
        while time.monotonic() < work.until:
            with runtime.database.read() as session:
                ids = missing(session, kind, work.encoder.name, work.after.get(kind), work.batch)
            if not ids:
                break
            if not _embed(runtime, work, kind, ids):
                return False
            work.after[kind] = ids[-1]
    return time.monotonic() < work.until


def _embed(runtime: Runtime, work: Preparation, kind: PostingKind, ids: list[uuid.UUID]) -> bool:
    """One batch: read, embed without any lock, write. False where the model fails: then the generation has failed."""
    began = time.monotonic()
    with runtime.database.read() as session:
        postings = stale_postings(session, work.encoder, kind, ids)
    try:
        ahead = embed(work.encoder, postings)
    except Exception as error:  # whatever it was is kept with the generation, and what is in use stays in use
        _fail(runtime, work.generation, f"{type(error).__name__}: {error}")
        return False
    with runtime.database.write() as session:
        index_postings(session, work.encoder, kind, ids, ahead)
    took = time.monotonic() - began
    if took < QUICK:
        work.batch = min(LARGEST, work.batch * 2)
    elif took > SLOW:
        work.batch = max(1, work.batch // 2)
    return True


def _end(runtime: Runtime, work: Preparation) -> None:
    """Catch up with what changed meanwhile, check, save the index; then it is ready, and perhaps in use."""
    for kind in PostingKind:
        with runtime.database.read() as session:
            current = generations.in_use(session)
            late = behind(session, kind, current.name, work.encoder.name, LARGEST) if current else []
        if late and not _embed(runtime, work, kind, late):
            return
    save_snapshots(runtime, work.encoder)
    with runtime.database.write() as session:
        over = generations.finish(session, work.generation)
    work.after.clear()
    if over:
        runtime.work = None
        log.info("encoder prepared", encoder=work.encoder.name)
        switch_waiting(runtime)


def keep_model(runtime: Runtime) -> None:
    """Keep the files of the model in use, where they are small: an update of the program replaces them."""
    with runtime.database.read() as session:
        present = generations.in_use(session)
    if present is not None and keep_copy(runtime.settings, present):
        log.info("encoder's files kept", encoder=present.name)


def save_snapshots(runtime: Runtime, encoder: Encoder) -> None:
    """Write the index files of one encoder anew, where anything changed since."""
    folder = folder_of(runtime.settings.index_folder, encoder.name)
    for kind in PostingKind:
        with runtime.database.read() as session:
            current = snapshot_current(session, encoder, kind, folder)
        if not current:
            write_snapshot(runtime.database.read, encoder, kind, folder, store=vector_store(runtime.settings))


def switch_waiting(runtime: Runtime) -> None:
    """Put in use what is ready and may go into use by itself; what has fallen behind is prepared a little more."""
    with runtime.database.read() as session:
        waiting = session.scalar(select(EncoderGeneration).where(
            EncoderGeneration.state == GenerationState.ready, EncoderGeneration.automatic)
            .order_by(EncoderGeneration.created_at).limit(1))
    if waiting is None:
        return
    try:
        with runtime.database.write() as session:
            generations.switch(session, waiting)
    except Conflict as error:
        log.info("encoder not yet switched", encoder=waiting.name, why=str(error))
        with runtime.database.write() as session:
            generations.resume(session, waiting)
        return
    log.info("encoder switched", encoder=waiting.name)


def retire_encoders(runtime: Runtime) -> None:
    """Give up what has not been in use for long; delete the vectors, indexes and files of what was given up."""
    with runtime.database.write() as session:
        generations.retire_old(session, runtime.settings.encoder_keep_days)
    while True:
        with runtime.database.write() as session:
            if not generations.sweep(session):
                break
    with runtime.database.read() as session:
        names = [row.name for row in generations.every(session) if row.state is GenerationState.retired]
        present = generations.in_use(session)
    indexes, settings = runtime.settings.index_folder, runtime.settings
    left = [indexes / kind for kind in PostingKind] if present else []  # of releases before there were generations
    for folder in [*left, *(folder_of(root, name) for root in (indexes, settings.models_folder) for name in names)]:
        shutil.rmtree(folder, ignore_errors=True)


def told(session: Session, settings: Settings) -> Iterator[str]:
    """What `jiebang encoder status` says, line by line."""
    rows = generations.every(session)
    if not rows:
        yield "还没有向量模型：工作进程第一次启动时会登记"
    for row in rows:
        number = count(session, row)
        kept = row.state not in (GenerationState.retired, GenerationState.failed)
        files = "" if not kept or next(places(settings, row), None) else "，模型文件不在了"
        yield (f"{STATES[row.state]}  {row.name}  {row.dimensions} 维，{number.done}/{number.total} 条（{number.share}%），"
               f"{number.stored / 1e6:.1f} MB{files}")
        yield f"      来源 {row.source or '程序自带'}，从 {row.created_at:%Y-%m-%d %H:%M} UTC 起"
        if row.error:
            yield f"      {row.error}"


def _fail(runtime: Runtime, generation: EncoderGeneration, error: str) -> None:
    runtime.work = None
    log.error("encoder cannot be prepared", encoder=generation.name, error=error)
    with runtime.database.write() as session:
        generations.fail(session, session.get_one(EncoderGeneration, generation.id), error)
