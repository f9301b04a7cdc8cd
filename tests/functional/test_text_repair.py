"""Repairing a text: from the command line, and on the page where each change is kept or refused."""

import io
import json

import pytest
from click.testing import CliRunner

import cli
from models.accounts import Role
from tests import factories

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


def send(client, path="/text-repair", **form):
    return client.post(path, data=form)


class TestThePage:
    @pytest.fixture
    def member(self, client, session):
        return client.login(factories.member(session, Role.enterprise))

    def test_it_shows_the_original_beside_the_clean_text_with_reasons(self, member):
        page = send(member, text=DAMAGED)
        assert page.status_code == 200
        assert "混入的拼音" in page.text
        assert "那天是星期五" in page.text
        assert "QCZX2020-021<mark" in page.text

    def test_a_file_is_read_in_its_own_encoding(self, member):
        page = member.post("/text-repair", data={"document": (io.BytesIO(DAMAGED.encode("gb18030")), "通知.txt")},
                           content_type="multipart/form-data")
        assert "通知.txt" in page.text
        assert "2020年6月19日" in page.text

    def test_what_is_refused_stays_and_what_is_adopted_is_written(self, member):
        typed = "创新的发理理念,时间"
        answer = send(member, "/text-repair/chosen", original=typed, refuse_kind="width", adopt="0", download="1",
                      name="通知.pdf")
        assert answer.get_data(as_text=True) == "创新的发展理念,时间"
        assert "attachment" in answer.headers["Content-Disposition"]

    def test_the_choice_is_shown_before_it_is_taken_along(self, member):
        page = send(member, "/text-repair/chosen", original=DAMAGED, refuse_kind="gloss", look="1")
        assert "关(guān)于" in page.text
        assert "按您的选择" in page.text

    def test_nothing_and_too_much_are_refused_beside_the_field(self, member):
        assert send(member, text=" ").status_code == 422
        assert "一次最多 100000 字" in send(member, text="字" * 100_001).text

    def test_what_is_pasted_is_shown_as_text(self, member):
        page = send(member, text="<script>alert(1)</script>，關(guān)于企業(yè)")
        assert "<script>alert" not in page.text

    @pytest.mark.parametrize("form", [{"refuse": "x,-1,99999999999"}, {"adopt": "-5"}, {"refuse_kind": "no"},
                                      {"adopt": "999"}, {"refuse": "１"}])
    def test_numbers_of_nothing_are_passed_over(self, member, form):
        answer = send(member, "/text-repair/chosen", original=DAMAGED, download="1", **form)
        assert answer.get_data(as_text=True) == CLEAN

    def test_a_visitor_is_sent_to_log_in(self, client):
        assert client.get("/text-repair").status_code == 302
