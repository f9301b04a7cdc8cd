"""The dashboard's charts, as the chart macro takes them: entries and verifications day by day, amounts by district."""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _

from contests.definition import Definition
from contests.roster import Entrant
from contests.season_contracts import SeasonContract, sums
from contests.submission import REGISTRATION
from models.base import city_day, today
from models.contests import Season
from models.contracts import Finding
from models.money import wan_figure
from web.display import wan
from web.names import district

NOWHERE = Decimal(0)


def daily(season: Season, definition: Definition, people: dict[str, list[Entrant]],
          contracts: Sequence[SeasonContract]) -> dict:
    """How many had entered, and how many contracts were verified, by the end of each day of registration so far."""
    first, last = definition.phase(REGISTRATION).days or (today(), today())
    days = [first + dt.timedelta(days=n) for n in range((min(last, today()) - first).days + 1)]
    entered = sorted(city_day(one.entry.submitted_at)
                     for found in people.values() for one in found if one.submitted)
    verified = sorted(day for one in contracts if one.verified for day in _verified_on(one))
    series = [{"name": name, "data": [bisect.bisect_right(found, day) for day in days]}
              for name, found in ((_("报名（人）"), entered), (_("核验（份）"), verified))]
    return {"kind": "line", "stacked": False, "heading": _("日期"), "categories": [f"{day:%m-%d}" for day in days],
            "series": series, "unit": "", "summary": _("%(year)s 年报名 %(entered)s 人，已核合同 %(verified)s 份",
                                                       year=season.year, entered=len(entered), verified=len(verified))}


def districts(contracts: Sequence[SeasonContract]) -> dict:
    """Contract amounts in 万元 by the enterprise's district: verified, and waiting, on top of each other."""
    by_district = defaultdict(list)
    for one in contracts:
        by_district[one.contract.engagement.demand.district_code].append(one)
    found = sorted(by_district.items(), key=lambda item: -sums(item[1]).amount)
    series = [{"name": name, "data": [_wan(one for one in ones if one.verified is done) for _code, ones in found]}
              for name, done in ((_("已核"), True), (_("待核"), False))]
    return {"kind": "bar", "stacked": True, "heading": _("区市"), "categories": [district(code) for code, _ones in found],
            "series": series, "unit": _("万元"),
            "summary": _("合同金额合计 %(all)s 万元", all=wan(sums(contracts).amount))}


def _verified_on(one: SeasonContract) -> list[dt.date]:
    """The day of the approval that stands."""
    acts = one.collaboration.verifications
    return [city_day(act.at) for act in acts if act.finding is Finding.approved][-1:]


def _wan(contracts) -> float:
    return wan_figure(sum((one.amount for one in contracts), NOWHERE))
