"""What a reader does with a listed demand: follow it, or say why it does not fit."""

import uuid

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ingestion import follow as following
from models.capabilities import DismissalCode
from models.errors import Invalid
from web import access
from web.demands.views import find
from web.identity import me
from web.navigation import back
from web.sessions import db


@access.member
def follow(demand_id):
    demand, _view = find(demand_id)
    if request.form.get("off"):
        following.unfollow(db(), me(), demand)
        flash(_("不再关注这条需求"), "success")
    else:
        following.follow(db(), me(), demand)
        flash(_("已关注。在工作台能找到它"), "success")
    return redirect(url_for("demands.show", demand_id=demand.id))


@access.member
def dismiss(demand_id):
    """Take a recommended pairing off one's own list; an enterprise names the expert or the capability."""
    demand, _view = find(demand_id)
    following.dismiss(db(), me(), demand, _code(), expert_id=_id("expert_id"), capability_id=_id("capability_id"),
                      note=request.form.get("note", ""))
    flash(_("记下了，以后不再推荐。谢谢您说明原因"), "success")
    return redirect(back())


def _code() -> DismissalCode:
    try:
        return DismissalCode(request.form.get("code", ""))
    except ValueError as error:
        raise Invalid(_("选一个原因"), field="code") from error


def _id(name: str) -> uuid.UUID | None:
    value = request.form.get(name)
    try:
        return uuid.UUID(value) if value else None
    except ValueError as error:
        raise Invalid(_("这条推荐已经变了，请刷新页面"), field=name) from error
