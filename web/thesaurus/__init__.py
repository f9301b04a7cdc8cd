"""同义词表: staff read and grow the thesaurus, by which recommendations and searches know a thing by all its names."""

from flask import Blueprint

from web.thesaurus import sheet, views

blueprint = Blueprint("thesaurus", __name__, url_prefix="/staff/thesaurus")
blueprint.add_url_rule("", "list", views.index)
blueprint.add_url_rule("/new", "new", views.new, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:group_id>", "show", views.show, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:group_id>/switch", "switch", views.switch, methods=["POST"])
blueprint.add_url_rule("/sheet", "sheet", sheet.page, methods=["GET", "POST"])
blueprint.add_url_rule("/thesaurus.xlsx", "export", sheet.export)
