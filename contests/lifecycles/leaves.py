"""What the ledger says of a move: the case, who made it in which office, from when, why, and what was filled in."""

from contests.lifecycles.history import Record
from contests.lifecycles.parts import Move
from models.accounts import User
from models.lifecycles import CaseMove


def move_leaf(record: Record, move: Move, made: CaseMove, actor: User) -> dict[str, object]:
    case = record.case
    return {"case": case.id, "contest": f"{case.season.code}/{case.season.year}", "lifecycle": case.lifecycle,
            "name": case.name, "number": made.number, "move": move.code, "from": record.case.state, "to": made.state,
            "role": made.role, "actor.id": actor.id, "actor.name": actor.name, "on": made.on,
            "reason": made.reason, "period": made.period, "filled": made.filled}
