"""The desk: the queue on the left, the item beside its scan."""

import uuid

from flask import render_template, request
from flask_babel import gettext as _

from contests.publication.calendar import exceptions
from engagements import queue as queues
from engagements.comparison import compare, doubtful
from engagements.verification import find_collaboration, undoable
from models.accounts import Role
from models.contracts import Collaboration, CollaborationStatus, ContractRevision
from web import access, names
from web.identity import me
from web.refusals import NONE, Refusal
from web.sessions import db
from web.verification import history, paper

PHRASES = {
    "seal": lambda: _("两枚章齐全，章名和双方一致"), "party_b": lambda: _("学校是签约方，负责人是本人，认可"),
    "demand": lambda: _("看过内容，和这条需求是同一件事"),
}



@access.roles(Role.staff)
def queue():
    items = _found(queues.waiting(db(), me()))
    return desk(items, items[0].collaboration if items else None, only_queue=True)


@access.roles(Role.staff)
def show(collaboration_id):
    collaboration = find_collaboration(db(), me(), collaboration_id)
    return desk(_found(queues.waiting(db(), me())), collaboration)


def desk(items: list[queues.Waiting], collaboration: Collaboration | None, refusal: Refusal = NONE, *,
         only_queue: bool = False):
    """The whole page. `only_queue`: a phone shows the list alone."""
    shown = dict(items=items, late=sum(item.late > 0 for item in items), promise=queues.PROMISE, query=_query(),
                 types=names.COOPERATION, only_queue=only_queue, refusal=refusal, errors=refusal.errors,
                 failed=bool(refusal.problems), done=_just_done(), total=queues.waiting_count(db()), item=None)
    if collaboration is not None:
        shown |= _item(collaboration, items)
    return render_template("verification/desk.html", **shown), refusal.status


def rows_of(revision: ContractRevision):
    """The scan of a contract's present revision, and the comparison with what was recorded."""
    scan = paper.paper_of(revision.scan)
    return scan, compare(revision.contract, scan.text)


def _item(collaboration: Collaboration, items: list[queues.Waiting]) -> dict:
    contract = collaboration.contract
    scan, rows = rows_of(contract.revision)
    page = min(max(1, request.args.get("page", 1, type=int)), scan.pages)
    ids = [item.collaboration.id for item in items]
    place = ids.index(collaboration.id) if collaboration.id in ids else None
    waits = collaboration.status is CollaborationStatus.confirmed
    return dict(
        item=collaboration, contract=contract, revision=contract.revision, rows=rows, scan=scan, page=page,
        frames=paper.frames(scan, rows, page), crops={row.item: paper.crop(scan, row) for row in rows},
        to_look=len(doubtful(rows)), wait=queues.wait_of(collaboration, exceptions(db())), waits=waits,
        bar=queues.bar(me(), collaboration), course=history.course(collaboration),
        claims=history.claims(db(), collaboration), same_paper=history.same_paper(db(), contract),
        opinions=_opinions(collaboration), phrases={row.item: _phrase(row.item) for row in rows},
        findings=history.FINDINGS, undoable=undoable(me(), collaboration), place=place, width=paper.WIDTH,
        earlier=ids[place - 1] if place else None,
        later=ids[place + 1] if place is not None and place + 1 < len(ids) else None)


def _phrase(item: str) -> str:
    return PHRASES[item]() if item in PHRASES else _("看过原件，和双方登记的一致")


def _opinions(collaboration: Collaboration) -> dict[str, str]:
    """What was typed; for an item that was approved, what was signed."""
    if request.method == "POST":
        return typed_opinions()
    if collaboration.status is CollaborationStatus.verified:
        return {one["item"]: one["opinion"] for one in collaboration.verifications[-1].opinions}
    return {}


def typed_opinions() -> dict[str, str]:
    """Item → what was typed about it."""
    return {name.removeprefix("opinion-"): text for name, text in request.form.items()
            if name.startswith("opinion-")}


def _query() -> str:
    return request.args.get("q", "").strip()[:60]


def _found(items: list[queues.Waiting]) -> list[queues.Waiting]:
    """The items whose number, contract or sides contain what was searched for."""
    words = _query().lower()
    return [item for item in items if words in _index(item.collaboration).lower()] if words else items


def _index(collaboration: Collaboration) -> str:
    revision, engagement = collaboration.contract.revision, collaboration.contract.engagement
    return " ".join((collaboration.number, revision.contract_number, revision.name, revision.party_a, revision.party_b,
                     engagement.expert.name, engagement.demand.number or ""))


def _just_done() -> Collaboration | None:
    """The item approved a moment ago, while its approval can be taken back."""
    done = request.args.get("done", type=uuid.UUID)
    found = db().get(Collaboration, done) if done else None
    return found if found is not None and undoable(me(), found) else None
