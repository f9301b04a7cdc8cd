"""Merging two records, putting demands into a group, taking a group apart."""

import uuid

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ingestion.sameness import clusters, merging
from models.accounts import Organisation
from models.demands import Demand
from models.errors import Conflict, Invalid, NotFound
from models.sameness import DemandCluster
from web import access
from web.identity import me
from web.refusals import refusal_of
from web.sameness import views
from web.sessions import db


@access.staff
def organisations():
    return _done(lambda: merging.merge_organisations(db(), me(), *_two(Organisation), request.form.get("reason", "")),
                 _("合并好了。旧名称留作别名，台账没有动"))


@access.staff
def demands():
    return _done(lambda: merging.merge_demands(db(), me(), *_two(Demand), request.form.get("reason", "")),
                 _("合并好了，企业会收到说明"))


@access.staff
def group():
    return _done(lambda: clusters.group(db(), me(), _two(Demand), request.form.get("title", "")),
                 _("放进一组了，两条需求的页面上都看得到"))


@access.staff
def ungroup(cluster_id):
    cluster = db().get(DemandCluster, cluster_id)
    if cluster is None:
        raise NotFound(_("没有找到这一组"))
    clusters.ungroup(db(), me(), cluster)
    flash(_("已解开，需求没有动"), "success")
    return redirect(url_for("sameness.index"))


def _done(act, message: str):
    """Carry out what was asked; what stands in the way is told on the same page."""
    try:
        act()
    except (Invalid, Conflict) as error:
        db().rollback()
        return views.page(refusal_of(error))
    flash(message, "success")
    return redirect(url_for("sameness.index"))


def _two(table) -> tuple:
    """(the one to be merged, the one to keep), as chosen: `keep` names the kept one of `first` and `second`."""
    ids = [request.form.get(name, uuid.UUID(int=0), type=uuid.UUID) for name in ("first", "second")]
    rows = [db().get(table, one) for one in ids]
    if None in rows:
        raise NotFound(_("没有找到要合并的记录，请刷新后再看"))
    first, second = rows
    return (first, second) if request.form.get("keep") == str(second.id) else (second, first)
