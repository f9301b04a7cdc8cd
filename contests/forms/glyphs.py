"""Find the characters that the form's font cannot print, so that they are marked and named instead of vanishing."""

import functools
import pathlib
from dataclasses import dataclass, replace

from fontTools.ttLib import TTFont

from contests.forms.form import RegistrationForm

FONTS = pathlib.Path(__file__).parent / "fonts"
BODY = FONTS / "NotoSerifSC-Regular.ttf"
MARK = "〓"
"""The printers' sign for a sort that is missing from the case."""


@dataclass(frozen=True)
class MissingGlyph:
    """A character without a glyph and the field it was typed in."""

    character: str
    field: str

    @property
    def code_point(self) -> str:
        return f"U+{ord(self.character):04X}"


@functools.cache
def printable() -> frozenset[int]:
    """The code points that the body font can print."""
    with TTFont(BODY, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_glyphs(form: RegistrationForm) -> list[MissingGlyph]:
    """Each character of the form that cannot be printed, once a field, in the order of the form."""
    found = (MissingGlyph(char, field) for field, text in _texts(form) for char in text
             if char != "\n" and ord(char) not in printable())
    return list(dict.fromkeys(found))


def marked(form: RegistrationForm) -> RegistrationForm:
    """The form with 〓 in the place of every character that cannot be printed."""
    rows = tuple(replace(row, project=_mark(row.project), partner=_mark(row.partner)) for row in form.rows)
    return replace(form, name=_mark(form.name), phone=_mark(form.phone), employer=_mark(form.employer),
                   summary=_mark(form.summary), rows=rows)


def _mark(text: str) -> str:
    return "".join(char if char == "\n" or ord(char) in printable() else MARK for char in text)


def _texts(form: RegistrationForm) -> list[tuple[str, str]]:
    template = form.template
    fields = [(template.name_label, form.name), (template.phone_label, form.phone),
              (template.employer_label, form.employer), (template.summary_label, form.summary)]
    for row in form.rows:
        fields += [(template.columns[0], row.project), (template.columns[1], row.partner)]
    return fields
