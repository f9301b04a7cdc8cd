"""从简历读: an expert's own CV or home page, read into their profile and capabilities."""

import uuid
from dataclasses import dataclass, field, replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import capabilities
from ingestion.capabilities import CapabilityForm, ClaimRow
from ingestion.documents.accepting import Profile, accept_person, offered, without_contacts
from ingestion.documents.document import Document
from ingestion.documents.people import Person, read_person
from models.accounts import Expert, Role
from models.errors import Conflict, Invalid
from web import access, names
from web.documents.uploads import Quote, Stretch, marked, quote, typed_quote, uploaded
from web.identity import me
from web.limits import UPLOAD, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

MOST_ITEMS = 60
PROFILE = ("title", "field", "bio")
LIMITS = {"title": 60, "field": 60, "bio": 1000}


@dataclass(frozen=True)
class Part:
    """One part of the profile: what stands there now, what was read, where."""

    name: str
    value: str
    quote: Quote | None
    taken: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing done, on offer as a capability."""

    number: int
    kind: str
    form: CapabilityForm
    quote: Quote | None
    taken: bool = False


@dataclass(frozen=True)
class Draft:
    """Everything the page shows. `contact`: what was read and is shown to nobody else."""

    name: str
    digest: str
    key: uuid.UUID
    parts: list[Part]
    entries: list[Entry]
    contact: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    text: list[Stretch] = field(default_factory=list)


@access.roles(Role.expert)
@limiter.limit(UPLOAD, methods=["POST"])
def person():
    expert = capabilities.expert_of(db(), me())
    if request.method == "GET":
        return _page(expert, None)
    if request.form.get("go") == "read":
        try:
            document, digest = uploaded()
        except Invalid as error:
            return _page(expert, None, refusal_of(error))
        return _page(expert, _draft(expert, document, digest))
    draft = _typed()
    profile = Profile(**{part.name: part.value for part in draft.parts if part.taken})
    wanted = {entry.number: entry.form for entry in draft.entries if entry.taken}
    try:
        posted = accept_person(db(), me(), profile, wanted, key=draft.key, digest=draft.digest)
    except (Invalid, Conflict) as error:
        db().rollback()
        return _page(expert, draft, refusal_of(error))
    flash(_("收下了：资料 %(parts)s 项，本领 %(n)s 条", parts=len(profile.taken), n=len(posted)), "success")
    return redirect(url_for("capabilities.mine"))


def _page(expert: Expert, draft: Draft | None, refusal: Refusal = NONE):
    return render_template(
        "documents/person.html", expert=expert, draft=draft, refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems), labels=_labels(), kinds=_kinds(), proofs=list(names.PROOF_CHOICES.items()),
        present={name: getattr(expert, name) for name in PROFILE}, limits=LIMITS), refusal.status


def _draft(expert: Expert, document: Document, digest: str) -> Draft:
    read = read_person(document)
    parts = [Part(name, without_contacts(one.text)[:LIMITS[name]], quote(document, one))
             for name in PROFILE if (one := getattr(read, name)) is not None]
    area = read.field.text if read.field else expert.field
    entries = [Entry(number, item.kind, offered(item, area), quote(document, item))
               for number, item in enumerate(read.items[:MOST_ITEMS])]
    return Draft(document.name, digest, uuid.uuid4(), parts, entries, _contact(read), _remarks(document, read),
                 marked(document, [read.name, read.title, read.field, read.organisation, read.degree, read.bio,
                                   read.phone, read.email, *read.items]))


def _contact(read: Person) -> list[tuple[str, str]]:
    rows = ((_("姓名"), read.name), (_("单位"), read.organisation), (_("学历"), read.degree), (_("电话"), read.phone),
            (_("邮箱"), read.email))
    return [(label, one.text) for label, one in rows if one is not None]


def _remarks(document: Document, read: Person) -> list[str]:
    missing = [label for name, label in _labels().items() if getattr(read, name) is None]
    remarks = [*document.warnings]
    if missing:
        remarks.append(_("没有读到：%(what)s", what=_("、").join(missing)))
    if not read.items:
        remarks.append(_("没有读到论文、专利和项目。它们要列在“论文”“专利”“项目”这样的标题下面"))
    if len(read.items) > MOST_ITEMS:
        remarks.append(_("共读到 %(n)s 条，只列前 %(most)s 条", n=len(read.items), most=MOST_ITEMS))
    return remarks


def _typed() -> Draft:
    """The draft as the form sent it back."""
    form = request.form
    parts = [Part(name, form[name], typed_quote(name), f"take-{name}" in form) for name in PROFILE if name in form]
    entries = [_typed_entry(number) for number in range(MOST_ITEMS) if f"item-{number}-title" in form]
    return Draft(form.get("name", ""), form.get("digest", ""), form.get("key", type=uuid.UUID) or uuid.uuid4(), parts,
                 entries)


def _typed_entry(number: int) -> Entry:
    form, start = request.form, f"item-{number}-"
    claim = ClaimRow(form.get(f"{start}claim-0-text", ""), form.get(f"{start}claim-0-year", ""),
                     form.get(f"{start}claim-0-proof", ""))
    typed = CapabilityForm(form[f"{start}title"], form.get(f"{start}summary", ""), form.get(f"{start}field", ""))
    return Entry(number, form.get(f"{start}kind", ""), replace(typed, claims=(claim,)), typed_quote(f"item-{number}"),
                 f"{start}take" in form)


def _labels() -> dict[str, str]:
    return {"title": _("职称"), "field": _("专业领域"), "bio": _("简介")}


def _kinds() -> dict[str, str]:
    return {"paper": _("论文"), "patent": _("专利"), "project": _("项目")}
