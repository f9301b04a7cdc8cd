"""The remarks beside the posting form: what is good already, what would bring better matches."""

from flask_babel import gettext as _

from ingestion import amounts, hints
from ingestion.demand_forms import DisclosureForm, ProblemForm, StepForm, TargetsForm
from ingestion.hints import Hint
from ingestion.leaks import Leak
from models.base import today
from models.demands import Confidentiality
from models.errors import Invalid
from web import leaks


def on(step: int, form: StepForm, found: list[Leak] | None = None) -> list[Hint]:
    """Remarks on one step as typed so far. `found`: what its abstract gives away."""
    match form:
        case ProblemForm():
            return hints.on_problem(form.title, form.problem)
        case TargetsForm():
            priced = form.negotiable or bool(form.budget_min.strip() or form.budget_max.strip())
            return hints.on_targets(list(form.targets), _deadline(form), today(), priced)
        case DisclosureForm():
            return _on_disclosure(form, found or [])
    return []


def _deadline(form: TargetsForm):
    try:
        return amounts.day(form.year, form.month, form.day, "deadline", "")
    except Invalid:
        return None  # half typed: the field says so once the step is saved


def _on_disclosure(form: DisclosureForm, found: list[Leak]) -> list[Hint]:
    if form.confidentiality == Confidentiality.public:
        return [Hint(True, _("全文公开，推荐和搜索最容易找到"), "confidentiality")]
    if form.confidentiality == Confidentiality.internal:
        return [Hint(True, _("大厅里看不到，只按全文给您配人"), "confidentiality")]
    if form.abstract.strip() and not found:
        return [Hint(True, _("摘要里没有看出能认出您的字"), "abstract")]
    return [Hint(False, _("“%(words)s”：%(what)s。%(todo)s", words=leak.words, what=leaks.kind_name(leak.kind),
                          todo=leaks.todo(leak.kind)), "abstract") for leak in found]
