"""A file on its way in, step by step: opened, its columns settled, checked, agreed to, written; stopped and resumed."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from ingestion import files
from ingestion.sheets.grid import MOST_ROWS
from ingestion.sheets.headers import Table
from ingestion.sheets.judging import Judged, Problem, Verdict
from ingestion.sheets.mapping import checked_mapping, fingerprint, recognised
from ingestion.sheets.tables import open_table
from ingestion.sheets.templates import EXPLANATIONS
from models.accounts import Expert, Organisation, User
from models.audit import record
from models.base import now
from models.errors import Conflict, Invalid, NotFound
from models.sheets import BatchState, SheetBatch, SheetKind, SheetMapping, SheetProblem
from settings import Settings

AT_WORK = (BatchState.checking, BatchState.running)
AT_ONCE_SQLITE = 5_000
"""50,000 rows took ten seconds of computing in one transaction: as long as others wait for the lock at most."""
SAMPLED, SAMPLES, SAMPLE_LENGTH = 50, 2, 40
"""Rows looked at for what a column holds, cells shown of it, characters of each."""
MOST_OWN_ROWS = 2_000
"""Rows of one member's sheet: far more than anybody reviews, far less than keeps the worker from the others' sheets."""
MOST_PROBLEMS = 100_000
"""Problems kept of one batch: more say nothing that these do not."""


def open_batch(session: Session, settings: Settings, actor: User | None, kind: SheetKind, name: str,
               data: bytes, owner: Organisation | Expert | None = None) -> SheetBatch:
    """Keep a file and note it for checking. Flushes. Invalid where it cannot be a table, or its size is too much.

    A file that the same person is in the middle of is gone on with: nothing is noted twice. `owner`: whose drafts its
    rows become; without, they are postings.
    """
    digest = hashlib.sha256(data).hexdigest()
    firm, expert = (owner if isinstance(owner, kind_of_owner) else None for kind_of_owner in (Organisation, Expert))
    unfinished = session.scalar(_of(actor).where(
        SheetBatch.sha256 == digest, SheetBatch.kind == kind, SheetBatch.organisation_id == (firm and firm.id),
        SheetBatch.expert_id == (expert and expert.id),
        SheetBatch.state.in_((BatchState.checking, BatchState.checked, BatchState.running)))
        .order_by(SheetBatch.created_at.desc()).limit(1))
    if unfinished is not None:
        if unfinished.state is BatchState.checked:  # what it was compared with may have changed since
            _check_anew(session, unfinished)
        return unfinished
    table = open_table(name, data, kind)
    if owner is not None and len(table.rows) > MOST_OWN_ROWS:
        raise Invalid(f"表有 {len(table.rows):,} 行，一次最多传 {MOST_OWN_ROWS:,} 行。请分成几份", field="file")
    files.keep_bytes(settings, data)
    mark = fingerprint(table.header)
    batch = SheetBatch(kind=kind, name=files.plain_name(name), sha256=digest, size=len(data), fingerprint=mark,
                       user_id=actor and actor.id, organisation_id=firm and firm.id,
                       expert_id=expert and expert.id, columns=_columns(table),
                       rows=len(table.rows), remarks=_remarks(table),
                       mapping=remembered(session, actor, kind, table) or recognised(table, kind))
    session.add(batch)
    session.flush()
    record(session, actor, "sheet.opened", batch, kind=kind, rows=batch.rows)
    return batch


def table_of_batch(settings: Settings, batch: SheetBatch) -> Table:
    """The rows of a batch, read from its file again. NotFound where the file is gone."""
    path = settings.files_folder / batch.sha256
    if not path.is_file():
        raise NotFound(f"“{batch.name}”已经过了保存的日子，请再传一次")
    return open_table(batch.name, path.read_bytes(), batch.kind)


def set_mapping(session: Session, actor: User | None, batch: SheetBatch, table: Table,
                wished: Mapping[str, str]) -> None:
    """Say which column is which, remember it for the next such sheet, and check anew. Flushes."""
    if batch.state not in (BatchState.checking, BatchState.checked):
        raise Conflict("已经在导入，不能再改列")
    batch.mapping = checked_mapping(table, batch.kind, wished)
    session.execute(delete(SheetMapping).where(
        SheetMapping.owner == owner_of(actor), SheetMapping.kind == batch.kind,
        SheetMapping.fingerprint == batch.fingerprint))
    session.add(SheetMapping(owner=owner_of(actor), kind=batch.kind, fingerprint=batch.fingerprint,
                             mapping=batch.mapping))
    _check_anew(session, batch)
    record(session, actor, "sheet.mapped", batch)


def start(session: Session, actor: User | None, batch: SheetBatch, *, partial: bool) -> None:
    """Have a checked batch written. Flushes. Conflict where rows are wrong and not to be left out, or none is right."""
    if batch.state is not BatchState.checked:
        raise Conflict("先检查完，再导入")
    if batch.found.get(Verdict.refused, 0) and not partial:
        raise Conflict(f"有 {batch.found[Verdict.refused]} 行要改。改好再传，或者选“只导入没有错的行”")
    if not partial and batch.rows > most_at_once(session):
        raise Conflict(f"{batch.rows:,} 行一次写入，别人要等太久。请分批导入：断了接着做，没有写入的行不会少")
    if not any(batch.found.get(verdict) for verdict in Verdict if verdict is not Verdict.refused):
        raise Conflict("没有一行可以导入")
    batch.state, batch.partial, batch.done, batch.written, batch.fault = BatchState.running, partial, 0, {}, ""
    session.flush()
    record(session, actor, "sheet.started", batch, partial=partial)


def most_at_once(session: Session) -> int:
    """Rows that one transaction may write: on SQLite whoever else writes waits for it, on PostgreSQL nobody does."""
    return AT_ONCE_SQLITE if session.get_bind().dialect.name == "sqlite" else MOST_ROWS


def pause(session: Session, actor: User | None, batch: SheetBatch) -> None:
    """Stop after the rows in hand; what is written stays. Flushes."""
    if batch.state not in AT_WORK:
        raise Conflict("它没有在进行")
    batch.paused = True
    session.flush()
    record(session, actor, "sheet.paused", batch)


def resume(session: Session, actor: User | None, batch: SheetBatch) -> None:
    """Go on where it stopped. Flushes."""
    batch.paused = False
    session.flush()
    record(session, actor, "sheet.resumed", batch)


def drop(session: Session, actor: User | None, batch: SheetBatch) -> None:
    """Decide against a batch of which nothing is written yet. Flushes."""
    if batch.state not in (BatchState.checking, BatchState.checked):
        raise Conflict("已经写入了一部分，不能作废。可以停下")
    batch.state, batch.finished_at = BatchState.dropped, now()
    session.flush()
    record(session, actor, "sheet.dropped", batch)


def advance(session: Session, batch: SheetBatch, rows: Sequence[Judged], state: BatchState) -> bool:
    """Note some rows as dealt with, in the transaction that dealt with them. False where somebody else did already."""
    sums = Counter(batch.found if state is BatchState.checking else batch.written)
    sums.update(one.verdict for one in rows)
    column = SheetBatch.found if state is BatchState.checking else SheetBatch.written
    moved = session.scalar(update(SheetBatch).where(
        SheetBatch.id == batch.id, SheetBatch.done == batch.done, SheetBatch.state == state, ~SheetBatch.paused)
        .values({SheetBatch.done: batch.done + len(rows), column: dict(sums)}).returning(SheetBatch.id),
        execution_options={"synchronize_session": False})
    if moved is None:
        return False
    if state is BatchState.checking:
        _keep_problems(session, batch.id, [problem for one in rows for problem in one.problems])
    else:
        _keep_news(session, batch.id, rows)
    return True


def _keep_problems(session: Session, batch_id: uuid.UUID, problems: Sequence[Problem]) -> None:
    kept = problems_count(session, batch_id) if problems else 0
    rows = [{"batch_id": batch_id, "row": one.row, "column": one.column, "message": one.message}
            for one in problems[:max(0, MOST_PROBLEMS - kept)]]
    if rows:
        session.execute(insert(SheetProblem), rows)


def _keep_news(session: Session, batch_id: uuid.UUID, rows: Sequence[Judged]) -> None:
    """The check has noted what is wrong already; only of a row that was right then is there something to tell."""
    refused = [one for one in rows if one.problems]
    if refused:
        told = set(session.scalars(select(SheetProblem.row).where(
            SheetProblem.batch_id == batch_id,
            SheetProblem.row.between(refused[0].row.number, refused[-1].row.number))))
        _keep_problems(session, batch_id, [problem for one in refused for problem in one.problems
                                           if problem.row not in told])


def held(session: Session, batch: SheetBatch) -> SheetBatch | None:
    """The batch for writing, if it is where this process left it."""
    return session.scalar(select(SheetBatch).where(
        SheetBatch.id == batch.id, SheetBatch.done == batch.done, SheetBatch.state == batch.state, ~SheetBatch.paused)
        .with_for_update())


def check_again(session: Session, batch: SheetBatch, fault: str) -> None:
    """What the check found no longer holds: look through it anew, and say why. Flushes."""
    _check_anew(session, batch)
    batch.fault = fault
    session.flush()


def settle_check(session: Session, batch: SheetBatch, fault: str = "") -> None:
    """The check is through. Flushes."""
    batch.state, batch.checked_at, batch.fault = BatchState.checked, now(), fault or batch.fault
    session.flush()


def finish(session: Session, batch: SheetBatch) -> None:
    """The writing is through. Flushes."""
    batch.state, batch.finished_at = BatchState.done, now()
    session.flush()
    record(session, batch.user, "sheet.imported", batch, **{str(key): value for key, value in batch.written.items()})


def fail(session: Session, batch: SheetBatch, fault: str) -> None:
    """The file cannot be read, or what was found no longer holds. Flushes."""
    batch.state, batch.fault, batch.finished_at = BatchState.failed, fault, now()
    session.flush()


def problems(session: Session, batch: SheetBatch, most: int | None = None) -> list[SheetProblem]:
    """What is wrong, in row order. While rows are written a second look may find what the first did not."""
    query = select(SheetProblem).where(SheetProblem.batch_id == batch.id).order_by(SheetProblem.row, SheetProblem.id)
    return list(session.scalars(query.limit(most) if most else query))


def problems_count(session: Session, batch_id: uuid.UUID) -> int:
    return session.scalar(select(func.count()).select_from(SheetProblem).where(SheetProblem.batch_id == batch_id)) or 0


def find_batch(session: Session, batch_id: uuid.UUID) -> SheetBatch:
    found = session.get(SheetBatch, batch_id)
    if found is None:
        raise NotFound("没有找到这次导入")
    return found


def waiting(session: Session) -> uuid.UUID | None:
    """The oldest batch that is to be worked on."""
    return session.scalar(select(SheetBatch.id).where(SheetBatch.state.in_(AT_WORK), ~SheetBatch.paused)
                          .order_by(SheetBatch.created_at, SheetBatch.id).limit(1))


def remembered(session: Session, actor: User | None, kind: SheetKind, table: Table) -> dict[str, str]:
    """How this person read such a sheet before; empty where they never did."""
    found = session.scalar(select(SheetMapping).where(
        SheetMapping.owner == owner_of(actor), SheetMapping.kind == kind,
        SheetMapping.fingerprint == fingerprint(table.header)))
    if found is None:
        return {}
    found.used_at = now()
    return checked_mapping(table, kind, found.mapping)


def owner_of(actor: User | None) -> str:
    """Whose sheets look alike: those of one organisation, else of one person; staff share the union's."""
    if actor is None:
        return "operator"
    organisation = next((grant.organisation_id for grant in actor.grants if grant.organisation_id), None)
    return f"organisation:{organisation}" if organisation else f"user:{actor.id}"


def _check_anew(session: Session, batch: SheetBatch) -> None:
    session.execute(delete(SheetProblem).where(SheetProblem.batch_id == batch.id))
    batch.state, batch.done, batch.found, batch.fault = BatchState.checking, 0, {}, ""
    batch.checked_at = None
    session.flush()


def _columns(table: Table) -> list[dict]:
    """What a person needs to see which column is which: its name, its letter, some of its cells."""
    letters = table.columns or ("",) * len(table.header)
    first = {name: [] for name in table.header}
    for row in table.rows[:SAMPLED]:
        for name, cells in first.items():
            if (text := row.cells.get(name, "").strip()) and len(cells) < SAMPLES and text[:SAMPLE_LENGTH] not in cells:
                cells.append(text[:SAMPLE_LENGTH])
    return [{"name": name, "letter": letter, "samples": first[name]}
            for name, letter in zip(table.header, letters, strict=True)]


def _remarks(table: Table) -> list[dict]:
    said = [{"row": 0, "text": words} for words in table.warnings]
    said += [{"row": number, "text": words} for number, words in table.skipped[:200]]
    others = [name for name in table.others if name != EXPLANATIONS]
    return said + [{"row": 0, "text": f"另有工作表“{name}”，没有读"} for name in others[:20]]


def _of(actor: User | None):
    return select(SheetBatch).where(SheetBatch.user_id == (actor.id if actor else None))
