"""Several hidden capabilities posted together: read through, ticked, all or none."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import capabilities
from models.accounts import Role
from models.capabilities import Capability, CapabilityStatus
from models.errors import Conflict, Invalid
from web import access, names
from web.identity import me
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.roles(Role.expert)
def publish():
    """The page is the confirmation: it shows what others will read, and one press posts what is ticked."""
    hidden = [one for one in capabilities.of_expert(db(), capabilities.expert_of(db(), me()))
              if one.status is CapabilityStatus.hidden]
    if request.method == "GET":
        return _page(hidden, {one.id for one in hidden})
    chosen: dict[uuid.UUID, int] = {}
    try:
        chosen = _chosen()
        shown = capabilities.show_together(db(), me(), chosen)
    except (Invalid, Conflict) as error:
        db().rollback()
        return _page(hidden, set(chosen), refusal_of(error))
    flash(_("公开了 %(n)s 条，推荐里马上就有", n=len(shown)), "success")
    return redirect(url_for("capabilities.mine"))


def _chosen() -> dict[uuid.UUID, int]:
    """Id → version of each that was ticked. Invalid for what no such form sends."""
    try:
        pairs = [typed.split(" ") for typed in request.form.getlist("chosen")]
        return {uuid.UUID(number): int(version) for number, version in pairs}
    except ValueError as error:
        raise Invalid(_("没有看懂选了哪几条。请刷新页面再选"), field="chosen") from error


def _page(hidden: list[Capability], ticked: set[uuid.UUID], refusal: Refusal = NONE):
    return render_template("capabilities/publish.html", hidden=hidden, ticked=ticked, proofs=names.PROOF_CHOICES,
                           refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status
