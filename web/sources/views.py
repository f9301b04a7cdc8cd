"""A person's own sources: the list, and the form of one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion.sources import taking, watching
from ingestion.sources.folders import is_folder
from ingestion.sources.watching import EVERY, SourceForm
from models.accounts import Role
from models.errors import Conflict, Invalid
from models.sources import SourceFormat, WatchedSource
from web import access, names
from web.identity import me
from web.limits import SEARCH, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

OWNERS = (Role.enterprise, Role.expert)


@access.roles(*OWNERS)
def mine():
    sources = watching.sources_of(db(), me())
    return render_template("sources/mine.html", sources=[(one, taking.counts(db(), one)) for one in sources],
                           every=EVERY, formats=names.SOURCE_FORMAT, most=watching.MOST)


@access.roles(*OWNERS)
@limiter.limit(SEARCH, methods=["POST"])
def new():
    if request.method == "GET":
        return page(None, SourceForm())
    form = typed()
    try:
        source = watching.watch(db(), me(), form)
    except (Invalid, Conflict) as error:
        db().rollback()
        return page(None, form, refusal_of(error))
    flash(_("已添加，一分钟内第一次去读"), "success")
    return redirect(url_for("sources.show", source_id=source.id))


@access.roles(*OWNERS)
@limiter.limit(SEARCH, methods=["POST"])
def edit(source_id):
    source = watching.source_of(db(), me(), source_id)
    if request.method == "GET":
        return page(source, SourceForm.of(source))
    form = typed()
    try:
        watching.change(db(), me(), source, form, request.form.get("version", -1, type=int))
    except (Invalid, Conflict) as error:
        db().rollback()
        return page(watching.source_of(db(), me(), source_id), form, refusal_of(error))
    flash(_("改好了，一分钟内重新去读"), "success")
    return redirect(url_for("sources.show", source_id=source_id))


@access.roles(*OWNERS)
def switch(source_id):
    active = request.form.get("active") == "1"
    watching.switch(db(), me(), watching.source_of(db(), me(), source_id), active)
    flash(_("接着看") if active else _("先停下，读到过的都还在"), "success")
    return redirect(url_for("sources.show", source_id=source_id))


@access.roles(*OWNERS)
def look(source_id):
    watching.look_now(db(), me(), watching.source_of(db(), me(), source_id))
    flash(_("一分钟内去读"), "success")
    return redirect(url_for("sources.show", source_id=source_id))


@access.roles(*OWNERS)
def remove(source_id):
    watching.remove(db(), me(), watching.source_of(db(), me(), source_id))
    flash(_("已删除。用它写成的内容都还在"), "success")
    return redirect(url_for("sources.mine"))


def typed() -> SourceForm:
    return SourceForm(**{name: request.form.get(name, "") for name in SourceForm.__dataclass_fields__})


def page(source: WatchedSource | None, form: SourceForm, refusal: Refusal = NONE):
    return render_template(
        "sources/form.html", source=source, form=form, formats=[(code, names.SOURCE_FORMAT[code], hint)
                                                                for code, hint in names.SOURCE_FORMAT_HINT.items()],
        every=[(str(hours), text) for hours, text in EVERY.items()], html=SourceFormat.html, refusal=refusal,
        folder=source is not None and is_folder(source.location), errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status
