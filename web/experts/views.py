from flask import render_template, request
from flask_babel import gettext as _

from models.accounts import Expert, Role
from models.codes import counties
from models.errors import NotFound
from models.sheets import SheetKind
from web import access, impressions, names, paging
from web.chrome import city_code
from web.experts import listing
from web.experts.people import person
from web.identity import has_role, user
from web.limits import EXPORT, SEARCH, limiter
from web.lists import as_sheet
from web.queries import words
from web.sessions import db

PAGE_SIZE = 12


@access.public
@limiter.limit(SEARCH, exempt_when=lambda: not request.args.get("q"))
def hall():
    asked = words(request.args.get("q"))
    kind, district = request.args.get("kind", ""), request.args.get("district", "")
    conditions = listing.where(asked, kind, district)
    page = paging.asked(listing.count(db(), conditions), PAGE_SIZE)
    experts = listing.rows(db(), conditions, page.offset, page.size)
    return render_template("experts/hall.html", page=page, people=_people(experts), q=asked,
                           staff=has_role(Role.staff, Role.admin), kind=kind,
                           district=district, kinds=list(names.EXPERT_KIND.items()),
                           districts=[(code, names.district(code)) for code in counties(city_code())])


@access.staff
@limiter.limit(EXPORT)
def export():
    """Those the form leaves, with their phone numbers: for staff, as the experts' sheet is."""
    return as_sheet(SheetKind.expert, *listing.where(
        words(request.args.get("q")), request.args.get("kind", ""), request.args.get("district", "")))


@access.public
def show(expert_id):
    expert = listing.find(db(), expert_id)
    if expert is None:
        raise NotFound(_("没有找到这位专家，或者已经退出"))
    endpoint, arguments = impressions.came_from()
    if endpoint == "demands.show":
        impressions.opened(user(), arguments["demand_id"], expert.id)
    [shown] = _people([expert])
    return render_template("experts/show.html", person=shown, proofs=names.PROOF)


def _people(experts: list[Expert]) -> list:
    keys = [expert.id for expert in experts]
    busy, kept = listing.busy(db(), keys), listing.kept(db(), keys)
    written = listing.capabilities(db(), keys)
    return [person(expert, busy.get(expert.id, 0), kept.get(expert.id, 0), written.get(expert.id, []))
            for expert in experts]
