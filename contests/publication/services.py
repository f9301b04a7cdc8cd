"""After-award services: who may ask for what by the grade won, and what became of each request."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.bodies import Service
from contests.definition import Definition, cite
from contests.publication.wording import body_of, require_staff
from contests.seasons import definition_of
from models.accounts import User
from models.after_award import ServiceTicket, TicketStatus
from models.audit import notify, record
from models.base import now
from models.errors import Conflict, Invalid, NotFound, Refused
from models.locking import lock
from models.publication import Certificate, NoticeLine, PublicNotice

MOVES = {TicketStatus.asked: (TicketStatus.accepted, TicketStatus.declined),
         TicketStatus.accepted: (TicketStatus.done, TicketStatus.declined)}
"""From a state to those that may follow."""
WORDED = (TicketStatus.done, TicketStatus.declined)


def eligible(definition: Definition, line: NoticeLine) -> list[Service]:
    """The services of the contest that the line's award entitles to."""
    return [one for one in definition.services if not one.awards or f"{line.track}.{line.grade}" in one.awards]


def ask(session: Session, actor: User, certificate: Certificate, code: str, wish: str) -> ServiceTicket:
    """A winner asks for a service. Refused with the clause where the award does not entitle to it; once each."""
    lock(session, certificate)
    if certificate.line.award.entry.user_id != actor.id:
        raise NotFound("没有找到这份证书")
    definition = definition_of(certificate.line.notice.season)
    service = _service(definition, code)
    if certificate.revoked_at is not None or service not in eligible(definition, certificate.line):
        raise Refused(f"这个奖项不能申请“{service.name}”", clause=cite(definition, service.clause))
    if session.scalar(select(ServiceTicket.id).where(ServiceTicket.certificate_id == certificate.id,
                                                     ServiceTicket.service == code)) is not None:
        raise Conflict(f"“{service.name}”已经申请过，请等答复")
    ticket = ServiceTicket(certificate_id=certificate.id, service=code, asked_by_id=actor.id, asked_at=now(),
                           wish=body_of(wish, "wish", "想要什么帮助", most=1000))
    session.add(ticket)
    session.flush()
    record(session, actor, "service.ask", ticket, service=code)
    return ticket


def handle(session: Session, actor: User, ticket: ServiceTicket, status: TicketStatus, reply: str, *,
           version: int) -> None:
    """Move a request on; what is done or declined says how or why. Conflict for a move that does not follow."""
    require_staff(actor, "办理服务")
    lock(session, ticket)
    if ticket.version != version:
        raise Conflict("这件申请刚被别人办过，请重新打开")
    if status not in MOVES.get(ticket.status, ()):
        raise Conflict("这件申请已经到了别的状态")
    ticket.reply = body_of(reply, "reply", "怎么办的，或者为什么不办", most=1000, needed=status in WORDED)
    ticket.status, ticket.handled_by_id, ticket.handled_at = status, actor.id, now()
    session.flush()
    notify(session, ticket.asked_by_id, f"获奖后的服务有进展：{name_of(ticket)}", ticket.certificate.line.notice)
    record(session, actor, "service.handle", ticket, status=status.value)


def tickets(session: Session, season_id) -> list[ServiceTicket]:
    """A season's requests, those waiting first and among them the oldest."""
    query = select(ServiceTicket).options(joinedload(ServiceTicket.certificate)).join(Certificate).join(
        NoticeLine, Certificate.line_id == NoticeLine.id).join(PublicNotice).where(PublicNotice.season_id == season_id)
    return list(session.scalars(query.order_by(ServiceTicket.status.in_(WORDED), ServiceTicket.asked_at)))


def name_of(ticket: ServiceTicket) -> str:
    """What the document calls the service; its code where the definition no longer has it."""
    offered = definition_of(ticket.certificate.line.notice.season).services
    return next((one.name for one in offered if one.code == ticket.service), ticket.service)


def _service(definition: Definition, code: str) -> Service:
    found = next((one for one in definition.services if one.code == code), None)
    if found is None:
        raise Invalid("这项竞赛没有这种服务", field="service")
    return found
