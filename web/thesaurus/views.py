"""The list of groups, a group with its history, and the form that says what it would do before it is saved."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from matching.thesaurus.edits import Draft, add_group, change_group, checked, split_words, switch_group
from matching.thesaurus.preview import preview
from matching.thesaurus.table import Listed, find_group, listed, revisions
from matching.thesaurus.thesaurus import SEPARATOR, GroupKind, key
from models.errors import Conflict, Invalid
from models.thesaurus import ThesaurusRevision
from web import access, names, paging
from web.identity import me
from web.limits import SEARCH, limiter
from web.navigation import back
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

PAGE_SIZE = 40
LONGEST_QUERY = 40
FROM = {"all": lambda one: True, "own": lambda one: one.row is not None and not one.row.shipped,
        "changed": lambda one: one.row is not None and one.row.shipped,
        "shipped": lambda one: one.row is None, "off": lambda one: not one.active}


@dataclass(frozen=True)
class Change:
    """One state of a group beside the one before it."""

    revision: ThesaurusRevision
    added: list[str]
    removed: list[str]


@access.staff
def index():
    """Every group, or those of one origin, kind, or with a word that holds what was typed."""
    origin = request.args.get("from", "all")
    origin = origin if origin in FROM else "all"
    kind, words = request.args.get("kind", ""), key(request.args.get("q", "")[:LONGEST_QUERY])
    every = listed(db())
    of_kind = [one for one in every if (not kind or one.group.kind == kind)
               and (not words or any(words in key(word) for word in one.group.words))]
    found = [one for one in of_kind if FROM[origin](one)]
    page = paging.asked(len(found), PAGE_SIZE)
    return render_template(
        "thesaurus/list.html", groups=found[page.offset:page.offset + page.size], page=page, origin=origin, kind=kind,
        words=request.args.get("q", "")[:LONGEST_QUERY], kinds=names.GROUP_KIND, all=len(every),
        counts={name: sum(map(keep, of_kind)) for name, keep in FROM.items()})


@access.staff
@limiter.limit(SEARCH, methods=["POST"])
def new():
    return _form(None)


@access.staff
@limiter.limit(SEARCH, methods=["POST"])
def show(group_id):
    return _form(find_group(db(), group_id))


@access.staff
def switch(group_id):
    active = request.form.get("active") == "1"
    try:
        switch_group(db(), me(), group_id, active, version=_version())
    except Conflict as error:
        db().rollback()
        return _page(find_group(db(), group_id), refusal_of(error))
    flash(_("已启用，很快就用它") if active else _("已停用，下一次检索就不用它"), "success")
    return redirect(back())


def _form(group: Listed | None):
    """A first press says what the words would do; the second, of the same words, saves them."""
    if request.method != "POST":
        return _page(group)
    try:
        draft = checked(_draft(group), group if group and group.shipped else None)
        if request.form.get("save") is None or request.form.get("seen") != _seal(draft):
            return _page(group, effect=preview(db(), draft, group), seen=_seal(draft))
        row = (add_group(db(), me(), draft) if group is None
               else change_group(db(), me(), group.id, draft, version=_version()))
    except (Invalid, Conflict) as error:
        db().rollback()
        return _page(group and find_group(db(), group.id), refusal_of(error))
    flash(_("已保存，很快就用它"), "success")
    return redirect(url_for("thesaurus.show", group_id=row.id))


def _draft(group: Listed | None) -> Draft:
    kind = request.form.get("kind", "")
    if group and group.shipped:
        kind = group.group.kind
    elif kind not in set(GroupKind):
        raise Invalid(_("选一类"), field="kind")
    note = " ".join(request.form.get("note", "").split())
    return Draft(split_words(request.form.get("words", "")), GroupKind(kind), note)


def _seal(draft: Draft) -> str:
    """What a preview was made of: the words and their kind."""
    return f"{draft.kind}{SEPARATOR}{SEPARATOR.join(draft.words)}"


def _version() -> int:
    return request.form.get("version", -1, type=int)


def _page(group: Listed | None, refusal: Refusal = NONE, **shown):
    typed = request.method == "POST" and "words" in request.form
    own = group.row if group else None
    values = (request.form if typed else
              {"words": "\n".join(own.words if own else ()), "kind": group.group.kind if group else "",
               "note": own.note if own else ""})
    return render_template(
        "thesaurus/group.html", group=group, values=values, kinds=names.GROUP_KIND, hints=names.GROUP_KIND_HINT,
        history=_history(revisions(db(), group.id)) if own else [], refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems), **shown), refusal.status


def _history(states: list[ThesaurusRevision]) -> list[Change]:
    """Newest first, each against the one before."""
    before = [list(state.words) for state in states[1:]] + [[]]
    return [Change(state, [w for w in state.words if w not in old], [w for w in old if w not in state.words])
            for state, old in zip(states, before, strict=True)]
