"""The thesaurus as a sheet: taken out whole, and brought in again by the same columns."""

import pathlib
import tempfile
import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from ingestion.sheets import tables
from matching.thesaurus.edits import MOST_ROWS, Draft, SheetReport, SheetRow, bring_in, split_words
from matching.thesaurus.table import listed
from matching.thesaurus.thesaurus import SEPARATOR, GroupKind
from models.errors import Invalid
from web import access, names
from web.downloads import attachment
from web.identity import me
from web.limits import EXPORT, UPLOAD, limiter
from web.refusals import NONE, refusal_of
from web.sessions import db
from web.sheets import XLSX, workbook

ID, WORDS, KIND, NOTE, STATE, ORIGIN = COLUMNS = ("编号", "词", "类别", "说明", "状态", "来历")
"""The same in every language of the page: a sheet taken out is one that can be brought in."""
KINDS = {"同义词": GroupKind.synonym, "缩写": GroupKind.abbreviation, "外文名或化学式": GroupKind.translation,
         "说法相近": GroupKind.wording, "整词": GroupKind.whole}
STATES = {"": True, "在用": True, "停用": False}
ERRORS_SHOWN = 50


@access.staff
@limiter.limit(EXPORT)
def export():
    named = {kind: name for name, kind in KINDS.items()}
    rows = [(str(one.id), SEPARATOR.join(one.group.words), named[one.group.kind], one.row.note if one.row else "",
             "在用" if one.active else "停用", "随程序" if one.shipped else "自建") for one in listed(db())]
    return attachment(workbook("同义词表", COLUMNS, rows), "jiebang-thesaurus.xlsx", XLSX)


@access.staff
@limiter.limit(UPLOAD, methods=["POST"])
def page():
    report, refusal = None, NONE
    if request.method == "POST":
        only_check = "check" in request.form
        try:
            report = _bring_in(_uploaded(), only_check)
        except Invalid as error:
            refusal = refusal_of(error)
        if report and not report.errors and not only_check:
            flash(_("导入了：新增 %(added)s 组，修改 %(changed)s 组，%(same)s 组没有变", added=report.added,
                    changed=report.changed, same=report.unchanged), "success")
            return redirect(url_for("thesaurus.list"))
    status = 422 if report and report.errors else refusal.status
    return render_template("thesaurus/sheet.html", report=report, refusal=refusal, errors=refusal.errors,
                           failed=status >= 400, shown=ERRORS_SHOWN, columns=COLUMNS, kinds=list(KINDS),
                           kind_names=names.GROUP_KIND), status


def _uploaded() -> FileStorage:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(_("选一份 XLSX 或 CSV"), field="file")
    return upload


def _bring_in(upload: FileStorage, only_check: bool) -> SheetReport:
    suffix = pathlib.PurePath(upload.filename or "").suffix.lower()
    with tempfile.TemporaryDirectory(prefix="jiebang-thesaurus-") as folder:
        path = pathlib.Path(folder) / f"sheet{suffix}"
        upload.save(path)
        rows = tables.read(path)
    if len(rows) > MOST_ROWS:
        raise Invalid(_("一次最多 %(most)s 行，现在 %(n)s 行", most=MOST_ROWS, n=len(rows)), field="file")
    if rows and not {WORDS, KIND} <= set(rows[0].cells):
        raise Invalid(_("表头要有“词”和“类别”两列"), field="file")
    report = SheetReport()
    read = [found for row in rows if (found := _row(row, report)) is not None]
    return bring_in(db(), me(), read, report, dry_run=only_check)


def _row(row: tables.Row, report: SheetReport) -> SheetRow | None:
    """A row as a draft; None, with the reason in the report, where it is none."""
    cells = {name: row.cells.get(name, "").strip().removeprefix("'") for name in COLUMNS}
    try:
        if row.error:
            raise Invalid(row.error, field="")
        return SheetRow(row.number, _id(cells[ID]),
                        Draft(split_words(cells[WORDS]), _chosen(KINDS, cells[KIND], KIND),
                              " ".join(cells[NOTE].split())), _chosen(STATES, cells[STATE], STATE))
    except Invalid as error:
        report.errors.append((row.number, error.field or "", error.message))
        return None


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise Invalid(_("没有这个编号。新增的组，编号留空"), field=ID) from None


def _chosen(choices: dict, text: str, column: str):
    if text not in choices:
        raise Invalid(_("要写%(choices)s", choices="、".join(filter(None, choices))), field=column)
    return choices[text]
