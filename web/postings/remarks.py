"""The remarks beside the posting form: what is good already, what would bring better matches."""

from flask_babel import gettext as _

from ingestion import amounts, hints
from ingestion.demand_forms import DisclosureForm, ProblemForm, StepForm, TargetsForm
from ingestion.hints import Hint
from ingestion.leaks import leaks
from models.base import today
from models.demands import Confidentiality
from models.errors import Invalid


def on(step: int, form: StepForm, full_text: str = "") -> list[Hint]:
    """Remarks on one step as typed so far. `full_text`: what an abstract must not give away."""
    match form:
        case ProblemForm():
            return hints.on_problem(form.title, form.problem)
        case TargetsForm():
            priced = form.negotiable or bool(form.budget_min.strip() or form.budget_max.strip())
            return hints.on_targets(list(form.targets), _deadline(form), today(), priced)
        case DisclosureForm():
            return _on_disclosure(form, full_text)
    return []


def _deadline(form: TargetsForm):
    try:
        return amounts.day(form.year, form.month, form.day, "deadline", "")
    except Invalid:
        return None  # half typed: the field says so once the step is saved


def _on_disclosure(form: DisclosureForm, full_text: str) -> list[Hint]:
    if form.confidentiality == Confidentiality.public:
        return [Hint(True, _("全文公开，推荐和搜索最容易找到"), "confidentiality")]
    found = leaks(form.abstract, full_text, form.secrets)
    if form.abstract.strip() and not found:
        return [Hint(True, _("摘要里没有看出能认出您的字"), "abstract")]
    return [Hint(False, _("摘要里的“%(words)s”可能让人认出您", words=leak.words), "abstract") for leak in found]
