"""The legal moves of an engagement, in one table."""

from models.accounts import User
from models.base import now
from models.engagements import Engagement, EngagementEvent, Stage
from models.errors import Conflict

STAGE_NAMES = {Stage.interest: "有意向", Stage.visit: "见面", Stage.trial: "试验", Stage.contract: "签约",
               Stage.ended: "已结束"}
MOVES: dict[Stage, tuple[Stage, ...]] = {
    Stage.interest: (Stage.visit, Stage.contract, Stage.ended),
    Stage.visit: (Stage.trial, Stage.contract, Stage.ended),
    Stage.trial: (Stage.contract, Stage.ended),
    Stage.contract: (Stage.ended,),
    Stage.ended: (),
}


def move(engagement: Engagement, to: Stage, actor: User, note: str = "") -> EngagementEvent:
    """Take the engagement to another stage and write the event. Conflict where the table does not allow it."""
    check_move(engagement, to)
    engagement.stage, engagement.updated_at = to, now()
    return write_event(engagement, actor, note)


def check_move(engagement: Engagement, to: Stage) -> None:
    if to not in MOVES[engagement.stage]:
        raise Conflict(f"现在是“{STAGE_NAMES[engagement.stage]}”，不能改成“{STAGE_NAMES[to]}”")


def write_event(engagement: Engagement, actor: User, note: str = "") -> EngagementEvent:
    """Note that something happened at the present stage."""
    event = EngagementEvent(stage=engagement.stage, actor_id=actor.id, note=note, at=now())
    engagement.events.append(event)
    return event
