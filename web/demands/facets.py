"""The hall's filter rows, chosen conditions and orders, as macros/demands.html draws them."""

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.codes import counties
from models.demands import CooperationType
from web import names
from web.chrome import city_code
from web.demands import listing
from web.demands.filters import Filters

FIELDS_SHOWN = 10


def budget_names() -> dict[str, str]:
    return {"under20": _("20 万元以内"), "20to50": _("20–50 万元"), "50to100": _("50–100 万元"),
            "over100": _("100 万元以上"), "open": _("面议")}


def value_names(kind: str) -> dict[str, str]:
    """The names of one kind's values that are always offered (districts of the city, contract types, budgets)."""
    if kind == "district":
        return counties(city_code())
    return {str(key): str(name) for key, name in names.COOPERATION.items()} if kind == "type" else budget_names()


def name_of(kind: str, value: str) -> str:
    if kind == "field":
        return names.industry(value, 3) or value
    if kind == "type":
        return str(names.COOPERATION[CooperationType(value)])
    return names.district(value) or value if kind == "district" else budget_names()[value]


def rows(session: Session, filters: Filters, found) -> list[tuple[str, list[dict]]]:
    """(name of the row, its options) for the filter panel; each option knows how many demands it would give."""
    return [
        (_("行业"), _many(session, "field", filters, found)), (_("需求类型"), _many(session, "type", filters, found)),
        (_("区市"), _many(session, "district", filters, found)), (_("投入"), _budgets(session, filters, found)),
        (_("能不能揭"), _openness(session, filters, found)),
    ]


def _option(text: str, count: int | None, target: Filters, on: bool) -> dict:
    return {"text": text, "count": count, "url": target.url(), "on": on}


def _many(session: Session, kind: str, filters: Filters, found) -> list[dict]:
    counts = listing.facet(session, kind, filters, found)
    chosen = getattr(filters, kind)
    offered = list(counts)[:FIELDS_SHOWN] if kind == "field" else list(value_names(kind))
    offered += [value for value in (*chosen, *(counts if kind == "district" else ())) if value not in offered]
    everything = _option(_("全部"), None, filters.without(kind), not chosen)
    shown = [value for value in offered if value in chosen or counts.get(value) or kind != "field"]
    return [everything, *(_option(name_of(kind, value), counts.get(value, 0), filters.toggled(kind, value),
                                  value in chosen) for value in shown)]


def _budgets(session: Session, filters: Filters, found) -> list[dict]:
    counts = listing.budget_facet(session, filters, found)
    return [_option(_("不限"), None, filters.without("budget"), not filters.budget),
            *(_option(name, counts[key], replace(filters, budget=key), filters.budget == key)
              for key, name in budget_names().items())]


def _openness(session: Session, filters: Filters, found) -> list[dict]:
    still_open, everything = replace(filters, taken=False), replace(filters, taken=True)
    return [_option(_("只看可揭"), listing.count(session, still_open, found), still_open, not filters.taken),
            _option(_("全部（含已揭榜）"), listing.count(session, everything, found), everything, filters.taken)]


def chips(filters: Filters) -> list[dict]:
    """The chosen conditions, each with the address without it."""
    shown = [{"text": name_of(kind, value), "url": filters.without(kind, value).url()}
             for kind in ("field", "type", "district") for value in getattr(filters, kind)]
    if filters.budget:
        shown.append({"text": name_of("budget", filters.budget), "url": filters.without("budget").url()})
    if filters.q:
        shown.insert(0, {"text": f"“{filters.q}”", "url": filters.without("q").url()})
    return shown


def sorts(filters: Filters) -> list[dict]:
    offered = {"deadline": _("最近到期"), "newest": _("最新发布"), "budget": _("投入从高到低")}
    if filters.q:
        offered = {"fit": _("按贴合程度"), **offered}
    current = filters.sort if filters.sort in offered else next(iter(offered)) if filters.q else "newest"
    return [{"text": text, "url": replace(filters, sort=key).url(), "on": key == current}
            for key, text in offered.items()]


def way_out(session: Session, filters: Filters, found) -> dict | None:
    """Which single condition to drop when nothing is left: the one that gives most back. None where none helps."""
    kinds = [kind for kind in ("field", "type", "district", "budget") if getattr(filters, kind)]
    ways = [(filters.without(kind), _("、").join(name_of(kind, value) for value in _values(filters, kind)))
            for kind in kinds]
    if not filters.taken:
        ways.append((replace(filters, taken=True), _("只看可揭")))
    if filters.q:
        ways.append((filters.without("q"), filters.q))
    counted = [(listing.count(session, way, None if not way.q else found), way, text) for way, text in ways]
    best = max(counted, key=lambda one: one[0], default=None)
    return {"count": best[0], "url": best[1].url(), "text": best[2]} if best and best[0] else None


def _values(filters: Filters, kind: str) -> tuple[str, ...]:
    held = getattr(filters, kind)
    return held if isinstance(held, tuple) else (held,)
