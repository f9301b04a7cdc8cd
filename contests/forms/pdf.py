"""A registration form as PDF, set by typst from vendored fonts, without network and without markup from people."""

import functools
import json
import pathlib

import typst

from contests.forms.form import FormRow, RegistrationForm, cleaned
from contests.forms.glyphs import FONTS, marked, missing_glyphs
from contests.forms.paging import ROW, WIDTHS, page
from contests.forms.wording import COPY_NAMES, SEE_ATTACHED, attached_head, missing_note, rest_attached
from models.money import wan

TEMPLATE = pathlib.Path(__file__).parent / "registration.typ"


def render_pdf(form: RegistrationForm) -> bytes:
    """All copies in one file; the same form gives the same bytes."""
    data = json.dumps(_values(cleaned(form)), ensure_ascii=False)
    return typst.compile(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), sys_inputs={"form": data},
                         ignore_system_fonts=True, timestamp=0)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _values(form: RegistrationForm) -> dict:
    """What registration.typ reads: strings and numbers only."""
    note, form = missing_note(missing_glyphs(form)), marked(form)
    paging = page(form)
    return {
        "template": form.template.model_dump(mode="json"),
        "copies": COPY_NAMES[:form.template.copies],
        "widths": WIDTHS, "row_height": ROW,
        "name": form.name, "phone": form.phone, "employer": form.employer,
        "summary": SEE_ATTACHED if paging.attached_summary else paging.summary,
        "summary_attached": bool(paging.attached_summary),
        "rows": [_row(row) for row in paging.rows],
        "rest": rest_attached(len(paging.attached_rows)) if paging.attached_rows else "",
        "blank_rows": paging.blank_rows,
        "attached": paging.attached,
        "attached_head": attached_head(form.name, form.template.group),
        "attached_summary": paging.attached_summary,
        "attached_rows": [_row(row) for row in paging.attached_rows],
        "missing_note": note,
    }


def _row(row: FormRow) -> dict[str, str]:
    return {"project": row.project, "partner": row.partner,
            "amount": wan(row.amount), "benefit": wan(row.expected_benefit)}
