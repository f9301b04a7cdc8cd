"""台账: the staff's list, receipts for those concerned, and what anybody may check."""

from flask import Blueprint

from web.ledger import proof, views

blueprint = Blueprint("ledger", __name__)
blueprint.add_url_rule("/staff/ledger", "entries", views.entries)
blueprint.add_url_rule("/staff/ledger/<int:index>", "entry", views.entry)
blueprint.add_url_rule("/ledger/<int:index>/receipt", "receipt", views.receipt)
blueprint.add_url_rule("/ledger/checkpoint", "checkpoint", proof.checkpoint)
blueprint.add_url_rule("/ledger/checkpoints/<int:size>", "checkpoint_at", proof.checkpoint_at)
blueprint.add_url_rule("/ledger/vkey", "vkey", proof.vkey)

proof_blueprint = Blueprint("proof", __name__)
proof_blueprint.add_url_rule("/proof", "check", proof.check)
