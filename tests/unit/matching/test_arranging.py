import pytest

from matching.arranging import Note, Standing, arrange
from matching.pairing import Pairing
from matching.reasons.targets import Fit

GOOD, PART = Fit.good, Fit.partial


def pairing(key: str, word: Fit = GOOD, score: float = 0.0) -> Pairing:
    return Pairing(key, key, word, (), score)


def keys(placed) -> str:
    return "".join(one.pairing.key for one in placed)


def test_without_anything_known_the_order_stays():
    assert keys(arrange([pairing(k) for k in "abcde"], {})) == "abcde"


def test_who_has_no_room_stands_after_those_of_the_same_verdict_who_have_and_is_not_dropped():
    given = [pairing("a"), pairing("b"), pairing("c", PART)]
    placed = arrange(given, {"a": Standing(full=True)})
    assert (keys(placed), placed[1].notes) == ("bac", (Note.full,))


def test_one_organisation_does_not_fill_the_page():
    standing = {k: Standing("lab") for k in "abcd"}
    placed = arrange([pairing(k) for k in "abcdefgh"], standing)
    assert keys(placed) == "abefgcdh"
    assert placed[1].notes == (Note.others_behind,)
    assert placed[1].behind == 2


def test_a_verdict_is_never_given_up_for_variety():
    given = [pairing(k) for k in "abc"] + [pairing("d", PART)]
    assert keys(arrange(given, {k: Standing("lab") for k in "abc"})) == "abcd"


def test_somebody_new_moves_up_two_places_among_equals_and_no_more():
    placed = arrange([pairing(k) for k in "abcde"], {"e": Standing(new=True)})
    assert (keys(placed), placed[2].notes) == ("abecd", (Note.new,))


def test_newcomers_do_not_pass_each_other():
    assert keys(arrange([pairing(k) for k in "abc"], {k: Standing(new=True) for k in "abc"})) == "abc"


@pytest.mark.parametrize("number", [0, 1, 60])
def test_nobody_is_lost_and_nobody_comes_twice(number):
    given = [pairing(f"{i:02}", GOOD if i % 3 else PART) for i in range(number)]
    given.sort(key=lambda p: p.fit is not GOOD)
    standing = {p.key: Standing("lab" * (int(p.key) % 2), int(p.key) % 5 == 0, int(p.key) % 7 == 0) for p in given}
    placed = arrange(given, standing)
    assert sorted(one.pairing.key for one in placed) == sorted(p.key for p in given)
    assert placed == arrange(given, standing)
