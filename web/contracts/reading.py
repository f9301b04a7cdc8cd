"""The contract form, read into the terms that engagements judges; every unreadable box is named at once."""

import uuid

from flask import current_app, request
from flask_babel import gettext as _

from engagements.claims import claimed_contract
from engagements.contract_terms import Terms
from ingestion import amounts, files, validation
from ingestion.findings import Findings
from models.claims import ClaimedContract
from models.contracts import ContractRevision
from models.demands import CooperationType
from models.engagements import Engagement
from models.errors import Invalid
from models.files import StoredFile
from models.money import wan
from web.contracts.prefill import Prefill, asked, boxes_of
from web.identity import me
from web.sessions import db

TEXTS = ("contract_number", "name", "party_a", "party_b")
DAYS = ("signed_on", "starts_on", "ends_on")
BOXES = (*TEXTS, "type", "amount", "expected_benefit", "note",
         *(f"{day}-{part}" for day in DAYS for part in ("year", "month", "day")))


def read_terms(present: ContractRevision | None) -> Terms:
    """What the form says. A correction without a new file keeps the scan of `present`. Invalid names every fault."""
    form, found = request.form, Findings()
    kind = found.check(validation.choice, form.get("type"), CooperationType, "type", _("选合同类型"))
    for name, label in _labels().items():
        found.check(validation.line, form.get(name), name, label, most=200, least=1)
    signed_on = found.check(_day)
    starts_on, ends_on = (found.check(_day_or_none, name, _("合同期限")) for name in ("starts_on", "ends_on"))
    amount = found.check(_yuan, "amount", _("合同金额"))
    benefit = found.check(_yuan, "expected_benefit", _("预计创效"))
    kept = kept_scan()
    scan_id = found.check(uploaded, "scan", kept.id if kept else present.scan_id if present else None, _("合同扫描件"))
    found.settle()
    texts = {name: form.get(name, "") for name in TEXTS}
    return Terms(type=kind, signed_on=signed_on, amount=amount, expected_benefit=benefit, scan_id=scan_id,
                 starts_on=starts_on, ends_on=ends_on, **texts)


def uploaded(field: str, present: uuid.UUID | None, label: str) -> uuid.UUID:
    """The id of the file the form carries, stored; `present` where none was chosen. Invalid where there is neither."""
    upload = request.files.get(field)
    if upload is None or not upload.filename:
        if present is None:
            raise Invalid(_("上传%(label)s，PDF 或图片", label=label), field=field)
        return present
    return files.store(db(), current_app.extensions["settings"], me(), upload.filename, upload.stream, field).id


def kept_scan() -> StoredFile | None:
    """The file that was uploaded to be read, which may serve as the scan: only the uploader's own."""
    kept = request.form.get("kept_scan", type=uuid.UUID)
    scan = db().get(StoredFile, kept) if kept else None
    return scan if scan is not None and scan.uploaded_by_id == me().id else None


def typed_or(engagement: Engagement, present: ContractRevision | None, read: Prefill | None = None) -> dict[str, str]:
    """What the boxes show: what was read from a file or typed, else the present revision, else what the demand says."""
    if read is not None:
        return _known(engagement, present) | read.values
    if request.method == "POST" and not asked():
        return {name: request.form.get(name, "") for name in BOXES}
    return _known(engagement, present)


def _known(engagement: Engagement, present: ContractRevision | None) -> dict[str, str]:
    if present is not None:
        return _days_of(present) | _texts_of(present)
    claim = claimed_contract(db(), engagement)
    if claim is not None:
        return _days_of(claim) | _texts_of(claim)
    demand = engagement.demand
    return {"name": demand.title, "type": demand.cooperation_type or "", "party_a": demand.organisation.name,
            "party_b": engagement.expert.organisation.name}


def _texts_of(present: ContractRevision | ClaimedContract) -> dict[str, str]:
    return {"contract_number": present.contract_number, "name": present.name, "type": present.type.value,
            "amount": _plain(present.amount), "expected_benefit": _plain(present.expected_benefit),
            "party_a": present.party_a, "party_b": present.party_b, "note": ""}


def _days_of(present: ContractRevision | ClaimedContract) -> dict[str, str]:
    """The boxes of every day that is written down."""
    days = ((name, getattr(present, name)) for name in DAYS)
    return {box: text for name, day in days if day is not None for box, text in boxes_of(name, day).items()}


def _labels() -> dict[str, str]:
    return dict(zip(TEXTS, (_("合同编号"), _("合同名称"), _("甲方"), _("乙方")), strict=True))


def _plain(amount) -> str:
    return wan(amount).replace(",", "")


def _yuan(field: str, label: str):
    amount = amounts.yuan(request.form.get(field), field, label)
    if amount is None:
        raise Invalid(_("写%(label)s，单位是万元", label=label), field=field)
    return amount


def _day_or_none(field: str, label: str):
    return amounts.day(*(request.form.get(f"{field}-{part}") for part in ("year", "month", "day")), field, label)


def _day():
    parts = (request.form.get(f"signed_on-{part}") for part in ("year", "month", "day"))
    day = amounts.day(*parts, "signed_on", _("签订日期"))
    if day is None:
        raise Invalid(_("写签订日期，照合同上的写"), field="signed_on")
    return day
