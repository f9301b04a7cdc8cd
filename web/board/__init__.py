"""The board (数据看板): what happened, by month, district and field; every number opens the rows behind it."""

from flask import Blueprint

from web.board import views

blueprint = Blueprint("board", __name__, url_prefix="/staff/board")
blueprint.add_url_rule("", "index", views.index)
blueprint.add_url_rule("/rows", "rows", views.rows)
blueprint.add_url_rule("/board.xlsx", "export", views.export)
blueprint.add_url_rule("/rows.xlsx", "export_rows", views.export_rows)
