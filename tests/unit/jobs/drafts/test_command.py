"""`jiebang notice`: as lines, as JSON whose sources are places in the file, as a draft, clause by clause."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.notices.__main__ import INVENTED
from contests.catalogue import faults
from ingestion.notices.notice import Notice
from jobs.commands.notice import notice_group
from tests.support.word97 import doc_file

FILE = INVENTED / "haijia.txt"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(notice_group, [*arguments[:1], str(FILE), *arguments[1:]])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_json_has_the_keys_in_order_and_every_source_is_a_place_in_the_file():
    said, text = json.loads(run("read", "--json")), FILE.read_text()
    assert list(said) == list(Notice.__dataclass_fields__)
    assert said["issued_on"]["value"] == "2026-02-26"
    found = [said["title"], *(value for award in said["awards"] for value in award.values())]
    sources = [one["source"] for one in found if one["source"]]
    assert all(text[source["start"]:source["end"]] == source["quote"] for source in sources)


@pytest.mark.parametrize(("command", "line"), [("read", "文号：海工发〔2026〕12号"), ("read", "awards.优秀组织奖.amount_min"),
                                               ("clauses", "规则　七　纸质材料一式三份")])
def test_a_person_reads_it_as_lines(command, line):
    assert line in run(command)


def test_the_draft_is_a_definition():
    assert faults(run("draft"), "draft.toml") == []


def test_a_doc_is_read_at_the_terminal(tmp_path):
    file = tmp_path / "评选通知.doc"
    file.write_bytes(doc_file("\r".join(FILE.read_text().splitlines()) + "\r"))
    done = CliRunner().invoke(notice_group, ["read", str(file), "--json"])
    assert json.loads(done.output)["issued_on"]["value"] == "2026-02-26"
