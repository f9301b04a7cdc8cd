"""Severity of judges by least squares: recovered where marks tell it, apart where they do not, never made up."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.review.calibration import Mark, calibrate


def marks_of(worth, severity, pairs):
    return [Mark(entry, judge, worth[entry] + severity[judge]) for entry, judge in pairs]


RING = [("a", "x"), ("a", "y"), ("b", "y"), ("b", "z"), ("c", "z"), ("c", "x")]


def test_a_strict_judge_is_found_out_exactly_where_marks_follow_the_model():
    worth, severity = {"a": 80.0, "b": 70.0, "c": 90.0}, {"x": -6.0, "y": 2.0, "z": 4.0}
    [piece] = calibrate(marks_of(worth, severity, RING))
    assert piece.worth == pytest.approx(worth)
    assert piece.severity == pytest.approx(severity)
    assert piece.spread == pytest.approx(0, abs=1e-9)


def test_where_everybody_marks_everything_nothing_changes():
    values = {("a", "x"): 60, ("a", "y"): 80, ("b", "x"): 75, ("b", "y"): 70}
    [piece] = calibrate(Mark(entry, judge, value) for (entry, judge), value in values.items())
    assert piece.worth == pytest.approx({"a": 70, "b": 72.5})


def test_groups_without_a_common_judge_are_calibrated_apart():
    square = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    pieces = calibrate([*marks_of({"a": 80, "b": 70}, {"x": -5, "y": 5}, square),
                        *marks_of({"c": 60}, {"z": 0}, [("c", "z")])])
    assert [set(piece.severity) for piece in pieces] == [{"x", "y"}, {"z"}]
    assert all(sum(piece.severity.values()) == pytest.approx(0) for piece in pieces)


def test_a_single_mark_says_nothing_of_its_judge():
    [piece] = calibrate([Mark("a", "x", 83)])
    assert (piece.worth, piece.severity, piece.error, piece.spread) == ({"a": 83}, {"x": 0}, None, None)


def test_no_spread_is_claimed_where_the_model_fits_whatever_the_marks_are():
    [piece] = calibrate([Mark("a", "x", 60), Mark("a", "y", 90)])
    assert piece.spread is None


def test_nothing_marked():
    assert calibrate([]) == []


@given(st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("wxyz")), st.integers(0, 100), min_size=1),
       st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_changes_nothing(values, chance):
    marks = [Mark(entry, judge, value) for (entry, judge), value in values.items()]
    mixed = random.Random(chance.random()).sample(marks, len(marks))
    assert calibrate(marks) == calibrate(mixed)


@given(st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("wxyz")), st.integers(0, 100), min_size=1))
def test_the_fit_is_the_least_squares_one(values):
    """What is left over adds up to 0 for every entry and for every judge: the normal equations."""
    marks = [Mark(entry, judge, value) for (entry, judge), value in values.items()]
    for piece in calibrate(marks):
        inside = [mark for mark in marks if mark.entry in piece.worth]
        for side, keys in (("entry", piece.worth), ("judge", piece.severity)):
            for key in keys:
                rest = sum(mark.value - piece.worth[mark.entry] - piece.severity[mark.judge]
                           for mark in inside if getattr(mark, side) == key)
                assert rest == pytest.approx(0, abs=1e-7)
