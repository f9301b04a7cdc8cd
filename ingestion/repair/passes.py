"""The passes in their order, and `repair`, which runs them."""

from collections.abc import Callable

from ingestion.repair import characters, debris, glosses, script
from ingestion.repair.draft import Draft, Edit, Found
from ingestion.repair.repaired import Change, Note, Repaired, Span, Table

Pass = Callable[[str], Found]
PASSES: tuple[Pass, ...] = (characters.mend, glosses.mend, script.mend, debris.mend)


def repair(text: str) -> Repaired:
    """The clean text of a damaged one, with its log. Pure; time linear in the text; clean text stays as it is."""
    draft = Draft(text)
    lost: list[Span] = []
    suggestions: list[Change] = []
    notes: list[Note] = []
    tables: list[Table] = []
    for each in PASSES:
        found = each(draft.text)
        here = draft.finish([], [], [], [])
        lost += [Span(*here.origin(one.start, one.end), one.why, one.candidates) for one in found.lost]
        suggestions += [_suggestion(here, one) for one in found.suggestions]
        notes += [Note(one.kind, *here.origin(one.start, one.end), one.why) for one in found.notes]
        tables += [Table(*here.origin(one.start, one.end), one.rows, one.why) for one in found.tables]
        draft.apply(found.edits)
    return draft.finish(lost, suggestions, notes, tables)


def _suggestion(here: Repaired, edit: Edit) -> Change:
    start, end = here.origin(edit.start, edit.end)
    return Change(edit.kind, start, end, here.original[start:end], edit.after, edit.confidence, edit.why)
