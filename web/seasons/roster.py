"""The roster (名册) as a spreadsheet: one row an entrant. Phone numbers stay on the sheets."""

from flask_babel import gettext as _

from contests.definition import Track
from contests.roster import Entrant, entrants
from contests.seasons import definition_of
from models.contests import Season
from models.money import wan_figure
from web import access, sheets
from web.display import moment
from web.downloads import attachment
from web.entries.wording import STATUS
from web.limits import EXPORT, limiter
from web.seasons.finding import find_season
from web.seasons.gaps import gaps
from web.sessions import db


@access.staff
@limiter.limit(EXPORT)
def export(season_id):
    season = find_season(season_id)
    rows = [_row(track, one) for track in definition_of(season).tracks for one in entrants(db(), season, track)]
    return attachment(sheets.workbook(_("名册"), _header(), rows), _name(season), sheets.XLSX)


def _header() -> list[str]:
    return [_("组别"), _("姓名"), _("工作单位"), _("状态"), _("提交时间"), _("项目数"), _("合同金额（万元）"),
            _("产生的经济效益（万元）"), _("预计创效（万元）"), _("已核佐证"), _("全部佐证"), _("纸质收件日"), _("还缺什么"),
            _("申报不实"), _("台账号")]


def _row(track: Track, one: Entrant) -> list:
    """A figure that nobody reported stays empty, which is not zero."""
    entry = one.entry
    realised = "" if one.realised is None else wan_figure(one.realised)
    return [track.name, entry.name, entry.employer, STATUS[entry.status]()[0], moment(entry.submitted_at), one.projects,
            wan_figure(one.amount), realised, wan_figure(one.expected), one.verified, len(one.evidence),
            f"{entry.paper_received_on or ''}", _("、").join(gaps(one)), _("有") if one.sanctioned else "",
            "" if entry.ledger_index is None else entry.ledger_index]


def _name(season: Season) -> str:
    return _("名册-%(year)s", year=season.year) + ".xlsx"
