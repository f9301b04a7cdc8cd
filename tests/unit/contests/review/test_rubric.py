"""The score sheet: what a number may be, a reason for every score, each fault beside its field."""

from decimal import Decimal

import pytest

from contests.catalogue import definition
from contests.review.ordering import shuffled
from contests.review.rubric import complete, read_points, rubric
from contests.review.sealing import Score, digest, digest_of_all
from models.errors import Invalid

TRACK = definition("weihai-2020").track("tech_challenge")
CRITERIA = rubric(TRACK)
SALT = "ab" * 32


def test_the_lines_are_the_groups_indicators():
    assert [one.code for one in CRITERIA] == ["projects", "amount", "benefit"]


@pytest.mark.parametrize("typed", ["-1", "100.01", "101", "1e3", "NaN", "inf", "-inf", "八十", "85,5", "85.555",
                                   "1e-400"])
def test_a_score_that_cannot_be_is_refused_beside_its_field(typed):
    with pytest.raises(Invalid) as refused:
        read_points(CRITERIA[0], typed)
    assert refused.value.field == "projects-points"


@pytest.mark.parametrize(("typed", "points"), [("0", "0"), ("100", "100"), (" 85.5 ", "85.5"), ("-0", "0"),
                                               ("85．25", "85.25")])
def test_a_score_in_range_is_read_exactly(typed, points):
    assert str(read_points(CRITERIA[0], typed)) == points


@pytest.mark.parametrize(("wrong", "field"), [(("", "好"), "amount-points"), (("80", " "), "amount-reason"),
                                              (("80", "长" * 1001), "amount-reason")])
def test_every_score_needs_its_number_and_its_reason(wrong, field):
    typed = {one.code: ("80", "依据充分") for one in CRITERIA} | {"amount": wrong}
    with pytest.raises(Invalid) as refused:
        complete(CRITERIA, typed)
    assert refused.value.field == field


def test_the_hash_follows_every_part_of_the_sheet():
    scores = {"projects": Score(Decimal(80), "好"), "amount": Score(Decimal("79.5"), "中")}
    sealed = digest(SALT, "sheet", scores)
    assert sealed == digest(SALT, "sheet", dict(reversed(scores.items())))
    assert sealed == digest(SALT, "sheet", scores | {"projects": Score(Decimal("80.00"), "好")})
    changed = [digest("cd" * 32, "sheet", scores), digest(SALT, "other", scores),
               digest(SALT, "sheet", scores | {"projects": Score(Decimal("80.01"), "好")}),
               digest(SALT, "sheet", scores | {"projects": Score(Decimal(80), "好。")})]
    assert sealed not in changed
    assert len(set(changed)) == 4


def test_the_hash_over_all_does_not_follow_their_order():
    assert digest_of_all(["a", "b"]) == digest_of_all(["b", "a"]) != digest_of_all(["a"])


def test_an_order_is_stable_and_each_reviewers_own():
    keys = list(range(50))
    assert shuffled(keys, "season", "r1") == shuffled(reversed(keys), "season", "r1")
    assert len({tuple(shuffled(keys, "season", f"r{n}")) for n in range(5)} | {tuple(keys)}) == 6
