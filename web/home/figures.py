"""The four figures of the first page; each opens what it counts."""

from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from engagements.statistics import Measure, facts
from models.base import today
from web.demands import listing
from web.demands.filters import Filters
from web.display import wan
from web.experts.listing import admitted


def figures(session: Session) -> list[dict]:
    """Open demands, admitted experts, this year's verified contracts and their amount."""
    verified = facts(session, Measure.verified, today().year)
    amount = sum((fact.amount for fact in verified), Decimal(0))
    return [
        {"label": _("正在张榜"), "value": f"{listing.count(session, Filters()):,}", "unit": _("条"),
         "note": _("看全部需求"), "url": url_for("demands.hall")},
        {"label": _("已入驻专家与工匠"), "value": f"{admitted(session):,}", "unit": _("人"),
         "note": _("按领域看"), "url": url_for("experts.hall")},
        {"label": _("今年已核验合同"), "value": f"{len(verified):,}", "unit": _("份"),
         "note": _("看核验办法"), "url": url_for("guide.show", _anchor="verify")},
        {"label": _("已核验合同金额"), "value": wan(amount) or "0", "unit": _("万元"),
         "note": _("只算今年签订、原件已核的"), "url": None},
    ]
