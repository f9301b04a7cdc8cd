"""Inside an engagement: messages, the next stage, and a coded end."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.openings import no_contacts
from engagements.parties import OTHER, people, require_side
from engagements.stages import STAGE_NAMES, check_move, move
from engagements.texts import clean_text
from models.accounts import User
from models.audit import notify, record
from models.base import now
from models.contracts import Contract, ContractStatus
from models.engagements import EndCode, Engagement, Message, Side, Stage
from models.errors import Conflict, Invalid
from models.locking import lock

MESSAGE_LIMIT = 4000
NOTE_LIMIT = 1000
SAME_FORM = dt.timedelta(minutes=2)
"""The same words by the same person within this time are one message sent twice."""
END_NAMES = {
    EndCode.target_out_of_reach: "指标达不到", EndCode.other_field: "专业不对口", EndCode.price: "价格谈不拢",
    EndCode.schedule: "时间排不开", EndCode.ownership: "成果归属谈不拢", EndCode.chose_another: "选了别人",
    EndCode.no_reply: "一直没有回音", EndCode.demand_changed: "需求变了", EndCode.other: "其他原因",
}


def say(session: Session, actor: User, engagement: Engagement, text: str) -> Message:
    """Leave a message for the other side. Before it agreed to talk, contact data is refused.

    The same form sent twice gives the first message again.
    """
    lock(session, engagement)
    side = require_side(actor, engagement)
    text = clean_text(text, "text", "留言", most=MESSAGE_LIMIT)
    if engagement.stage is Stage.ended:
        raise Conflict("这次对接已经结束，不能再留言")
    if engagement.accepted_at is None:
        no_contacts(text, "text")
    last = engagement.messages[-1] if engagement.messages else None
    if last and last.author_id == actor.id and last.text == text and now() - last.at < SAME_FORM:
        return last
    message = Message(author_id=actor.id, text=text, at=now())
    engagement.messages.append(message)
    engagement.updated_at = now()
    session.flush()
    record(session, actor, "engagement.say", engagement, message=str(message.id))
    for user_id in people(session, engagement, OTHER[side]):
        notify(session, user_id, f"{actor.name}给您留言：{engagement.demand.title}", engagement)
    return message


def advance(session: Session, actor: User, engagement: Engagement, to: Stage, note: str = "") -> None:
    """Note that the two met, or that a trial began. The contract stage comes only by recording a contract."""
    lock(session, engagement)
    side = require_side(actor, engagement)
    if to not in (Stage.visit, Stage.trial):
        raise Invalid("签约请登记合同，结束请写明原因", field="stage")
    if engagement.accepted_at is None:
        raise Conflict("等对方同意对接以后，才能往下走")
    note = clean_text(note, "note", "说明", most=NOTE_LIMIT, required=False)
    move(engagement, to, actor, note)
    session.flush()
    record(session, actor, "engagement.advance", engagement, stage=to.value)
    for user_id in people(session, engagement, OTHER[side]):
        notify(session, user_id, f"对接到了“{STAGE_NAMES[to]}”：{engagement.demand.title}", engagement)


def end(session: Session, actor: User, engagement: Engagement, code: EndCode, note: str = "") -> None:
    """Refuse or leave, with a code. An unconfirmed contract is cancelled with it; a confirmed one forbids it."""
    lock(session, engagement)
    side = require_side(actor, engagement)
    note = clean_text(note, "note", "说明", most=NOTE_LIMIT, required=code is EndCode.other)
    contract = session.scalar(select(Contract).where(Contract.engagement_id == engagement.id))
    if contract is not None:
        lock(session, contract)
        if contract.status is not ContractStatus.recorded:
            raise Conflict("双方都确认了合同，不能再退出。合同有变，请找工作人员")
        contract.status, contract.fingerprint = ContractStatus.cancelled, f"cancelled:{contract.id.hex}"
    check_move(engagement, Stage.ended)
    engagement.end_code, engagement.ended_by = code, side
    move(engagement, Stage.ended, actor, note)
    session.flush()
    record(session, actor, "engagement.end", engagement, code=code.value, side=side.value)
    for user_id in people(session, engagement, OTHER[side]):
        notify(session, user_id, f"对方结束了对接（{END_NAMES[code]}）：{engagement.demand.title}", engagement)


def waits_for(engagement: Engagement) -> Side | None:
    """The side that has yet to agree to talk; None once it did, or after the end."""
    if engagement.accepted_at is not None or engagement.stage is Stage.ended:
        return None
    return Side.enterprise if engagement.opening == "interest" else Side.expert
