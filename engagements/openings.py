"""How an engagement begins: the expert takes the challenge (揭榜) or the enterprise invites; the other side accepts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.contact_data import contact_kinds
from engagements.parties import OTHER, acts_for, belongs_to, members, people, require_owner, require_side
from engagements.stages import write_event
from engagements.texts import clean_text
from models.accounts import Admission, Expert, Role, User
from models.audit import notify, record
from models.base import now, today
from models.demands import Confidentiality, Demand, DemandStatus
from models.engagements import Engagement, Opening, Side, Stage
from models.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from models.interests import ConflictOfInterest, standing_between
from models.locking import lock

APPROACH_LIMIT = 3000
QUESTIONS_LIMIT = 2000
DAYS_LIMIT = 3650
OPENED_BY = {Opening.interest: Side.expert, Opening.invitation: Side.enterprise}


def take_challenge(session: Session, actor: User, demand: Demand, *, approach: str, days: int | None = None,
                   questions: str = "") -> Engagement:
    """揭榜: an expert says how they would solve the demand. Not a contract; the enterprise accepts or refuses.

    Raises Forbidden for a person who is no approved expert, Conflict where the demand is not open or was taken before.
    """
    expert = expert_of(session, actor)
    approach = no_contacts(clean_text(approach, "approach", "打算怎么做", most=APPROACH_LIMIT), "approach")
    questions = no_contacts(clean_text(questions, "questions", "要先问清的问题", most=QUESTIONS_LIMIT, required=False),
                            "questions")
    if days is not None and not 1 <= days <= DAYS_LIMIT:
        raise Invalid(f"需要的天数在 1 到 {DAYS_LIMIT} 之间", field="days")
    engagement = open_engagement(session, actor, demand, expert, Opening.interest, approach=approach, days=days,
                                 questions=questions)
    for member in members(session, demand.organisation):
        notify(session, member.id, f"{expert.name}揭了榜：{demand.title}", engagement)
    return engagement


def invite(session: Session, actor: User, demand: Demand, expert: Expert, note: str = "") -> Engagement:
    """The enterprise asks one expert to talk about its demand."""
    require_owner(actor, demand)
    note = no_contacts(clean_text(note, "note", "想对专家说的话", most=QUESTIONS_LIMIT, required=False), "note")
    engagement = open_engagement(session, actor, demand, expert, Opening.invitation, note=note)
    who = demand.organisation.display_name if demand.confidentiality is Confidentiality.public else "有企业"
    notify(session, expert.user_id, f"{who}请您看这条需求：{demand.title}", engagement)
    return engagement


def accept(session: Session, actor: User, engagement: Engagement) -> None:
    """The side that was asked agrees to talk; from here on both see each other's phone number."""
    lock(session, engagement)
    side = require_side(actor, engagement)
    if engagement.stage is Stage.ended:
        raise Conflict("这次对接已经结束")
    if engagement.accepted_at is not None:
        raise Conflict("已经同意过了，不用再同意一次")
    if OPENED_BY.get(engagement.opening) is side:
        raise Conflict("等对方同意，不能由您自己同意")
    check_interests(session, engagement.demand, engagement.expert)
    engagement.accepted_at = engagement.updated_at = now()
    write_event(engagement, actor, "同意对接")
    session.flush()
    record(session, actor, "engagement.accept", engagement)
    for user_id in people(session, engagement, OTHER[side]):
        notify(session, user_id, f"对方同意对接，可以约见面了：{engagement.demand.title}", engagement)


def open_engagement(session: Session, actor: User, demand: Demand, expert: Expert, opening: Opening, *, note: str = "",
                    **said) -> Engagement:
    """Begin an engagement between a published demand and an expert. Conflict where there is one already."""
    lock(session, demand)
    check_pair(session, demand, expert)
    earlier = session.scalar(select(Engagement).where(Engagement.demand_id == demand.id,
                                                      Engagement.expert_id == expert.id))
    if earlier is not None:
        raise Conflict("这条需求和这位专家之间已经有对接，接着原来的往下谈")
    engagement = Engagement(demand=demand, expert=expert, opening=opening, stage=Stage.interest, created_at=now(),
                            updated_at=now(), accepted_at=now() if opening is Opening.introduction else None, **said)
    session.add(engagement)
    write_event(engagement, actor, note)
    session.flush()
    record(session, actor, f"engagement.{opening}", engagement, demand=str(demand.id), expert=str(expert.id))
    return engagement


def check_pair(session: Session, demand: Demand, expert: Expert) -> None:
    """Raise unless this expert may engage with this demand: open, of a member, and nothing keeps the two apart."""
    if demand.status is not DemandStatus.published:
        raise Conflict("这条需求现在不在张榜，不能揭榜")
    if demand.deadline is not None and demand.deadline < today():
        raise Conflict("这条需求已截止，可以看相近的需求")
    if demand.organisation is None:
        raise Refused("这条需求是导入的，没有入驻企业，暂时不能对接")
    if expert.organisation_id == demand.organisation_id or acts_for(expert.user, demand.organisation_id) \
            or belongs_to(expert.user, demand.organisation_id):
        raise Forbidden("专家和企业是同一个单位，不能在平台上对接")
    check_interests(session, demand, expert)


def check_interests(session: Session, demand: Demand, expert: Expert) -> None:
    """Forbidden where a conflict of interest is declared between the two. Not said: by whom, and why."""
    between = standing_between(expert.id, expert.organisation_id, demand.organisation_id)
    if session.scalar(select(ConflictOfInterest.id).where(between).limit(1)) is not None:
        raise Forbidden("双方之间申报过利益回避，撤回以前不能在平台上对接", field="expert_id")


def expert_of(session: Session, user: User) -> Expert:
    """The profile of an approved expert. Forbidden for anybody else."""
    expert = session.scalar(select(Expert).where(Expert.user_id == user.id))
    if expert is None or Role.expert not in user.roles:
        raise Forbidden("只有入驻的专家可以揭榜。您可以在“我的资料”里申请专家身份")
    return expert


def find_expert(session: Session, expert_id) -> Expert:
    """An expert who is admitted at present."""
    expert = session.get(Expert, expert_id)
    admitted = expert is not None and any(grant.role is Role.expert and grant.status is Admission.approved
                                          for grant in expert.user.grants)
    if not admitted:
        raise NotFound("没有找到这位专家")
    return expert


def no_contacts(text: str, field: str) -> str:
    """The text, refused where it carries contact data: those show by themselves once both agreed."""
    kinds = contact_kinds(text)
    if kinds:
        raise Invalid(f"先不要写{'、'.join(kinds)}：双方同意对接后，联系方式会自动显示", field=field)
    return text
