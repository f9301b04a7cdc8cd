"""What decides a goal, and what is reckoned from it."""

import pytest

from benchmarks import growth
from benchmarks.corpus import KINDS, generate
from benchmarks.results import Result, not_run, table, worst


def result(goal, value, size=1000, variant="no filter", **more):
    return Result(goal, size, variant, value, value, value, **more)


def test_the_worst_figure_decides():
    assert worst([result("P1", 1.1), result("P1", 1.4), result("P1", 0.9)]).value == 1.4
    assert worst([result("P5", 0.99), result("P5", 0.93)]).value == 0.93


def test_what_was_not_run_is_not_reached():
    assert worst([result("P3", 0.5), not_run("P3", 1000, "no bm25s")]).status == "not run"
    assert "not run" in table([result("P3", 0.5), not_run("P3", 1000, "no bm25s")])[0]


def test_data_that_the_goal_does_not_name_decides_nothing():
    assert worst([result("P5", 0.96), result("P5", 0.5, judged=False)]).value == 0.96


@pytest.mark.parametrize(("goal", "value", "status"), [
    ("P1", 1.25, "pass"), ("P1", 1.26, "falls short"), ("P7", 0.5, "pass"), ("P7", 0.49, "falls short"),
    ("day", 3.0, "measured")])
def test_a_limit_is_reached_at_the_limit(goal, value, status):
    assert result(goal, value).status == status


def test_growth_is_reckoned_from_the_largest_sizes():
    known = growth.Inputs.of([
        result("P6", 800, 10_000, figures={"faiss B": 300}), result("P6", 1000, 100_000, figures={"faiss B": 280}),
        result("P1", 1.1, 100_000, figures={"hybrid ms": 2.0, "lexical ms": 1.0}),
        result("P1", 1.1, 10_000, figures={"hybrid ms": 1.0, "lexical ms": 0.5})])
    assert (known.resident, known.vectors, known.milliseconds) == (1000, 280, 2.0)
    assert known.latency(400_000) == pytest.approx(6.0)
    one, ten, hundred = growth.rows(known)
    assert one[1] == "1.2 GiB"
    assert (one[2], ten[2], hundred[2]) == ("1", "1", "3")


def test_growth_is_not_reckoned_from_half_of_it():
    assert growth.Inputs.of([result("P6", 800, figures={"faiss B": 300})]) is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_corpus_is_the_same_for_a_seed_and_another_for_another(kind):
    one, same, other = generate(50, kind, queries=4), generate(50, kind, queries=4), generate(50, kind, 2, queries=4)
    assert (one.titles, one.bodies, [q.text for q in one.queries]) == (
        same.titles, same.bodies, [q.text for q in same.queries])
    assert (one.vectors == same.vectors).all()
    assert one.titles != other.titles
