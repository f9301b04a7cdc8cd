"""Reading demands: the hall, a demand's page, its full text where that is sealed, its files."""

import uuid

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements.disclosure import Disclosure, disclosure_of, open_full_text
from ingestion.files import open_file
from models.demands import Demand
from models.errors import NotFound
from web import access, impressions, paging
from web.demands import detail, facets, listing, suggestions
from web.demands.cards import card
from web.demands.filters import Filters
from web.demands.found import demand_ids
from web.downloads import attachment
from web.identity import me, user
from web.limits import SEARCH, limiter
from web.sessions import db

PAGE_SIZE = 10


def find(demand_id: uuid.UUID) -> tuple[Demand, Disclosure]:
    """The demand and how much of it the reader may see. NotFound where they may not know of it."""
    demand = db().get(Demand, demand_id)
    if demand is None:
        raise NotFound(_("没有找到这条需求"))
    return demand, disclosure_of(db(), user(), demand)


@access.public
@limiter.limit(SEARCH, exempt_when=lambda: not request.args.get("q"))
def hall():
    filters = Filters.read(request.args)
    found = demand_ids(filters.q, filters.taken) if filters.q else None
    page = paging.asked(listing.count(db(), filters, found), PAGE_SIZE)
    mine = suggestions.mine(user())
    why = {near.demand_id: _("和您登记的本领：%(text)s", text=near.text) for near in mine}
    cards = [card(row, why.get(row.id, "")) for row in listing.rows(db(), filters, found, page.offset, page.size)]
    template = "demands/_results.html" if request.headers.get("HX-Target") == "results" else "demands/hall.html"
    response = current_app.make_response(render_template(
        template, filters=filters, page=page, cards=cards, mine=mine, rows=facets.rows(db(), filters, found),
        chips=facets.chips(filters), sorts=facets.sorts(filters),
        way_out=None if cards else facets.way_out(db(), filters, found)))
    response.vary.add("HX-Target")  # the back button must not show a list without its page
    return response


@access.public
def show(demand_id):
    demand, disclosure = find(demand_id)
    page = detail.page(demand, disclosure)
    if page["expert"] and impressions.came_from()[0] in impressions.LISTS:
        impressions.opened(user(), demand.id, page["expert"].id)
    return render_template("demands/show.html", **page)


@access.member
def full(demand_id):
    """Open the sealed full text: a POST, because the opening is written down."""
    demand, _disclosure = find(demand_id)
    open_full_text(db(), me(), demand, promised=request.form.get("promise") == "1")
    flash(_("已打开全文，企业看得到这次打开"), "success")
    return redirect(url_for("demands.show", demand_id=demand.id))


@access.public
def file(demand_id, file_id):
    """One attachment, for those who may read the full text."""
    demand, disclosure = find(demand_id)
    stored = next((kept.file for kept in demand.attachments if kept.file_id == file_id), None)
    if stored is None or not disclosure.full:
        raise NotFound(_("没有找到这个附件"))
    with open_file(current_app.extensions["settings"], stored) as opened:
        return attachment(opened.read(), stored.name, stored.media_type)
