"""What stands on a registration form: the template's fixed words and one person's values, as plain data."""

from dataclasses import dataclass, replace
from decimal import Decimal

from contests.forms.text import clean_body, clean_line
from contests.parts import FormTemplate


@dataclass(frozen=True)
class FormRow:
    """One project: its name, the partner (or both parties), contract amount and expected benefit in 元."""

    project: str
    partner: str
    amount: Decimal | None
    expected_benefit: Decimal | None


@dataclass(frozen=True)
class RegistrationForm:
    """A filled annex. Signature, opinion and date stay blank: they are written by hand on the print."""

    template: FormTemplate
    name: str
    phone: str
    employer: str
    summary: str
    rows: tuple[FormRow, ...] = ()


def cleaned(form: RegistrationForm) -> RegistrationForm:
    """The form with every typed text made printable."""
    rows = tuple(replace(row, project=clean_line(row.project), partner=clean_line(row.partner)) for row in form.rows)
    return replace(form, name=clean_line(form.name), phone=clean_line(form.phone), employer=clean_line(form.employer),
                   summary=clean_body(form.summary), rows=rows)
