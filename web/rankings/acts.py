"""What staff do about the ranking, each with a reason."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from matching.learning import rankers
from models.errors import Conflict, Invalid
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.rankings.views import page, version_page
from web.refusals import refusal_of
from web.search import searcher
from web.sessions import db


@access.staff
@limiter.limit(CONFIRM)
def automatic():
    on = request.form.get("on") == "1"
    return _do("automatic_reason", lambda reason: rankers.set_automatic(db(), me(), on, reason),
               _("更好的排序又会自动启用") if on else _("已停住，换排序要由人来决定"))


@access.staff
@limiter.limit(CONFIRM)
def roll_back():
    return _do("rollback_reason", lambda reason: rankers.roll_back(db(), me(), reason), _("已退回，自动启用也停住了"))


@access.staff
@limiter.limit(CONFIRM)
def use(number: int):
    version, encoder = rankers.find_version(db(), number), searcher().encoder.name
    return _do("use_reason", lambda reason: rankers.use(db(), me(), version, reason, encoder),
               _("已启用第 %(number)s 版", number=number), lambda refusal: version_page(version, refusal))


@access.staff
@limiter.limit(CONFIRM)
def hold(number: int):
    version = rankers.find_version(db(), number)
    return _do("hold_reason", lambda reason: rankers.hold(db(), me(), version, reason),
               _("第 %(number)s 版已停住", number=number), lambda refusal: version_page(version, refusal))


def _do(field: str, act: Callable, done: str, again: Callable = page):
    """Do it with the reason typed in `field`; a refusal shows the page again, beside that field."""
    try:
        act(request.form.get(field, ""))
    except (Invalid, Conflict) as error:
        found = refusal_of(error)
        return again(replace(found, problems=[(field, message) for _name, message in found.problems]))
    flash(done, "success")
    return redirect(url_for("rankings.list"))
