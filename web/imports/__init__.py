"""导入导出: staff and members bring sheets in (look, say which column is which, agree, watch it go), take lists out."""

from flask import Blueprint

from web.imports import acts, claims, exports, own, views

blueprint = Blueprint("imports", __name__, url_prefix="/staff/imports")
blueprint.add_url_rule("", "list", views.index, methods=["GET", "POST"])
blueprint.add_url_rule("/claims", "claims", claims.index)
blueprint.add_url_rule("/<uuid:batch_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:batch_id>/columns", "columns", acts.columns, methods=["POST"])
blueprint.add_url_rule("/<uuid:batch_id>/start", "start", acts.start, methods=["POST"])
blueprint.add_url_rule("/<uuid:batch_id>/pause", "pause", acts.pause, methods=["POST"])
blueprint.add_url_rule("/<uuid:batch_id>/resume", "resume", acts.resume, methods=["POST"])
blueprint.add_url_rule("/<uuid:batch_id>/drop", "drop", acts.drop, methods=["POST"])
blueprint.add_url_rule("/<uuid:batch_id>/errors.xlsx", "errors", exports.errors)
blueprint.add_url_rule("/export/<kind>.xlsx", "export", exports.export)

own_blueprint = Blueprint("own_sheets", __name__, url_prefix="/my")
own_blueprint.add_url_rule("/demands.xlsx", "demands", exports.own_demands)
own_blueprint.add_url_rule("/capabilities.xlsx", "capabilities", exports.own_capabilities)

uploads_blueprint = Blueprint("uploads", __name__, url_prefix="/my/sheets")
uploads_blueprint.add_url_rule("", "list", own.index, methods=["GET", "POST"])
uploads_blueprint.add_url_rule("/template/<kind>.xlsx", "template", own.template)
uploads_blueprint.add_url_rule("/<uuid:batch_id>", "show", own.show)
uploads_blueprint.add_url_rule("/<uuid:batch_id>/columns", "columns", own.columns, methods=["POST"])
uploads_blueprint.add_url_rule("/<uuid:batch_id>/start", "start", own.start, methods=["POST"])
uploads_blueprint.add_url_rule("/<uuid:batch_id>/pause", "pause", own.pause, methods=["POST"])
uploads_blueprint.add_url_rule("/<uuid:batch_id>/resume", "resume", own.resume, methods=["POST"])
uploads_blueprint.add_url_rule("/<uuid:batch_id>/drop", "drop", own.drop, methods=["POST"])
uploads_blueprint.add_url_rule("/<uuid:batch_id>/errors.xlsx", "errors", own.errors)
