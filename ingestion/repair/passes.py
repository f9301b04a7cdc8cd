"""The passes in their order, and `repair`, which runs them."""

from collections.abc import Callable
from dataclasses import replace

from ingestion.repair import (
    brackets,
    characters,
    dates,
    debris,
    glosses,
    grids,
    lines,
    mojibake,
    numbering,
    script,
    slips,
    spaces,
    spelling,
    titles,
    widths,
)
from ingestion.repair.draft import Draft, Edit, Found
from ingestion.repair.layout import SENTENCE_ENDS
from ingestion.repair.repaired import Cell, Change, Note, Repaired, Span, Table

Pass = Callable[[str], Found]
PASSES: tuple[Pass, ...] = (
    mojibake.mend, characters.mend, slips.mend, characters.mend_private, glosses.mend, script.mend, dates.mend,
    debris.mend,
    lines.mend, lines.mend, spaces.mend, widths.mend_brackets, widths.mend, brackets.mend,
    numbering.suggest, spelling.suggest, titles.compare, grids.read)
"""Bytes before characters, characters before marks, marks before lines: each pass reads what the ones before mended.

Lines come twice: a word that a first join made whole proves a second."""


def repair(text: str) -> Repaired:
    """The clean text of a damaged one, with its log. Pure; time linear in the text; clean text stays as it is."""
    draft = Draft(text)
    lost: list[Span] = []
    suggestions: list[Change] = []
    notes: list[Note] = []
    tables: list[Table] = []
    for each in PASSES:
        found = each(draft.text)
        if found.lost or found.suggestions or found.notes or found.tables:
            here = draft.so_far()
            lost += [Span(*here.origin(one.start, one.end), one.why, one.candidates) for one in found.lost]
            suggestions += [_suggestion(here, one) for one in found.suggestions]
            notes += [Note(one.kind, *here.origin(one.start, one.end), one.why) for one in found.notes]
            tables += [_table(here, one) for one in found.tables]
        draft.apply(found.edits)
    done = draft.so_far()
    return replace(done, lost=_in_order(lost), suggestions=_in_order(_possible(suggestions, lost)),
                   notes=_in_order(notes), tables=tuple(_read(done, one) for one in tables))


def _in_order(found: list) -> tuple:
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _possible(suggestions: list[Change], lost: list[Span]) -> list[Change]:
    """The suggestions, each place once, that what is left of a lost character allows."""
    left = {(one.start, one.end): one.candidates for one in lost}
    allowed = {(one.start, one.end, one.after): one for one in reversed(suggestions)
               if one.after in (left.get((one.start, one.end)) or (one.after,))}
    return list(allowed.values())


def _table(here: Repaired, table: Table) -> Table:
    """A table by its places in the original."""
    rows = tuple(tuple(Cell("", tuple(here.origin(*span) for span in cell.spans)) for cell in row)
                 for row in table.rows)
    return Table(*here.origin(table.start, table.end), rows, table.why)


def _read(done: Repaired, table: Table) -> Table:
    """A table with the clean text of its cells."""
    return replace(table, rows=tuple(tuple(replace(cell, text=_words(done, cell)) for cell in row)
                                     for row in table.rows))


def _words(done: Repaired, cell: Cell) -> str:
    """The pieces of a cell: a sentence that ended is a line, a name and a number stand apart."""
    text = ""
    for span in cell.spans:
        piece = done.text[slice(*done.clean(*span))]
        if text and text[-1] in SENTENCE_ENDS:
            text += "\n"
        elif text and piece[:1].isascii():
            text += " "
        text += piece
    return text


def _suggestion(here: Repaired, edit: Edit) -> Change:
    start, end = here.origin(edit.start, edit.end)
    return Change(edit.kind, start, end, here.original[start:end], edit.after, edit.confidence, edit.why)
