"""Scores of a benchmark in BEIR layout, what its labels teach, and what is refused."""

import json
import pathlib
import subprocess
import sys

import pytest

from matching.batch import BadRow, rank_files
from matching.encoders.embedding import NoEncoder
from matching.evaluation.beir import read_benchmark
from matching.evaluation.labelled import folds, learn, learn_folder
from matching.evaluation.report import evaluate, first_characters, first_words
from matching.ranking import Ranker

SHARED = pathlib.Path(__file__).parents[5] / "shared"
TITLES = ["焦化废水深度处理", "印染废水回用", "锂电池隔膜涂布", "锂矿区旅游路线", "桥梁裂缝检测", "钢丝绳探伤"]
GAINS = {"q1": [7, 3, 0, 0, 0, 1], "q2": [0, 0, 7, 0, 1, 0]}


@pytest.fixture
def folder(tmp_path):
    rows = [{"_id": f"c{i}", "title": title} for i, title in enumerate(TITLES)]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    demands = [{"_id": "q1", "title": "焦化废水处理", "text": "回用"}, {"_id": "q2", "title": "锂电池隔膜"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, demands)), "utf-8")
    (tmp_path / "qrels").mkdir()
    lines = [f"{query}\tc{i}\t{gain}" for query, gains in GAINS.items() for i, gain in enumerate(gains)]
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "\n".join(lines), "utf-8")
    return tmp_path


def test_judged_pairs_are_read_in_order_of_id(folder):
    benchmark = read_benchmark(folder)
    assert benchmark.judged[0].places.tolist() == list(range(6))
    assert benchmark.judged[0].gains.tolist() == GAINS["q1"]


@pytest.mark.parametrize("line", ["q1\tnobody\t1", "nobody\tc1\t1", "q1\tc1\tmany", "q1\tc1\t-1", "q1"])
def test_a_bad_judgement_is_refused_with_its_line(folder, line):
    with (folder / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("\n" + line)
    with pytest.raises(BadRow, match="第 14 行"):
        read_benchmark(folder)


def test_a_folder_without_its_files_is_refused(tmp_path):
    with pytest.raises(BadRow, match=r"queries\.jsonl"):
        read_benchmark(tmp_path)


def test_each_demand_is_judged_once_and_never_by_what_it_taught():
    parts = list(folds(23))
    assert sorted(place for _, judging in parts for place in judging) == list(range(23))
    assert all(not set(learning) & set(judging) for learning, judging in parts)


def test_what_labels_teach_raises_what_was_judged_good(folder, encoder):
    benchmark = read_benchmark(folder)
    ranker = Ranker(benchmark.capabilities, encoder)
    taught = learn(benchmark, ranker, [0])
    added = taught.adjust(ranker.vector(benchmark.demands[0]), ranker.vectors)
    assert added[0] > added[2]


def test_nothing_judged_teaches_nothing(folder, encoder):
    benchmark = read_benchmark(folder)
    ranker = Ranker(benchmark.capabilities, encoder)
    assert not learn(benchmark, ranker, []).adjust(ranker.vector(benchmark.demands[0]), ranker.vectors).any()


def test_a_run_can_learn_from_another_folder(folder, encoder):
    plain = list(rank_files(folder / "queries.jsonl", folder / "corpus.jsonl", encoder))
    taught = list(rank_files(folder / "queries.jsonl", folder / "corpus.jsonl", encoder,
                             learned=learn_folder(folder, encoder)))
    assert [line.split()[4] for line in plain] != [line.split()[4] for line in taught]


def test_without_an_encoder_the_words_are_scored_alone(folder):
    names = [row.name for row in evaluate(read_benchmark(folder), NoEncoder()).rows]
    assert "dense" not in names
    assert "fused" in names


@pytest.mark.slow
def test_the_command_prints_intervals_and_json(folder):
    command = [sys.executable, "-m", "cli", "evaluate", str(folder), "--json"]
    report = json.loads(subprocess.run(command, capture_output=True, check=True, text=True,
                                       cwd=pathlib.Path(__file__).parents[4]).stdout)
    fused = next(row for row in report["rows"] if row["name"] == "fused")
    assert fused["ndcg"][1] <= fused["ndcg"][0] <= fused["ndcg"][2]
    assert report["synonym_pairs"] >= 100


def test_short_queries_are_cut_as_people_type():
    assert first_characters("环保装备企业数字化管理系统") == "环保装备企业数字"
    assert 4 <= len(first_words("环保装备企业数字化管理系统研发")) <= 8
    assert first_words("") == ""


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "data").exists(), reason="the labelled benchmark lies in ../shared, which is absent")
def test_the_shipped_ranking_keeps_what_it_reached(encoder):
    rows = {row.name: row for row in evaluate(read_benchmark(SHARED / "data" / "matching"), encoder).rows}
    assert rows["fused"].ndcg[0] >= 0.72
    assert rows["fused"].ndcg[0] > rows["lexical"].ndcg[0]
    assert rows["fused"].recall[0] > rows["lexical"].recall[0]
