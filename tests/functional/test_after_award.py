"""The money and what follows it, on the pages: wrong roles, wrong figures, and a sheet no formula hides in."""

import io

import openpyxl
import pytest

from models.after_award import Nomination, Payment, PropertyStatus, TaxTreatment
from models.base import clock_at
from tests import factories
from tests.support import awarding

TAX = {"treatment": "occasional", "basis": "《个人所得税法》第二条第九项", "source": "财务科意见"}
PAID = {"gross": "１０,000 元", "paid_on-year": "2026", "paid_on-month": "12", "paid_on-day": "16", "voucher": "=1+1"}


@pytest.fixture(autouse=True)
def _afterwards():
    with clock_at(awarding.AFTER):
        yield


@pytest.fixture
def clerk(session):
    return factories.staff(session)


@pytest.fixture
def season(session):
    return awarding.decided(session)


@pytest.fixture
def certificate(session, clerk, season):
    return awarding.published(session, awarding.notice(session, clerk, season), clerk)[0]


@pytest.fixture
def staff(client, clerk):
    return client.login(clerk)


def at(certificate) -> str:
    return f"/staff/publication/certificates/{certificate.id}/payment"


def test_without_a_confirmed_treatment_the_page_says_so_with_the_law(staff, session, certificate):
    answer = staff.post(at(certificate), data=PAID)
    assert (answer.status_code, session.query(Payment).count()) == (422, 0)
    assert "扣缴义务人" in answer.text
    assert 'value="１０,000 元"' in answer.text


def test_an_award_is_paid_and_stands_in_the_sheet_as_text_and_numbers(staff, session, season, certificate):
    certificate.line.name = '=HYPERLINK("http://x","y")'
    assert staff.post(f"/staff/publication/{season.id}/tax", data=TAX).status_code == 302
    assert staff.post(at(certificate), data=PAID).status_code == 302
    assert staff.post(at(certificate), data=PAID).status_code == 409
    assert "8,000.00" in staff.get(f"/staff/publication/{season.id}/payments").text
    sheet = openpyxl.load_workbook(io.BytesIO(staff.get(f"/staff/publication/{season.id}/payments.xlsx").data)).active
    row = list(sheet[2])
    assert [cell.value for cell in row[4:8]] == [10000, 2000, 8000, 20]
    assert {cell.data_type for cell in sheet["B"] + sheet["K"]} <= {"s", "n"}
    assert row[1].value.startswith("'=")
    assert "应发 10,000.00 元" in staff.login(certificate.line.award.entry.user).get("/certificates/mine").text


@pytest.mark.parametrize("changes", [{"gross": "1万"}, {"gross": ""}, {"gross": "NaN"}, {"gross": "-5"},
                                     {"gross": "1e3000"}, {"gross": "10001"}, {"paid_on-day": "31"},
                                     {"paid_on-day": ""}, {"voucher": ""}])
def test_what_does_not_fit_changes_nothing(staff, session, season, certificate, changes):
    staff.post(f"/staff/publication/{season.id}/tax", data=TAX)
    answer = staff.post(at(certificate), data=PAID | changes)
    assert (answer.status_code, session.query(Payment).count()) == (422, 0)


@pytest.mark.parametrize("changes", [{"treatment": ""}, {"treatment": "none"}, {"basis": " "}, {"source": ""}])
def test_a_treatment_is_chosen_with_its_article_and_its_source(staff, session, season, certificate, changes):
    answer = staff.post(f"/staff/publication/{season.id}/tax", data=TAX | changes)
    assert (answer.status_code, session.query(TaxTreatment).count()) == (422, 0)


def test_each_page_opens_for_staff_and_for_nobody_else(client, session, clerk, season, certificate):
    pages = [f"/staff/publication/{season.id}/{name}" for name in (
        "payments", "payments.xlsx", "follow-ups", "services", "nominations", "nominations.xlsx", "certificates")] + [
        f"/staff/publication/{season.id}", at(certificate)]
    assert {client.login(clerk).get(page).status_code for page in pages} == {200}
    assert {client.login(factories.contact(session)).get(page).status_code for page in pages} == {403}


def test_a_service_that_the_contest_does_not_offer_is_told(client, session, certificate):
    client.login(certificate.line.award.entry.user)
    answer = client.post(f"/certificates/{certificate.id}/services", data={"service": "media", "wish": "x"})
    assert answer.status_code == 422


def test_recommendations_leave_as_a_sheet(staff, session, clerk, season, certificate):
    factories.add(session, Nomination(certificate=certificate, honour="medal", minutes="=党组会议纪要", nominated_by=clerk,
                                      property_status=PropertyStatus.granted, property_number="ZL2026"))
    data = staff.get(f"/staff/publication/{season.id}/nominations.xlsx").data
    header, row = [[cell.value for cell in line] for line in openpyxl.load_workbook(io.BytesIO(data)).active]
    told = dict(zip(header, row, strict=True))
    assert (told["推荐谁"], told["专利"], told["专利号或申请号"]) == (certificate.line.name, "已授权", "ZL2026")
    assert told["依据"].startswith("'=")
