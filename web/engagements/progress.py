"""What an engagement's page says of its progress: the timeline, whose turn it is, and what to do next."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from engagements import contracts, conversations
from engagements.parties import OTHER
from models.contracts import CollaborationStatus, Contract, ContractStatus
from models.engagements import Engagement, Opening, Side, Stage
from web import names
from web.demands.cards import company
from web.display import moment

OPENINGS = {
    Opening.interest: lambda: _("专家揭榜"), Opening.invitation: lambda: _("企业邀请"),
    Opening.introduction: lambda: _("促成人牵线"),
}
SIDES = {Side.enterprise: lambda: _("企业"), Side.expert: lambda: _("专家")}


@dataclass(frozen=True)
class Step:
    """One step of the timeline, as macros/process.html draws it. `state`: done, now or next."""

    state: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Next:
    """What comes now, for one reader. `mine`: it is the reader's turn. `act` names the form or link to show."""

    text: str
    mine: bool = False
    act: str = ""
    url: str = ""
    label: str = ""


def company_of(engagement: Engagement, side: Side | None) -> str:
    """The enterprise's name; only its trade while a confidential demand is not open to the reader yet."""
    if side is Side.enterprise or engagement.accepted_at is not None:
        return engagement.demand.organisation.display_name
    return company(engagement.demand)


def timeline(engagement: Engagement, contract: Contract | None) -> list[Step]:
    """The way from the first word to verification, each step with its day, who took it, or whose duty it is."""
    reached = _reached(engagement, contract)
    titles = [OPENINGS[engagement.opening](), _("双方同意对接"), _("见面"), _("签约，登记合同"), _("双方确认"),
              _("核验，成为参赛材料")]
    ended = engagement.stage is Stage.ended
    current = next((index for index, note in enumerate(reached) if note is None), len(titles))
    steps = [Step("done" if note is not None else "now" if index == current and not ended else "next", title,
                  note if note is not None else _duty(index) if index == current and not ended else "")
             for index, (title, note) in enumerate(zip(titles, reached, strict=True))]
    if ended:
        steps = [*steps[:current], Step("now", _("已结束"), str(names.END[engagement.end_code]))]
    return steps


def _reached(engagement: Engagement, contract: Contract | None) -> list[str | None]:
    """For each step the note of when it was done; None where it was not."""
    events = {event.stage: event for event in reversed(engagement.events)}
    met = events.get(Stage.trial) if Stage.visit not in events else events[Stage.visit]
    signed = contract is not None and contract.status is not ContractStatus.cancelled
    collaboration = contract.collaboration if contract is not None else None
    verified = collaboration is not None and collaboration.status is CollaborationStatus.verified
    return [
        _said(engagement.created_at, engagement.events[0] if engagement.events else None),
        moment(engagement.accepted_at) if engagement.accepted_at else None,
        _said(met.at, met) if met else ("" if signed else None),
        moment(contract.created_at) if signed else None,
        moment(collaboration.confirmed_at) if collaboration else None,
        moment(collaboration.verifications[-1].at) if verified else None,
    ]


def _said(at, event) -> str:
    name = event.actor.name if event is not None and event.actor is not None else ""
    return "　".join(part for part in (moment(at), name) if part)


def _duty(index: int) -> str:
    return [_("等专家或企业开口"), _("等对方答复"), _("约个时间见面，看现场或样品"), _("由任何一方登记，另一方确认"),
            _("对方核对合同上的内容"), _("带合同原件到工会窗口")][index]


def next_step(engagement: Engagement, contract: Contract | None, side: Side | None) -> Next:
    """The next act as `side` sees it (None: a broker who reads along)."""
    if engagement.stage is Stage.ended:
        return Next(_("这次对接已经结束：%(why)s", why=names.END[engagement.end_code]))
    waits = conversations.waits_for(engagement)
    if waits is not None:
        return _answer(waits, side)
    if contract is not None:
        return _contract_step(contract, side)
    if side is None:
        return Next(_("双方正在谈"))
    if engagement.stage is Stage.interest:
        return Next(_("双方都同意了。约个时间见面，见过以后记一笔"), True, "visit", label=_("记下：已见面"))
    return Next(_("谈成了就签合同，由任何一方先登记"), True, "record", label=_("登记合同"),
                url=url_for("contracts.new", engagement_id=engagement.id))


def _answer(waits: Side, side: Side | None) -> Next:
    if waits is side:
        return Next(_("对方在等您答复。同意以后，双方能看到彼此的电话"), True, "accept", label=_("同意对接"))
    return Next(_("等%(side)s答复。对方同意以后才显示电话", side=SIDES[waits]()))


def _contract_step(contract: Contract, side: Side | None) -> Next:
    url = url_for("contracts.show", contract_id=contract.id)
    see = dict(act="link", url=url, label=_("看合同"))
    waits = contracts.waits_for(contract)
    if waits is not None and waits is side:
        return Next(_("%(side)s登记了合同，请您核对", side=SIDES[OTHER[waits]]()), True, "link", url, _("核对合同"))
    if waits is not None:
        return Next(_("合同已登记，等%(side)s确认", side=SIDES[waits]()), **see)
    if contract.collaboration is None:
        return Next(_("双方已确认，等促成人商定份额"), **see)
    return Next(STANDING[contract.collaboration.status](), **see)


STANDING = {
    CollaborationStatus.confirmed: lambda: _("合作已成立，等工会核验原件"),
    CollaborationStatus.verified: lambda: _("已核验，可以用来报名参赛"),
    CollaborationStatus.returned: lambda: _("核验时退回补正，请看原因"),
    CollaborationStatus.withdrawn: lambda: _("这件合作已撤下"),
}
