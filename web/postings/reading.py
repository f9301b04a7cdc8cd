"""The fields of the posting form, read into the forms that ingestion checks."""

import re

from werkzeug.datastructures import MultiDict

from ingestion.demand_forms import MAX_TARGETS, DisclosureForm, ProblemForm, StepForm, TargetRow, TargetsForm
from matching.reasons.reading import read_targets
from models.demands import Demand

ROW = re.compile(r"target-(\d{1,3})-(?:what|figure|measure)")
AROUND = re.compile(r"^(?:希望|力争|争取|最好)|(?:控制|保持)?[在为到至]$")
"""What stands around a requirement in a sentence and not in a table."""
LONGEST = 60
"""Characters of a target's text in the form."""
TYPED_ROWS = 50
"""Rows read from one form; more than a form may keep, so that the message can count them."""
NICE_TO_HAVE = "0"


def read_out(demand: Demand) -> tuple[TargetRow, ...]:
    """Rows read out of a demand's free text, for its author to correct; none where targets are written already.

    Those with a figure; the subjects alone where the text has none. Saved only when the author saves them.
    """
    if demand.targets:
        return ()
    found = read_targets(demand.title, demand.problem)
    found = [target for target in found if target.figure] or found
    return tuple(TargetRow(AROUND.sub("", target.what[:LONGEST]) or target.what[:LONGEST], target.figure[:LONGEST],
                           target.measure, target.required) for target in found[:MAX_TARGETS])


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
