"""本市缺的本领: what demands ask that nobody of the city answers, by skill, for staff who look for it elsewhere."""

from flask import Blueprint

from web.gaps import views

blueprint = Blueprint("gaps", __name__, url_prefix="/staff/gaps")
blueprint.add_url_rule("", "index", views.index)
blueprint.add_url_rule("/gaps.xlsx", "export", views.export)
