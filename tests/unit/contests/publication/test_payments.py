"""Prize money: within the notice's bounds, taxed as staff confirmed, once, and never before the result."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.publication.certificates import revoke_certificate
from contests.publication.payments import confirm_treatment, pay
from contests.publication.tax import withheld
from ledger import log
from models.after_award import Payment, Treatment
from models.base import clock_at
from models.errors import Conflict, Forbidden, Invalid, Refused
from tests import factories
from tests.support import awarding

PAY_DAY = dt.date(2026, 12, 16)


@pytest.fixture(autouse=True)
def _afterwards(_in_december):
    with clock_at(awarding.AFTER):
        yield


@pytest.fixture
def first(session, notice):
    return awarding.published(session, notice)[0]


@pytest.fixture
def taxed(session, staff, season):
    return confirm_treatment(session, staff, season, Treatment.occasional, basis="《个人所得税法》第二条第九项",
                             source="财务科 12 月 15 日意见")


def paid(session, staff, certificate, **changes) -> Payment:
    return pay(session, staff, certificate, **{"gross": Decimal(10000), "paid_on": PAY_DAY, "voucher": "记-12"}
               | changes)


def test_gross_tax_and_net_add_up_and_go_into_the_ledger(session, staff, first, taxed):
    payment = paid(session, staff, first, gross=Decimal("3333.33"))
    assert (payment.tax, payment.net) == (Decimal("666.67"), Decimal("2666.66"))
    leaf = log.entry(session, payment.ledger_index)
    assert (leaf.leaf.type, [one.index for one in leaf.leaf.references]) == ("award.paid", [first.ledger_index])


@pytest.mark.parametrize("gross", ["1999.99", "10000.01", "0", "-1"])
def test_outside_the_bounds_it_is_refused_with_the_clause(session, staff, first, taxed, gross):
    with pytest.raises(Refused, match="2,000 元到 10,000 元之间") as refused:
        paid(session, staff, first, gross=Decimal(gross))
    assert "2000 元至 1 万元现金奖励" in refused.value.clause
    assert session.query(Payment).count() == 0


def test_both_bounds_are_inside(session, staff, notice, taxed):
    certificates = awarding.published(session, notice)
    for certificate, gross in zip(certificates, (2000, 10000), strict=False):
        paid(session, staff, certificate, gross=Decimal(gross))
    assert session.query(Payment).count() == 2


def test_paying_twice_is_refused_and_names_the_voucher(session, staff, first, taxed):
    paid(session, staff, first)
    with pytest.raises(Conflict, match="记-12"):
        paid(session, staff, first, voucher="记-13")
    assert session.query(Payment).count() == 1


def test_who_moved_up_gets_no_more_than_the_bounds_for_both_awards_together(session, staff, season, first, taxed):
    """递补: the entry was paid for the award it held before, which was taken back for a better one."""
    paid(session, staff, first, gross=Decimal(6000))
    entry = first.line.award.entry
    first.line.award.revoked_at, first.line.award.revoked_for = awarding.AFTER, "递补到更高一等"
    session.flush()
    better = awarding.bare_certificate(session, awarding.bare_notice(
        session, season, awarding.award(session, entry), staff, 2), staff)
    with pytest.raises(Refused, match="加上先前那一等已发的 6,000"):
        paid(session, staff, better, gross=Decimal("4000.01"), paid_on=awarding.AFTER.date())
    assert paid(session, staff, better, gross=Decimal(4000), paid_on=awarding.AFTER.date()).gross == 4000


def test_until_staff_confirmed_the_tax_nothing_is_paid(session, staff, first):
    with pytest.raises(Refused, match="还没有确认") as refused:
        paid(session, staff, first)
    assert "扣缴义务人" in refused.value.clause


def test_what_was_paid_keeps_its_tax_when_the_treatment_changes(session, staff, season, first, taxed):
    payment = paid(session, staff, first)
    with clock_at(awarding.AFTER + dt.timedelta(hours=1)):
        confirm_treatment(session, staff, season, Treatment.exempt, basis="另有依据", source="税务局答复")
    assert (payment.tax, payment.tax_treatment.treatment) == (2000, Treatment.occasional)


@pytest.mark.parametrize(("changes", "kind", "field"), [
    ({"paid_on": None}, Invalid, "paid_on"), ({"paid_on": dt.date(2026, 12, 17)}, Invalid, "paid_on"),
    ({"paid_on": dt.date(2026, 12, 15)}, Refused, "paid_on"), ({"voucher": " "}, Invalid, "voucher"),
    ({"gross": Decimal("2000.001")}, Invalid, "gross"), ({"gross": Decimal("NaN")}, Invalid, "gross")])
def test_what_does_not_fit_names_its_field(session, staff, first, taxed, changes, kind, field):
    with pytest.raises(kind) as refused:
        paid(session, staff, first, **changes)
    assert (refused.value.field, session.query(Payment).count()) == (field, 0)


def test_a_revoked_award_is_not_paid(session, staff, first, taxed):
    revoke_certificate(session, staff, first, "申报不实")
    with pytest.raises(Refused, match="作废"):
        paid(session, staff, first)


def test_nobody_pays_themselves_and_members_pay_nobody(session, staff, first, taxed):
    first.line.award.entry.user = staff
    for person in (staff, factories.contact(session)):
        with pytest.raises(Forbidden):
            paid(session, person, first)


@pytest.mark.parametrize("changes", [{"basis": ""}, {"source": ""}])
def test_a_treatment_needs_its_article_and_who_confirmed_it(session, staff, season, changes):
    with pytest.raises(Invalid):
        confirm_treatment(session, staff, season, Treatment.exempt, **{"basis": "条款", "source": "答复"} | changes)


@given(st.decimals(2000, 10000, places=2), st.integers(0, 45))
def test_tax_is_whole_fen_within_half_a_fen_of_the_rate(gross, rate):
    tax = withheld(gross, rate)
    assert tax * 100 == (tax * 100).to_integral_value()
    assert abs(tax - gross * rate / 100) <= Decimal("0.005")
    assert 0 <= tax <= gross
