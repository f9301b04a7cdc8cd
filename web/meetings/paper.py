"""The plan to print: a page for the browser, a PDF, a spreadsheet."""

from flask import render_template, request
from flask_babel import gettext as _

from engagements.meetings.clock import slots_of
from engagements.meetings.plans import base_of
from engagements.meetings.printing import render_schedule
from engagements.meetings.reading import meetings_of
from engagements.meetings.setup import find_day
from engagements.meetings.sheets import KINDS, paper_of
from models.errors import NotFound
from models.meetings import Meeting
from web import access, names, sheets
from web.display import moment
from web.downloads import attachment
from web.limits import EXPORT, limiter
from web.sessions import db

PDF = "application/pdf"


@access.staff
def show(activity_id):
    """One kind of sheet, bare, for the browser's printer."""
    day = find_day(db(), activity_id)
    return render_template("meetings/print.html", day=day, paper=paper_of(db(), day, base_of(db(), day)),
                           kind=_kinds("grid")[0])


@access.staff
@limiter.limit(EXPORT)
def pdf(activity_id):
    """All sheets, or those of one kind."""
    day = find_day(db(), activity_id)
    content = render_schedule(paper_of(db(), day, base_of(db(), day)), _kinds())
    return attachment(content, f"{day.activity.title}-{_('日程')}.pdf", PDF)


@access.staff
@limiter.limit(EXPORT)
def xlsx(activity_id):
    """A row a meeting, for staff: with answers and states."""
    day = find_day(db(), activity_id)
    header = [_("时段"), _("桌"), _("企业"), _("需求编号"), _("需求"), _("专家"), _("单位"), _("状态"), _("企业确认"), _("专家确认"),
              _("固定"), _("备注")]
    spans = [slot.span for slot in slots_of(day)]
    rows = [_row(spans, one) for one in meetings_of(db(), base_of(db(), day))]
    return attachment(sheets.workbook(_("日程"), header, rows), f"{day.activity.title}-{_('日程')}.xlsx", sheets.XLSX)


def _row(spans: list[str], one: Meeting) -> list:
    return [spans[one.slot] if one.slot < len(spans) else "", one.table + 1, one.demand.organisation.name,
            one.demand.number or "", one.demand.title, one.expert.name, one.expert.organisation.name,
            str(names.MEETING_STATE[one.state]), moment(one.enterprise_confirmed_at), moment(one.expert_confirmed_at),
            _("是") if one.pinned else "", one.note]


def _kinds(usual: str = "") -> tuple[str, ...]:
    """The kinds asked for: one, or all where the address names none. NotFound for any other."""
    kind = request.args.get("sheet", usual)
    if not kind:
        return KINDS
    if kind not in KINDS:
        raise NotFound(_("没有这种打印页"))
    return (kind,)
