"""旧账: what an imported sheet says of the reader's collaborations, to be confirmed or denied; their list as a sheet."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements import claims, listing
from engagements.parties import side_of
from ingestion.sheets.escaping import WITHHELD
from ingestion.sheets.writers import engagement_row
from models.claims import ClaimedEngagement
from models.demands import Confidentiality
from models.engagements import Engagement, Side
from models.sheets import SheetKind
from web import access, names
from web.demands.cards import company
from web.engagements.progress import OPENINGS
from web.engagements.shelves import shelved
from web.identity import me
from web.limits import CONFIRM, EXPORT, limiter
from web.lists import as_sheet
from web.sessions import db


@dataclass(frozen=True)
class Claim:
    """One claim as its reader sees it: whom it names, and whether it waits for the reader."""

    claim: ClaimedEngagement
    company: str
    waits: bool


def mine() -> list[Claim]:
    found = claims.claims_of(db(), me())
    return [Claim(one, company(one.demand) if _firm_hidden(one) else one.demand.organisation.display_name,
                  one.confirmed_at(claims.side_in(me(), one)) is None) for one in found]


@access.member
@limiter.limit(CONFIRM)
def confirm(claim_id):
    engagement = claims.confirm_claim(db(), me(), claims.find_claim(db(), me(), claim_id))
    if engagement is None:
        flash(_("已确认，等对方也确认"), "success")
        return redirect(url_for("engagements.mine"))
    flash(_("双方都确认了。签过合同的，接着登记合同"), "success")
    return redirect(url_for("engagements.show", engagement_id=engagement.id))


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def deny(claim_id):
    """Asked first: what one side denies is over, and only staff can set it right."""
    claim = claims.find_claim(db(), me(), claim_id)
    if request.method == "GET":
        return render_template("engagements/deny.html", claim=claim, openings=OPENINGS, stages=names.STAGE)
    claims.deny_claim(db(), me(), claim)
    flash(_("已记下：没有这回事"), "success")
    return redirect(url_for("engagements.mine"))


@access.member
@limiter.limit(EXPORT)
def export():
    """The shelf that is open, and what an old sheet says, as the page shows it."""
    shelf, groups = shelved(listing.engagements_of(db(), me()))
    shown = {one.id for one in groups[shelf]} | {one.claim.id for one in mine() if shelf != "ended"}
    return as_sheet(SheetKind.engagement, lambda table: table.id.in_(shown), write=_as_shown)


def _as_shown(one: Engagement | ClaimedEngagement) -> dict[str, Any]:
    return engagement_row(one) | ({"firm": WITHHELD} if _firm_hidden(one) else {})


def _firm_hidden(one: Engagement | ClaimedEngagement) -> bool:
    """Whether the page shows the firm's trade alone: a confidential demand, read by the other side before they talk."""
    if one.demand.confidentiality is Confidentiality.public:
        return False
    if isinstance(one, Engagement):
        return one.accepted_at is None and side_of(me(), one) is not Side.enterprise
    return claims.side_in(me(), one) is not Side.enterprise


