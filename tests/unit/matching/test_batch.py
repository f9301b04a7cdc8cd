import json
import pathlib
import subprocess
import sys

import pytest

from matching.batch import BadRow, falling, rank_files, read_postings

DATA = pathlib.Path(__file__).parents[4] / "shared"


def write(path, *rows):
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


@pytest.fixture
def files(tmp_path):
    demands = write(tmp_path / "d.jsonl", {"_id": "d1", "title": "焦化废水处理", "text": "深度处理"}, {"_id": "d2", "title": ""})
    rows = [{"_id": f"c{i}", "title": title} for i, title in enumerate(["废水处理", "票务", "票务"])]
    capabilities = write(tmp_path / "c.jsonl", *rows)
    return demands, capabilities


def test_a_run_ranks_everything_and_scores_fall_with_rank(files, encoder):
    lines = [line.split() for line in rank_files(*files, encoder, top=0)]
    assert [line[2:4] for line in lines[:3]] == [["c0", "1"], ["c1", "2"], ["c2", "3"]]
    for query in ("d1", "d2"):
        scores = [float(line[4]) for line in lines if line[0] == query]
        assert all(a > b for a, b in zip(scores, scores[1:], strict=False))


def test_top_limits_each_demand(files, encoder):
    assert len(list(rank_files(*files, encoder, top=2))) == 4


def test_equal_scores_are_written_apart():
    assert falling([1.0, 1.0, 1.0, 0.5]) == [1.0, 0.999999, 0.999998, 0.5]


@pytest.mark.parametrize(("row", "said"), [
    ("{", "不是带 _id"), ("[1]", "不是带 _id"), ({"title": "无"}, "不是带 _id"), ({"_id": "", "title": "空"}, "_id 是空的"),
    ({"_id": "a b", "title": "空白"}, "含有空白"), ({"_id": "x", "title": 7}, "必须是文字"),
    ({"_id": "d1", "title": "又"}, "前面已经有了"),
])
def test_a_bad_row_is_named_with_its_line(tmp_path, row, said):
    path = write(tmp_path / "d.jsonl", {"_id": "d1", "title": "甲"}, row)
    with pytest.raises(BadRow, match=f"第 2 行：.*{said}"):
        read_postings(path)


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared is not here: the labelled benchmark cannot be scored")
def test_the_labelled_benchmark_is_ranked_as_well_as_was_measured(tmp_path, encoder):
    folder = DATA / "data" / "matching"
    run = tmp_path / "run.trec"
    run.write_text("".join(rank_files(folder / "queries.jsonl", folder / "corpus.jsonl", encoder, top=0)))
    scored = subprocess.run([sys.executable, DATA / "tools" / "score_run.py", folder / "qrels" / "test.tsv", run],
                            capture_output=True, text=True, check=True)
    figures = json.loads(scored.stdout)
    assert figures["rerank_ndcg@10"] >= 0.72
    assert figures["recall@100"] >= 0.64
    assert figures["unranked_judged"] == 0
