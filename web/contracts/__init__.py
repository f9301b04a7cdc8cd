"""合同: record, correct, confirm, divide the brokers' credit, report what came of it."""

from flask import Blueprint

from web.contracts import acts, benefits, forms, scans, shares, views

blueprint = Blueprint("contracts", __name__)
blueprint.add_url_rule("/contracts", "mine", views.mine)
blueprint.add_url_rule("/contracts/contracts.xlsx", "export", views.export)
blueprint.add_url_rule("/engagements/<uuid:engagement_id>/contract", "new", forms.new, methods=["GET", "POST"])
blueprint.add_url_rule("/contracts/<uuid:contract_id>", "show", views.show)
blueprint.add_url_rule("/contracts/<uuid:contract_id>/correct", "correct", forms.correct, methods=["GET", "POST"])
blueprint.add_url_rule("/contracts/<uuid:contract_id>/confirm", "confirm", acts.confirm, methods=["POST"])
blueprint.add_url_rule("/contracts/<uuid:contract_id>/shares", "shares", shares.propose, methods=["GET", "POST"])
blueprint.add_url_rule("/contracts/<uuid:contract_id>/shares/agree", "agree", shares.agree, methods=["POST"])
blueprint.add_url_rule("/contracts/<uuid:contract_id>/benefit", "benefit", benefits.report, methods=["GET", "POST"])
blueprint.add_url_rule("/contracts/<uuid:contract_id>/scan", "scan", scans.download)
blueprint.add_url_rule("/contracts/<uuid:contract_id>/pages/<int:page>.png", "page", scans.page)
