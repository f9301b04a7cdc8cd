"""What a source brought: the entries by what became of them, and what their owner does with each."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion.sources import taking, watching
from ingestion.sources.watching import EVERY
from models.errors import NotFound
from models.index import PostingKind
from web import access, names, paging
from web.identity import me
from web.sessions import db
from web.sources.views import OWNERS

PAGE_SIZE = 20


@access.roles(*OWNERS)
def show(source_id):
    source = watching.source_of(db(), me(), source_id)
    state = request.args.get("state", "new")
    if state not in taking.STATES:
        raise NotFound(_("没有这种状态"))
    counts = taking.counts(db(), source)
    page = paging.asked(getattr(counts, state), PAGE_SIZE)
    return render_template("sources/show.html", source=source, state=state, counts=counts, page=page, every=EVERY,
                           formats=names.SOURCE_FORMAT, demand=source.posting is PostingKind.demand,
                           entries=taking.entries_of(db(), source, state, page.offset, page.size))


@access.roles(*OWNERS)
def take(entry_id):
    entry = taking.entry_of(db(), me(), entry_id)
    if entry.source.posting is PostingKind.capability:
        return redirect(url_for("capabilities.new", entry=entry.id))
    demand = taking.take_as_demand(db(), me(), entry)
    flash(_("已放进草稿，请核对、补全后提交"), "success")
    return redirect(url_for("postings.edit", demand_id=demand.id, step=1))


@access.roles(*OWNERS)
def ignore(entry_id):
    entry = taking.entry_of(db(), me(), entry_id)
    aside = request.form.get("aside") == "1"
    taking.put_aside(db(), me(), entry, aside)
    flash(_("不采用了，可以在“不采用”里找回") if aside else _("放回来了"), "success")
    return redirect(url_for("sources.show", source_id=entry.source_id))


@access.roles(*OWNERS)
def seen(entry_id):
    entry = taking.entry_of(db(), me(), entry_id)
    taking.mark_taken(db(), me(), entry)
    flash(_("记下了"), "success")
    return redirect(url_for("sources.show", source_id=entry.source_id, state="changed"))
