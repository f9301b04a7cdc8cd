"""The fields of each ledger leaf that publication writes. All are committed, none stands in the clear."""

from collections.abc import Mapping

from models.after_award import Payment
from models.contests import Season
from models.publication import Certificate, NoticeLine, Objection, PublicNotice, ResultDocument

Fields = Mapping[str, object]


def contest_of(season: Season) -> str:
    return f"{season.code}/{season.year}"


def notice(row: PublicNotice) -> Fields:
    """The whole list as it was shown, and the approval it rests on; it cites the leaves of the awards."""
    return {"notice": row.id, "contest": contest_of(row.season), "notice.number": row.number,
            "approved.by": row.approved_by, "approved.on": row.approved_on, "minutes": row.minutes,
            "minutes.file": row.minutes_file.sha256 if row.minutes_file else "", "days": row.days,
            "opened.on": row.opened_on, "last.day": row.last_day, "awards": [_line(line) for line in row.lines]}


def _line(line: NoticeLine) -> dict:
    return {"position": line.position, "name": line.name, "organisation": line.organisation, "track": line.track,
            "grade": line.grade, "rank": line.rank}


def withdrawal(row: PublicNotice, actor: str) -> Fields:
    return {"notice": row.id, "contest": contest_of(row.season), "reason": row.withdrawn_for, "actor.name": actor}


def objection(row: Objection, line: NoticeLine | None) -> Fields:
    """What was said and by what evidence; who said it stays out of the log."""
    return {"objection": row.number, "text": row.text, "position": line.position if line else 0,
            "files": [file.sha256 for file in row.files]}


def decision(row: Objection, actor: str) -> Fields:
    return {"objection": row.number, "finding": row.status.value, "answer": row.answer, "effect": row.effect,
            "actor.name": actor}


def result(row: ResultDocument) -> Fields:
    return {"document": row.id, "contest": contest_of(row.notice.season), "document.number": row.document_number,
            "title": row.title, "addressees": row.addressees, "body": row.body, "signed.by": row.signed_by,
            "dated": row.dated}


def certificate(row: Certificate) -> Fields:
    return {"certificate": row.number, **_line(row.line)}


def revocation(row: Certificate, actor: str) -> Fields:
    return {"certificate": row.number, "reason": row.revoked_for, "actor.name": actor}


def payment(row: Payment) -> Fields:
    return {"payment": row.id, "certificate": row.certificate.number, "gross": row.gross, "tax": row.tax,
            "net": row.net, "paid.on": row.paid_on, "voucher": row.voucher, "tax.basis": row.tax_treatment.basis}
