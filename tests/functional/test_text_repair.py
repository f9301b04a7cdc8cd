"""Repairing a text: from the command line, and on the page where each change is kept or refused."""

import json

import pytest
from click.testing import CliRunner

import cli

DAMAGED = "關(guān)于申報企業(yè)項目的通知\n項目名稱(編號:QCZX2020-021\n截止2020619日(周五)\n"
CLEAN = "关于申报企业项目的通知\n项目名称（编号：QCZX2020-021）\n截止2020年6月19日（周五）\n"


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("JIEBANG_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "通知.txt"
    path.write_text(DAMAGED, encoding="gb18030")
    return path


def run(*arguments) -> str:
    result = CliRunner().invoke(cli.main, ["text", "repair", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


class TestTheCommand:
    def test_it_writes_the_clean_text(self, file):
        assert run(file) == CLEAN

    def test_the_log_names_each_change_with_place_reason_and_confidence(self, file):
        log = run(file, "--log")
        assert "第 1 行第 2 字（1）　拼音　“(guān)”→“”　0.99" in log
        assert "那天是星期五" in log

    def test_the_json_rebuilds_the_clean_text(self, file):
        data = json.loads(run(file, "--json"))
        text = DAMAGED
        for change in reversed(data["changes"]):
            assert text[change["start"]:change["end"]] == change["before"]
            text = text[:change["start"]] + change["after"] + text[change["end"]:]
        assert text == data["text"] == CLEAN
