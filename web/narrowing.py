"""What narrows a list of recommendations: read from the address, and offered as plain selects above the list."""

from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from matching.candidates import DemandFilters, ExpertFilters
from models.accounts import ExpertKind
from models.demands import CooperationType
from web import names
from web.demands import listing
from web.demands.filters import Filters
from web.options import districts
from web.sessions import db

BUDGETS = ("10", "20", "50", "100")
"""万元 that a demand's budget must reach."""
WAN = 10_000
LONGEST = 40


@dataclass(frozen=True)
class Choice:
    """One select: `options` are (value, text), the first of them standing for no choice."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


def demand_choices(args: MultiDict) -> list[Choice]:
    """Selects for an expert's list of demands; trades are those that have an open demand."""
    trades = sorted((names.industry(code), code) for code in listing.facet(db(), "field", Filters()))
    return [
        _choice(args, "district", _("区市"), districts("")),
        _choice(args, "field", _("行业"), [(code, name) for name, code in trades]),
        _choice(args, "budget", _("投入"), [(wan, _("%(n)s 万元以上", n=wan)) for wan in BUDGETS]),
        _choice(args, "type", _("合作方式"), [(kind.value, str(text)) for kind, text in names.COOPERATION.items()]),
    ]


def demand_filters(args: MultiDict) -> DemandFilters:
    """The same choices for the matcher; what is not offered narrows nothing."""
    chosen = {choice.name: choice.value for choice in demand_choices(args) if choice.value}
    return DemandFilters(
        districts=_one(chosen.get("district")), industries=_one(chosen.get("field")),
        cooperation_type=CooperationType(chosen["type"]) if "type" in chosen else None,
        budget_min=Decimal(chosen["budget"]) * WAN if "budget" in chosen else None)


def expert_choices(args: MultiDict) -> list[Choice]:
    """Selects for an enterprise's list of experts."""
    return [
        _choice(args, "district", _("区市"), districts("")),
        _choice(args, "kind", _("哪类专家"), [(kind.value, str(text)) for kind, text in names.EXPERT_KIND.items()]),
        _choice(args, "free", _("手上"), [("1", _("现在能接"))]),
    ]


def expert_filters(args: MultiDict) -> ExpertFilters:
    chosen = {choice.name: choice.value for choice in expert_choices(args) if choice.value}
    return ExpertFilters(districts=_one(chosen.get("district")), field=field_words(args),
                         kind=ExpertKind(chosen["kind"]) if "kind" in chosen else None, available="free" in chosen)


def field_words(args: MultiDict) -> str:
    """The words of a field that a person typed, without what cannot be printed."""
    return " ".join("".join(char for char in args.get("field", "") if char.isprintable()).split())[:LONGEST]


def _choice(args: MultiDict, name: str, label: str, options: list[tuple[str, str]]) -> Choice:
    value = args.get(name, "")
    return Choice(name, label, [("", _("不限")), *options], value if value in {key for key, _text in options} else "")


def _one(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()
