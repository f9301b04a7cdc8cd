"""Prize money paid out: nothing before the tax is confirmed, nothing beyond the document's bounds, nothing twice."""

from collections.abc import Mapping
from decimal import Decimal

from contests.publication.payments import confirm_treatment, pay
from contests.publication.tax import BASES
from contests.scenarios.judging import Officials
from contests.scenarios.play import Play
from models.after_award import Treatment
from models.base import today
from models.publication import Certificate, ResultDocument

TREATMENT = Treatment.occasional
TOO_MUCH = Decimal("10000.01")


def pay_awards(run: Play, officials: Officials, document: ResultDocument, amounts: Mapping[str, str]) -> None:
    """`amounts`: grade code → gross, 元."""
    certificates = sorted(document.certificates, key=lambda one: one.line.position)
    first = certificates[0]
    with run.refusing("税怎么扣还没有确认就发奖金"):
        _pay(run, officials, first, Decimal(amounts[first.line.grade]))
    confirm_treatment(run.session, officials.second, document.notice.season, TREATMENT,
                      basis=BASES[TREATMENT].articles, source="虚构的财务部门意见")
    run.did(f"{officials.second.name}照财务意见确认按偶然所得代扣 {BASES[TREATMENT].rate}%")
    with run.refusing(f"给{first.line.name}多发一分钱"):
        _pay(run, officials, first, TOO_MUCH)
    for certificate in certificates:
        _pay(run, officials, certificate, Decimal(amounts[certificate.line.grade]))
    with run.refusing(f"给{first.line.name}再发一次"):
        _pay(run, officials, first, Decimal(amounts[first.line.grade]))


def _pay(run: Play, officials: Officials, certificate: Certificate, gross: Decimal) -> None:
    paid = pay(run.session, officials.first, certificate, gross=gross, paid_on=today(),
               voucher=f"记-{certificate.line.position:03d}")
    run.result(f"{certificate.line.name}　奖金 {paid.gross:,.2f} 元，扣税 {paid.tax:,.2f} 元，实发 {paid.net:,.2f} 元　"
               f"凭证号 {paid.voucher}")
