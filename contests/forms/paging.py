"""What fits the one page of the form and what goes to the attached page (附页): the same for PDF and DOCX.

Lengths are millimetres. Widths of text are estimated from East Asian width (full = 1 em, half = ½ em) on the safe side.
"""

import math
import unicodedata
from dataclasses import dataclass

from contests.forms.form import FormRow, RegistrationForm

EM = 3.7
"""One character of 10.5 pt."""
LINE = 4.9
FIELD_EM, FIELD_LINE = 4.24, 6.6
"""12 pt, the size of the fields."""
ROW = 12.6
"""Two lines and the cell's inset."""
BLANK_ROWS = 6
ROWS_HEIGHT = BLANK_ROWS * ROW
TOLERANCE = 0.01
FIELD = 12.0
SUMMARY_LINES = 7
WIDTHS = (28.0, 26.0, 24.0, 28.0, 25.0, 25.0)
"""The grid. A field is 1+2+1+2 columns of it, a project row 2+2+1+1."""
WIDE = frozenset("MW@%mw")
SIDE, ABOVE = 4.0, 2.8
"""A cell's insets, both sides together."""


@dataclass(frozen=True)
class Paging:
    """`rows` and `blank_rows` stand on the form; `attached_rows` and `attached_summary` on the attached page."""

    summary: str
    attached_summary: str
    rows: tuple[FormRow, ...]
    attached_rows: tuple[FormRow, ...]
    blank_rows: int

    @property
    def attached(self) -> bool:
        return bool(self.attached_summary or self.attached_rows)


def page(form: RegistrationForm) -> Paging:
    """Fill the form page; what does not fit, and what follows it, is attached. Nothing is cut off."""
    fits = lines(form.summary, sum(WIDTHS) - SIDE, EM) <= SUMMARY_LINES
    room = ROWS_HEIGHT - _taller_fields(form)
    here = _rows_within(form.rows, room)
    if here < len(form.rows):
        here = _rows_within(form.rows, room - ROW)
    used = sum(row_height(row) for row in form.rows[:here]) + (ROW if here < len(form.rows) else 0)
    return Paging(summary=form.summary if fits else "", attached_summary="" if fits else form.summary,
                  rows=form.rows[:here], attached_rows=form.rows[here:],
                  blank_rows=max(0, math.floor((room - used) / ROW + TOLERANCE)))


def lines(text: str, width: float, em: float) -> int:
    """How many lines `text` takes in `width`; 0 for an empty one. A line break rule may move one character on."""
    per_line = max(1.0, width / em - 1)
    return sum(max(1, math.ceil(ems(line) / per_line)) for line in text.split("\n")) if text else 0


def ems(text: str) -> float:
    """The width of `text` in characters; letters are taken for capitals, the widest they come."""
    return sum(1.0 if char in WIDE or unicodedata.east_asian_width(char) in "WFA" else 0.65 for char in text)


def row_height(row: FormRow) -> float:
    project = lines(row.project, WIDTHS[0] + WIDTHS[1] - SIDE, EM)
    partner = lines(row.partner, WIDTHS[2] + WIDTHS[3] - SIDE, EM)
    return max(ROW, max(project, partner) * LINE + ABOVE)


def _rows_within(rows: tuple[FormRow, ...], room: float) -> int:
    used = 0.0
    for count, row in enumerate(rows):
        used += row_height(row)
        if used > room + TOLERANCE:
            return count
    return len(rows)


def _taller_fields(form: RegistrationForm) -> float:
    """How much the two field rows grow beyond their normal height."""
    name = lines(form.name, WIDTHS[1] + WIDTHS[2] - SIDE, FIELD_EM)
    phone = lines(form.phone, WIDTHS[4] + WIDTHS[5] - SIDE, FIELD_EM)
    employer = lines(form.employer, sum(WIDTHS[1:]) - SIDE, FIELD_EM)
    return sum(max(0.0, count * FIELD_LINE + ABOVE - FIELD) for count in (max(name, phone), employer))
