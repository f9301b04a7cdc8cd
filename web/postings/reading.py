"""The fields of the posting form, read into the forms that ingestion checks."""

import re

from werkzeug.datastructures import MultiDict

from ingestion.demand_forms import DisclosureForm, ProblemForm, StepForm, TargetRow, TargetsForm

ROW = re.compile(r"target-(\d{1,3})-(?:what|figure|measure)")
TYPED_ROWS = 50
"""Rows read from one form; more than a form may keep, so that the message can count them."""
NICE_TO_HAVE = "0"


def step_form(step: int, fields: MultiDict) -> StepForm:
    """The form of step 1, 2 or 3 as typed."""
    if step == 1:
        return ProblemForm(*(fields.get(name, "") for name in ("title", "problem", "industry_code", "district_code")))
    if step == 2:
        return targets_form(fields)
    return DisclosureForm(*(fields.get(name, "") for name in ("confidentiality", "abstract", "offers", "ownership")))


def targets_form(fields: MultiDict) -> TargetsForm:
    return TargetsForm(
        targets=target_rows(fields), constraints=fields.get("constraints", ""), tried=fields.get("tried", ""),
        budget_min=fields.get("budget_min", ""), budget_max=fields.get("budget_max", ""),
        negotiable="negotiable" in fields, budget_sure="budget_sure" in fields,
        year=fields.get("deadline-year", ""), month=fields.get("deadline-month", ""),
        day=fields.get("deadline-day", ""), cooperation_type=fields.get("cooperation_type", ""))


def target_rows(fields: MultiDict) -> tuple[TargetRow, ...]:
    """The rows of the table in order of their numbers; numbers may have gaps where rows were taken out."""
    numbers = sorted({int(found[1]) for found in map(ROW.fullmatch, fields) if found})
    return tuple(
        TargetRow(fields.get(f"target-{n}-what", ""), fields.get(f"target-{n}-figure", ""),
                  fields.get(f"target-{n}-measure", ""), fields.get(f"target-{n}-required") != NICE_TO_HAVE)
        for n in numbers[:TYPED_ROWS])
