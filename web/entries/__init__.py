"""报名: filled from the ledger, checked against the list of materials, declared, handed in, printed."""

from flask import Blueprint

from web.entries import acts, files, groups, views

blueprint = Blueprint("entries", __name__, url_prefix="/entries")
blueprint.add_url_rule("", "mine", views.mine)
blueprint.add_url_rule("/open", "open", acts.open_one, methods=["POST"])
blueprint.add_url_rule("/groups/<uuid:season_id>/<track>", "begin", groups.begin, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:entry_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:entry_id>", "save", acts.save, methods=["POST"])
blueprint.add_url_rule("/<uuid:entry_id>/group", "save_group", groups.save, methods=["POST"])
blueprint.add_url_rule("/<uuid:entry_id>/refill", "refill", acts.refill, methods=["POST"])
blueprint.add_url_rule("/<uuid:entry_id>/withdraw", "withdraw", acts.withdraw, methods=["POST"])
blueprint.add_url_rule("/<uuid:entry_id>/reopen", "reopen", acts.reopen, methods=["POST"])
blueprint.add_url_rule("/<uuid:entry_id>/materials/<code>", "attach", files.attach, methods=["POST"])
blueprint.add_url_rule("/<uuid:entry_id>/materials/<code>", "material", files.material)
blueprint.add_url_rule("/<uuid:entry_id>/form.pdf", "pdf", files.pdf)
blueprint.add_url_rule("/<uuid:entry_id>/form.docx", "docx", files.docx)
blueprint.add_url_rule("/<uuid:entry_id>/dossier.zip", "dossier", files.dossier)
