"""Which ranker is in use: stored, switched, held, rolled back. Each act is one transaction under a lock, audited."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.accounts import Role, User
from models.audit import record
from models.base import now
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.insertion import insert_once
from models.rankers import CONTROL, RankerControl, RankerState, RankerSwitch, RankerVersion, SwitchKind

REASON_LIMIT = 200
LEASE = dt.timedelta(hours=1)
"""After this long a process that said it trains is taken for dead: training takes minutes."""


@dataclass(frozen=True)
class Trained:
    """A ranker as training leaves it, not yet stored."""

    encoder: str
    digest: str
    blob: bytes
    data: dict
    trained_on: list[str]
    comparison: dict
    better: bool


def control(session: Session, *, lock: bool = False) -> RankerControl:
    """The one row that says how rankers go live; with `lock`, nobody else switches until the transaction ends."""
    found = session.get(RankerControl, CONTROL, with_for_update=lock, populate_existing=lock)
    if found is None and lock:
        insert_once(session, RankerControl, id=CONTROL, automatic=True, reason="", attempt={}, version=1)
        found = session.get_one(RankerControl, CONTROL, with_for_update=True, populate_existing=True)
    return found or RankerControl(id=CONTROL, automatic=True, reason="", attempt={})


def in_use(session: Session) -> RankerVersion | None:
    return session.scalar(select(RankerVersion).where(RankerVersion.state == RankerState.in_use))


def usable(session: Session, encoder: str) -> RankerVersion | None:
    """The version in use, if it was made for this encoder."""
    found = in_use(session)
    return found if found is not None and found.encoder == encoder else None


def versions(session: Session) -> list[RankerVersion]:
    """Every version, newest first."""
    return list(session.scalars(select(RankerVersion).order_by(RankerVersion.number.desc())))


def switches(session: Session) -> list[RankerSwitch]:
    """Every change of the ranker in use, latest first."""
    return list(session.scalars(select(RankerSwitch).order_by(RankerSwitch.at.desc(), RankerSwitch.id)))


def find_version(session: Session, number: int) -> RankerVersion:
    found = session.scalar(select(RankerVersion).where(RankerVersion.number == number))
    if found is None:
        raise NotFound(f"没有第 {number} 版推荐排序")
    return found


def claim_training(session: Session) -> uuid.UUID | None:
    """A token for the process that trains now; None while another does. Flushes."""
    row = control(session, lock=True)
    if row.training is not None and row.training_since > now() - LEASE:
        return None
    row.training, row.training_since = uuid.uuid4(), now()
    session.flush()
    return row.training


def release_training(session: Session, token: uuid.UUID, code: str, counts: dict[str, int]) -> bool:
    """Give the token back and note what came of it; False where it ran out and another process took over. Flushes."""
    row = control(session, lock=True)
    mine = row.training == token
    if mine:
        row.training = row.training_since = None
        row.attempted_at, row.attempt = now(), {"code": code, "counts": counts}
        session.flush()
    return mine


def latest_known(session: Session, encoder: str) -> int:
    """How many outcomes were known when a ranker for this encoder was last trained."""
    data = session.scalar(select(RankerVersion.data).where(RankerVersion.encoder == encoder)
                          .order_by(RankerVersion.number.desc()).limit(1))
    return data["counts"]["known"] if data else 0


def store(session: Session, trained: Trained) -> RankerVersion | None:
    """Keep a trained ranker; older candidates retire. None where the same data has been trained already. Flushes.

    It goes live in the same transaction where it is better, nobody stops it, and what it was compared with is still
    the one in use.
    """
    row = control(session, lock=True)
    same = select(RankerVersion.id).where(RankerVersion.encoder == trained.encoder,
                                          RankerVersion.digest == trained.digest)
    if session.scalar(same) is not None:
        return None
    for older in session.scalars(select(RankerVersion).where(RankerVersion.state == RankerState.candidate)):
        older.state = RankerState.retired
    number = (session.scalar(select(func.max(RankerVersion.number))) or 0) + 1
    version = RankerVersion(number=number, state=RankerState.candidate, trained_at=now(), **vars(trained))
    session.add(version)
    session.flush()
    record(session, None, "ranker.trained", version, number=number, better=trained.better)
    if _may_go_live(session, row, version):
        _switch(session, None, version, SwitchKind.automatic, "")
    return version


def _may_go_live(session: Session, row: RankerControl, version: RankerVersion) -> bool:
    return (version.better and row.automatic
            and version.comparison["against"] == _number(usable(session, version.encoder)))


def use(session: Session, actor: User, version: RankerVersion, reason: str, encoder: str) -> None:
    """Put a version in use by hand. `encoder` is the one in use now. Flushes."""
    _entitled(actor)
    reason = _reason(reason)
    control(session, lock=True)
    session.refresh(version)
    if version.state is RankerState.in_use:
        raise Conflict(f"第 {version.number} 版已经在用")
    if version.encoder != encoder:
        raise Conflict(f"第 {version.number} 版是照另一个向量模型学的，现在的模型用不了")
    _switch(session, actor, version, SwitchKind.chosen, reason)


def roll_back(session: Session, actor: User, reason: str) -> RankerVersion | None:
    """Go back to what was in use before; None is the plain ranking. Nothing goes live by itself afterwards. Flushes."""
    _entitled(actor)
    reason = _reason(reason)
    row = control(session, lock=True)
    present = in_use(session)
    if present is None:
        raise Conflict("现在用的就是基础排序，没有可以退回的")
    before = _before(session, present)
    _switch(session, actor, before, SwitchKind.rolled_back, reason)
    present.state = RankerState.held
    _set_automatic(session, row, actor, False, reason)
    return before


def set_automatic(session: Session, actor: User, automatic: bool, reason: str) -> None:
    """Say whether a better ranker goes live by itself. Flushes."""
    _entitled(actor)
    _set_automatic(session, control(session, lock=True), actor, automatic, _reason(reason))


def hold(session: Session, actor: User, version: RankerVersion, reason: str) -> None:
    """Keep one candidate from going live by itself. Flushes."""
    _entitled(actor)
    reason = _reason(reason)
    control(session, lock=True)
    session.refresh(version)
    if version.state is RankerState.in_use:
        raise Conflict("在用的这一版不能停住，要停就退回上一版")
    if version.state is RankerState.held:
        raise Conflict(f"第 {version.number} 版已经停住了")
    version.state = RankerState.held
    session.flush()
    record(session, actor, "ranker.held", version, number=version.number, reason=reason)


def promote_waiting(session: Session, encoder: str, *, look: bool = False) -> RankerVersion | None:
    """Put the candidate in use that was found better while nothing was to go live by itself, once it may. Flushes.

    `look`: only say which it would be, for a session that does not write.
    """
    row = control(session, lock=not look)
    waiting = session.scalar(select(RankerVersion).where(
        RankerVersion.state == RankerState.candidate, RankerVersion.better, RankerVersion.encoder == encoder)
        .order_by(RankerVersion.number.desc()).limit(1))
    if waiting is None or not _may_go_live(session, row, waiting):
        return None
    if not look:
        _switch(session, None, waiting, SwitchKind.automatic, "")
    return waiting


def _switch(session: Session, actor: User | None, to: RankerVersion | None, kind: SwitchKind, reason: str) -> None:
    present = in_use(session)
    if present is not None:
        present.state = RankerState.retired
        session.flush()  # first: the schema allows one in use
    if to is not None:
        to.state = RankerState.in_use
    made = RankerSwitch(kind=kind, from_id=present.id if present else None, to_id=to.id if to else None,
                        by_id=actor.id if actor else None, reason=reason, at=now())
    session.add(made)
    session.flush()
    record(session, actor, f"ranker.{kind}", made, old=_number(present), new=_number(to), reason=reason)


def _before(session: Session, present: RankerVersion) -> RankerVersion | None:
    """What `present` replaced when it last came into use other than by a rollback; the plain ranking if unusable."""
    came = session.scalar(select(RankerSwitch).where(
        RankerSwitch.to_id == present.id, RankerSwitch.kind != SwitchKind.rolled_back)
        .order_by(RankerSwitch.at.desc(), RankerSwitch.id).limit(1))
    before = session.get(RankerVersion, came.from_id) if came is not None and came.from_id else None
    return before if before is not None and before.encoder == present.encoder else None


def _set_automatic(session: Session, row: RankerControl, actor: User, automatic: bool, reason: str) -> None:
    row.automatic, row.reason, row.changed_at, row.changed_by_id = automatic, reason, now(), actor.id
    session.flush()
    record(session, actor, "ranker.released" if automatic else "ranker.stopped", row, reason=reason)


def _number(version: RankerVersion | None) -> int:
    return version.number if version else 0


def _entitled(actor: User) -> None:
    if not actor.roles & {Role.staff, Role.admin}:
        raise Forbidden("只有工作人员可以动推荐排序")


def _reason(typed: str) -> str:
    reason = " ".join(typed.split())
    if not reason:
        raise Invalid("写明原因", field="reason")
    if len(reason) > REASON_LIMIT:
        raise Invalid(f"原因最多 {REASON_LIMIT} 字", field="reason")
    return reason
