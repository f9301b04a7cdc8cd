import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

import pytest

from engagements.contract_terms import Frame, Terms, checked
from models.contracts import fingerprint, normal_number
from models.demands import CooperationType
from models.errors import Invalid

TODAY = dt.date(2026, 11, 22)
FRAME = Frame(Decimal(300000), Decimal(500000), TODAY)
TERMS = Terms("LG-JS-2026-014", "钓竿插接", CooperationType.development, dt.date(2026, 6, 18), Decimal(380000),
              Decimal(1000000), "甲公司", "海岬大学", uuid.UUID(int=1))


def complaint(frame=FRAME, **changes) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        checked(dataclasses.replace(TERMS, **changes), frame)
    return refusal.value


def test_sound_terms_pass_cleaned():
    assert checked(dataclasses.replace(TERMS, name="  钓竿  插接 "), FRAME).name == "钓竿 插接"


def test_a_slip_of_ten_thousand_is_named():
    error = complaint(amount=Decimal(380000) * 10000)
    assert error.field == "amount"
    assert "当成“万元”" in error.message


def test_the_inverse_slip_is_named_too():
    assert "多除了一次" in complaint(amount=Decimal("38")).message


@pytest.mark.parametrize(("changes", "field"), [
    ({"amount": Decimal(0)}, "amount"), ({"amount": Decimal(-1)}, "amount"), ({"amount": Decimal("1.001")}, "amount"),
    ({"amount": Decimal("NaN")}, "amount"), ({"expected_benefit": Decimal(-1)}, "expected_benefit"),
    ({"expected_benefit": Decimal(380000) * 10000}, "expected_benefit"),
    ({"signed_on": dt.date(2026, 11, 23)}, "signed_on"), ({"signed_on": dt.date(1999, 1, 1)}, "signed_on"),
    ({"contract_number": "——"}, "contract_number"), ({"contract_number": " "}, "contract_number"),
    ({"name": ""}, "name"), ({"party_b": "甲 公司"}, "party_b"), ({"party_a": "甲\x07"}, "party_a"),
    ({"name": "字" * 201}, "name"),
])
def test_what_cannot_be_is_refused_beside_its_field(changes, field):
    assert complaint(**changes).field == field


def test_without_a_budget_only_the_absolute_limit_holds():
    frame = Frame(None, None, TODAY)
    checked(dataclasses.replace(TERMS, amount=Decimal(900_000_000)), frame)
    assert complaint(frame, amount=Decimal("10000000001")).field == "amount"


@pytest.mark.parametrize("other", ["lg-js-2026-014", "ＬＧ－ＪＳ－２０２６－０１４", "LG JS 2026 014", "LG—JS〔2026〕014"])
def test_the_same_number_written_differently_has_one_fingerprint(other):
    firm = uuid.UUID(int=7)
    assert fingerprint(firm, other) == fingerprint(firm, "LG-JS-2026-014")


def test_different_numbers_stay_apart():
    assert normal_number("威合 2026-1") != normal_number("威合 2026-2")
    assert fingerprint(uuid.UUID(int=1), "A1") != fingerprint(uuid.UUID(int=2), "A1")
