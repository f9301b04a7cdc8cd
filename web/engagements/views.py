"""Reading engagements and speaking in them."""

from flask import redirect, render_template, request, url_for

from engagements import contracts, conversations, listing
from engagements.parties import find_engagement, members, side_of
from engagements.stages import MOVES
from models.engagements import Engagement, Side, Stage
from models.errors import Conflict, Invalid
from web import access, names
from web.engagements import claims, progress
from web.engagements.shelves import SHELVES, shelved
from web.identity import me
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.member
def mine():
    found = listing.engagements_of(db(), me())
    shelf, groups = shelved(found)
    tabs = [{"text": f"{text()} {len(groups[key])}", "on": key == shelf,
             "url": url_for("engagements.mine", shelf=key or None)} for key, text in SHELVES.items()]
    items = [(one, progress.company_of(one, side_of(me(), one)),
              progress.next_step(one, contracts.contract_of(db(), one), side_of(me(), one))) for one in groups[shelf]]
    return render_template("engagements/mine.html", items=items, tabs=tabs, shelf=shelf, stages=names.STAGE,
                           claims=[] if shelf == "ended" else claims.mine(), openings=progress.OPENINGS)


@access.member
def show(engagement_id):
    return page(find_engagement(db(), me(), engagement_id))


@access.member
def say(engagement_id):
    engagement = find_engagement(db(), me(), engagement_id)
    try:
        conversations.say(db(), me(), engagement, request.form.get("text", ""))
    except (Invalid, Conflict) as error:
        return page(engagement, refusal_of(error))
    return redirect(url_for("engagements.show", engagement_id=engagement.id) + "#messages")


def page(engagement: Engagement, refusal: Refusal = NONE):
    side = side_of(me(), engagement)
    contract = contracts.contract_of(db(), engagement)
    return render_template(
        "engagements/show.html", engagement=engagement, side=side, contract=contract, refusal=refusal,
        company=progress.company_of(engagement, side),
        errors=refusal.errors, failed=bool(refusal.problems), text=request.form.get("text", ""),
        steps=progress.timeline(engagement, contract), next=progress.next_step(engagement, contract, side),
        openings=progress.OPENINGS, stages=names.STAGE, end_names=names.END, contacts=_contacts(engagement, side),
        may_try=Stage.trial in MOVES[engagement.stage] and engagement.accepted_at and side,
        may_end=side is not None and _may_end(engagement, contract)), refusal.status


def _contacts(engagement: Engagement, side: Side | None) -> list[tuple[str, str, str]]:
    """Name, phone and e-mail of the other side, once both agreed to talk."""
    if side is None or engagement.accepted_at is None:
        return []
    if side is Side.enterprise:
        person = engagement.expert.user
        return [(engagement.expert.name, person.phone, person.email)]
    return [(person.name, person.phone, person.email) for person in members(db(), engagement.demand.organisation)]


def _may_end(engagement: Engagement, contract) -> bool:
    return Stage.ended in MOVES[engagement.stage] and (contract is None or contracts.waits_for(contract) is not None)
