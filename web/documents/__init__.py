"""从文件读: a CV or a demand form becomes a draft, shown part by part with its source; the person takes what is right."""

from flask import Blueprint

from web.documents import demands, people

blueprint = Blueprint("documents", __name__, url_prefix="/my/documents")
blueprint.add_url_rule("/person", "person", people.person, methods=["GET", "POST"])
blueprint.add_url_rule("/demand", "demand", demands.demand, methods=["GET", "POST"])
