"""Terms that nobody could be judged by are refused for the value that is wrong; the others survive their JSON."""

import dataclasses
import json
from decimal import Decimal

import pytest

from contests.selection.terms import Cap, Criterion, Grade, Terms, check, from_document, to_document
from models.errors import Invalid

TERMS = Terms((Criterion("count", "项目数量", "项", Decimal("0.4")),
               Criterion("amount", "合同金额", "元", Decimal("0.6"), Decimal(5_000_000))),
              (Grade("first", "一等奖", 3), Grade("second", "二等奖", None, Decimal("60.5"))),
              (Cap("firm", "每单位不超过 2 名", "organisation", 2, "first", "第三条"),))


def with_weights(*weights: str) -> Terms:
    return dataclasses.replace(TERMS, criteria=tuple(
        dataclasses.replace(one, weight=Decimal(weight)) for one, weight in zip(TERMS.criteria, weights, strict=True)))


def with_cutoffs(*cutoffs: str) -> Terms:
    return dataclasses.replace(TERMS, grades=tuple(
        dataclasses.replace(one, cutoff=Decimal(cutoff)) for one, cutoff in zip(TERMS.grades, cutoffs, strict=True)))


def test_terms_survive_being_written_as_json():
    assert from_document(json.loads(json.dumps(to_document(TERMS)))) == check(TERMS)


@pytest.mark.parametrize(("terms", "field", "says"), [
    (with_weights("0.4", "0.59"), "weight.amount", "权重合计是 99%，应为 100%"),
    (with_weights("NaN", "0.6"), "weight.count", "权重"),
    (with_weights("Infinity", "0.6"), "weight.count", "权重"),
    (with_weights("-0.4", "1.4"), "weight.count", "权重"),
    (with_weights("0", "1"), "weight.count", "权重"),
    (with_cutoffs("60", "80"), "cutoff.second", "高过了上一等的 60 分"),
    (with_cutoffs("NaN", "80"), "cutoff.first", "0 到 100"),
    (with_cutoffs("101", "80"), "cutoff.first", "0 到 100"),
    (dataclasses.replace(TERMS, grades=(Grade("first", "一等奖", -1),)), "places.first", "负数"),
    (dataclasses.replace(TERMS, caps=(Cap("firm", "每单位", "organisation", -1),)), "cap.firm", "负数"),
])
def test_what_cannot_be_judged_by_is_refused(terms, field, says):
    with pytest.raises(Invalid, match=says) as refused:
        check(terms)
    assert refused.value.field == field
