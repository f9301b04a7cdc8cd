"""The models that there are, and the acts on them; each that changes what people find asks once more."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.encoders import generations
from matching.encoders.completeness import Count, count
from matching.encoders.loading import instructions_for
from matching.encoders.model_files import EncoderMissing, find_model, not_here
from models.audit import AuditEvent
from models.encoders import EncoderGeneration, GenerationState
from models.errors import Conflict, NotFound
from web import access, names
from web.identity import me
from web.sessions import db

LAST_ACTS = 20


@dataclass(frozen=True)
class Line:
    """One model in the table."""

    row: EncoderGeneration
    count: Count

    @property
    def acts(self) -> tuple[str, ...]:
        """What can be done with it, as the names of the acts."""
        return {
            GenerationState.preparing: ("retire",), GenerationState.ready: ("switch", "retire"),
            GenerationState.failed: ("prepare", "retire"), GenerationState.retired: ("prepare",),
        }.get(self.row.state, ())


@access.staff
def index():
    lines = [Line(row, count(db(), row)) for row in generations.every(db())]
    present = next((line for line in lines if line.row.state is GenerationState.in_use), None)
    waits = [line for line in lines if line.row.state is GenerationState.preparing]
    events = db().scalars(select(AuditEvent).where(AuditEvent.subject_type == EncoderGeneration.__tablename__)
                          .options(joinedload(AuditEvent.actor))
                          .order_by(AuditEvent.at.desc(), AuditEvent.id).limit(LAST_ACTS)).all()
    wanted = next((line for line in lines if line.row.wanted), None)
    return render_template("encoders/list.html", lines=lines, present=present, waits=waits, events=events,
                           wanted=wanted, problem=_problem(), states=names.GENERATION, acts=names.GENERATION_ACTS,
                           before=present.row.replaces if present else None)


@access.staff
def prepare(generation_id):
    """Try once more, or again after it was given up."""
    row = _found(generation_id)
    settings = current_app.extensions["settings"]
    generations.request(db(), row.name, row.source, instructions_for(row), actor=me(),
                        automatic=settings.encoder_switch == "auto")
    flash(_("工作进程开始准备了"), "success")
    return redirect(url_for("encoders.list"))


@access.staff
def switch(generation_id):
    row = _found(generation_id)
    return _confirmed(lambda: generations.switch(db(), row, me()), _("已换上，从下一次搜索起用它"),
                      title=_("换上 %(name)s？", name=row.name), yes=_("换上"),
                      text=_("推荐和搜索马上改用这个模型的向量，次序会变。现在的模型留着，可以退回。"))


@access.staff
def roll_back():
    current = generations.in_use(db())
    before = current.replaces if current else None
    if before is None:
        if request.method == "GET":  # the page was left open while another model was taken away
            flash(_("没有可以退回的上一个向量模型"), "error")
            return redirect(url_for("encoders.list"))
        raise Conflict(_("没有可以退回的上一个向量模型"))
    return _confirmed(lambda: generations.roll_back(db(), me()), _("已退回，工作进程不会自己再换"),
                      title=_("退回%(name)s？", name=before.name), yes=_("退回"),
                      text=_("推荐和搜索马上改回上一个模型。停在那里，直到有人再换，或者设置里写上别的模型。"))


@access.staff
def retire(generation_id):
    row = _found(generation_id)
    return _confirmed(lambda: generations.retire(db(), row, me()), _("已停用，一小时内删掉它的向量"),
                      title=_("停用 %(name)s？", name=row.name), yes=_("停用"),
                      text=_("它的向量会删掉，退不回去。要用得重新准备。"))


def _confirmed(act: Callable[[], object], done: str, **words: str):
    if request.method == "POST":
        act()
        flash(done, "success")
        return redirect(url_for("encoders.list"))
    return render_template("encoders/confirm.html", **words)


def _found(generation_id: uuid.UUID) -> EncoderGeneration:
    row = db().get(EncoderGeneration, generation_id)
    if row is None:
        raise NotFound(_("没有这个向量模型"))
    return row


def _problem() -> str:
    """What is wrong with the model that the settings name, as far as can be seen without loading it."""
    settings = current_app.extensions["settings"]
    try:
        files = find_model(settings.encoder)
    except EncoderMissing as error:
        return str(error)
    return "" if files or settings.allow_model_hub else str(not_here(settings.encoder))
