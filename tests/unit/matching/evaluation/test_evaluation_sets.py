"""The evaluation sets are well formed; what they hold was written before tuning and is not edited (their README)."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

SETS = files("matching.evaluation")


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(SETS.joinpath(name).read_text(encoding="utf-8").splitlines(), delimiter="\t"))


def lines(name: str) -> list[str]:
    return SETS.joinpath(name).read_text(encoding="utf-8").splitlines()


TARGETS = ["target_passages.tsv", "paraphrases.tsv", "paraphrases_unseen.tsv"]


@pytest.mark.parametrize("name", TARGETS)
def test_passages_are_balanced_over_the_three_verdicts(name):
    verdicts = Counter(row["verdict"] for row in rows(name))
    assert set(verdicts) == {"covered", "partly", "not_mentioned"}
    assert min(verdicts.values()) >= 60


def test_no_target_of_the_unseen_pairs_stands_in_another_set():
    unseen, *others = ({row["what"] for row in rows(name)} for name in reversed(TARGETS))
    assert not unseen & set().union(*others)


def test_each_synonym_pair_names_one_title_of_its_own():
    pairs = rows("synonyms.tsv")
    titles = [row["capability"] for row in pairs] + lines("distractors.txt")
    assert len(pairs) >= 130
    assert len(lines("distractors.txt")) >= 250
    assert len(set(titles)) == len(titles)
    assert len({row["query"] for row in pairs}) == len(pairs)


def test_each_short_query_has_a_graded_pool():
    pools = Counter(row["query"] for row in rows("short_queries.tsv"))
    assert len(pools) >= 40
    assert all(2 <= len(query) <= 8 and 8 <= size <= 12 for query, size in pools.items())
    assert {row["gain"] for row in rows("short_queries.tsv")} == {"0", "1", "3", "7"}


@pytest.mark.parametrize("name", [*TARGETS, "synonyms.tsv", "short_queries.tsv"])
def test_no_row_twice_and_no_cell_beside_its_column(name):
    table = [tuple(row.values()) for row in rows(name)]
    assert len(set(table)) == len(table)
    optional = {"figure"}
    assert all(cell == cell.strip() and (cell or column in optional)
               for row in rows(name) for column, cell in row.items())
