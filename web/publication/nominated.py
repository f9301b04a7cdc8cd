"""推荐申报 as a sheet, for the body that gives the honour."""

from flask_babel import gettext as _

from contests.publication.certificates import award_words
from contests.publication.nominations import honours, nominations, recipient
from contests.rules.kinds import AwardDerivesAwardRule
from contests.seasons import definition_of
from models.after_award import Nomination, NominationOutcome, PropertyStatus
from web import access
from web.downloads import attachment
from web.limits import EXPORT, limiter
from web.seasons.finding import find_season
from web.sessions import db
from web.sheets import XLSX, workbook


@access.staff
@limiter.limit(EXPORT)
def export(season_id):
    """Who is recommended for what on the strength of which award, one a row, with the state of the patent."""
    season = find_season(season_id)
    rules = {rule.code: rule for rule in honours(definition_of(season))}
    header = [_("荣誉"), _("推荐给"), _("推荐谁"), _("单位"), _("凭什么"), _("证书编号"), _("依据"), _("专利"), _("专利号或申请号"), _("结果"),
              _("结果日期")]
    rows = [_line(row, rules.get(row.honour)) for row in nominations(db(), season.id)]
    name = _("推荐申报-%(year)s", year=season.year)
    return attachment(workbook(_("推荐申报"), header, rows), f"{name}.xlsx", XLSX)


def _line(row: Nomination, rule: AwardDerivesAwardRule | None) -> list[str]:
    held = {PropertyStatus.none: _("没有"), PropertyStatus.applied: _("已申请"), PropertyStatus.granted: _("已授权")}
    came = {NominationOutcome.sent: _("已推荐"), NominationOutcome.granted: _("已授予"), NominationOutcome.refused: _("没有授予")}
    line = row.certificate.line
    return [rule.award if rule else row.honour, rule.issuer if rule else "",
            recipient(row.certificate, rule) if rule else line.name, line.organisation, award_words(row.certificate)[1],
            row.certificate.number, row.minutes, held[row.property_status], row.property_number, came[row.outcome],
            row.outcome_on.isoformat() if row.outcome_on else ""]
