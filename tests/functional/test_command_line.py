"""The `jiebang` command as an operator types it: what it says, what it leaves behind, how it ends."""

import json
import shutil
import zipfile

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select

import cli
import settings as configuration
from contests.catalogue import FOLDER
from jobs import encoders
from jobs.runtime import Runtime
from ledger import log as ledger
from matching.encoders.model_files import SHIPPED
from models.accounts import Role, User
from models.contracts import Collaboration
from models.database import Database
from models.demands import Demand
from models.files import StoredFile
from models.index import OutboxRow
from tests.support import small_models


def run(*arguments):
    return CliRunner().invoke(cli.main, [str(one) for one in arguments])


@pytest.fixture
def jiebang(private_url, tmp_path, monkeypatch):
    """Runs the command over a database of the test's own; gives click's result."""
    monkeypatch.setenv("JIEBANG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JIEBANG_DATABASE_URL", private_url)
    monkeypatch.chdir(tmp_path)
    configuration.load.cache_clear()
    yield run
    configuration.load.cache_clear()


def count(database, table) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def write(path, *rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


DEMAND = {"_id": "q1", "title": "碳纤维钓竿插接处跳动超差", "text": "插接后跳动量 0.08 mm，要降到 0.03 mm 以内。"}


class TestImport:
    def test_rows_come_in_once(self, jiebang, private_database, tmp_path):
        file = write(tmp_path / "demands.jsonl", DEMAND)
        assert "新增 1" in jiebang("import", "demands", file).output
        assert "没有变化 1" in jiebang("import", "demands", file).output
        assert (count(private_database, Demand), count(private_database, OutboxRow)) == (1, 1)

    def test_a_dry_run_writes_nothing(self, jiebang, private_database, tmp_path):
        result = jiebang("import", "demands", write(tmp_path / "demands.jsonl", DEMAND), "--dry-run")
        assert result.exit_code == 0
        assert count(private_database, Demand) == 0

    def test_an_error_names_its_row_and_nothing_is_written(self, jiebang, private_database, tmp_path):
        result = jiebang("import", "demands", write(tmp_path / "demands.jsonl", DEMAND, {"_id": "q2", "title": ""}))
        assert result.exit_code == 1
        assert "第 2 行" in result.output
        assert count(private_database, Demand) == 0


class TestMatch:
    def test_scores_fall_with_rank(self, jiebang, tmp_path):
        demands = write(tmp_path / "demands.jsonl", DEMAND)
        capabilities = write(tmp_path / "capabilities.jsonl", {"_id": "c1", "title": "海带育苗", "text": "水温"},
                             {"_id": "c2", "title": "碳纤维管插接跳动控制", "text": "跳动量 0.025 mm"})
        result = jiebang("match", "--demands", demands, "--capabilities", capabilities, "--out", tmp_path / "run.trec",
                         "--top", 0)
        assert result.exit_code == 0, result.output
        rows = [line.split() for line in (tmp_path / "run.trec").read_text().splitlines()]
        assert [(row[0], row[2], row[3]) for row in rows] == [("q1", "c2", "1"), ("q1", "c1", "2")]
        assert float(rows[0][4]) > float(rows[1][4])

    def test_a_bad_line_is_named_and_no_half_file_stays(self, jiebang, tmp_path):
        demands = tmp_path / "demands.jsonl"
        demands.write_text("不是 JSON")
        result = jiebang("match", "--demands", demands, "--capabilities", demands, "--out", tmp_path / "run.trec")
        assert result.exit_code == 1
        assert "第 1 行" in result.output
        assert not (tmp_path / "run.trec").exists()


class TestUsers:
    ARGUMENTS = ("user", "add", "--name", "沈望舒", "--email", "staff@jiebang.example", "--phone", "19900004001", "--role",
                 "staff", "--password")

    def test_an_account_can_be_used_at_once(self, jiebang, private_database):
        assert jiebang(*self.ARGUMENTS, "correct horse battery").exit_code == 0
        with private_database.read() as session:
            assert session.scalars(select(User)).one().roles == {Role.staff}

    def test_a_short_password_is_refused_in_one_line(self, jiebang):
        result = jiebang(*self.ARGUMENTS, "short")
        assert result.exit_code == 1
        assert "密码至少 12 位" in result.output


def test_a_wrong_setting_is_named(jiebang, monkeypatch):
    monkeypatch.setenv("JIEBANG_MAX_UPLOAD_MB", "9999")
    result = jiebang("doctor")
    assert result.exit_code == 1
    assert "JIEBANG_MAX_UPLOAD_MB" in result.output


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A data directory with the demo city in it, loaded once."""
    folder = tmp_path_factory.mktemp("city")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIEBANG_DATA_DIR", str(folder / "data"))
        configuration.load.cache_clear()
        for command in ("migrate", "demo"):
            result = run(command)
            assert result.exit_code == 0, result.output
    configuration.load.cache_clear()
    return folder / "data"


class TestDemoCity:
    @pytest.fixture(autouse=True)
    def copied(self, city, tmp_path, monkeypatch):
        """Each test has the city to itself."""
        shutil.copytree(city, tmp_path / "data")
        monkeypatch.setenv("JIEBANG_DATA_DIR", str(tmp_path / "data"))
        configuration.load.cache_clear()
        self.database = Database.connect(configuration.load().database)
        yield
        self.database.engine.dispose()
        configuration.load.cache_clear()

    def test_it_is_large_enough_and_loads_once(self):
        assert count(self.database, Demand) >= 60
        assert "早已装好" in run("demo").output

    def test_its_evidence_verifies(self):
        result = run("evidence", "verify", "--database")
        assert (result.exit_code, "一致" in result.output) == (0, True), result.output

    def test_an_amount_changed_behind_the_ledger_is_found(self):
        with self.database.write() as session:
            collaboration = session.scalars(select(Collaboration)).first()
            collaboration.contract.revision.amount *= 10
        result = run("evidence", "verify", "--database")
        assert result.exit_code == 1
        assert f"合作 {collaboration.number} 的 contract.amount" in result.output

    def test_the_doctor_says_what_is_missing_and_what_to_do(self):
        with self.database.write() as session:
            session.execute(delete(OutboxRow))
            lost = session.scalars(select(StoredFile)).first()
        (configuration.load().files_folder / lost.sha256).unlink()
        result = run("doctor")
        assert result.exit_code == 1
        for said in ("✗ 文件", "✗ 索引", "✗ 工作进程  还没有启动过", "→ 运行 jiebang serve"):
            assert said in result.output


COMMANDS = [("demo",), ("evidence", "verify", "--database"), ("ranker", "status"), ("serve",)]


@pytest.mark.parametrize("command", COMMANDS[:3])
def test_a_database_without_tables_asks_for_the_migration(tmp_path, monkeypatch, jiebang, command):
    monkeypatch.setenv("JIEBANG_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    configuration.load.cache_clear()
    result = jiebang(*command)
    assert result.exit_code == 1
    assert "先运行 jiebang migrate" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [*COMMANDS, ("migrate",)])
def test_a_database_that_is_not_there_is_said_in_a_line(monkeypatch, jiebang, command):
    monkeypatch.setenv("JIEBANG_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    configuration.load.cache_clear()
    result = jiebang(*command)
    assert result.exit_code == 1
    assert "数据库用不了" in result.output
    assert len(result.output.splitlines()) == 1


def test_the_doctor_examines_a_database_that_others_refuse(tmp_path, monkeypatch, jiebang):
    monkeypatch.setenv("JIEBANG_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    configuration.load.cache_clear()
    assert "→ 运行 jiebang migrate" in jiebang("doctor").output


def test_the_demo_city_loads_on_either_database(jiebang):
    assert jiebang("demo").exit_code == 0
    assert jiebang("evidence", "verify", "--database").exit_code == 0


def test_nothing_but_a_whole_dossier_is_accepted(jiebang, tmp_path):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("manifest.json", "{}")
    assert jiebang("evidence", "verify", tmp_path / "bad.zip").exit_code == 3


def test_an_empty_ledger_verifies(jiebang, private_database):
    with private_database.read() as session:
        assert ledger.head(session) is None
    assert jiebang("evidence", "verify", "--database").exit_code == 0


class TestEncoder:
    @pytest.fixture
    def worked(self, jiebang, private_database, tmp_path, monkeypatch):
        """A worker's round over JIEBANG_ENCODER=first, then over what the command line asks for."""

        def work():
            runtime = Runtime(configuration.load(), private_database)
            encoders.follow_settings(runtime)
            for _ in range(3):
                encoders.prepare_encoder(runtime)

        monkeypatch.setenv("JIEBANG_ENCODER", str(small_models.build(tmp_path / "first", 1)))
        assert "还没有" in jiebang("encoder", "status").output
        work()
        return work

    def test_a_model_is_prepared_switched_to_rolled_back_from_and_retired(self, jiebang, worked, tmp_path):
        asked = jiebang("encoder", "prepare", small_models.build(tmp_path / "second", 2), "--wait")
        assert "正在准备" in asked.output
        worked()
        assert "准备好了  second@" in jiebang("encoder", "status").output
        assert "已换上 second@" in jiebang("encoder", "switch", "second").output
        assert "已退回 first@" in jiebang("encoder", "rollback").output
        assert jiebang("encoder", "rollback").exit_code == 1
        assert "已停用 second@" in jiebang("encoder", "retire", "second", "--yes").output
        told = jiebang("encoder", "status").output
        assert "在用  first@" in told
        assert "已停用  second@" in told

    def test_a_name_that_is_none_or_several_is_refused(self, jiebang, worked, tmp_path):
        jiebang("encoder", "prepare", small_models.build(tmp_path / "firsts", 2))
        assert "没有叫" in jiebang("encoder", "switch", "third").output
        assert "2 个" in jiebang("encoder", "switch", "first").output

    def test_what_is_no_model_is_refused(self, jiebang, worked, tmp_path):
        for nothing in (tmp_path, "no/such-model"):
            result = jiebang("encoder", "prepare", nothing)
            assert result.exit_code == 1
            assert "JIEBANG_ENCODER" in result.output

    @pytest.mark.slow
    @pytest.mark.filterwarnings("ignore::DeprecationWarning")
    def test_the_doctor_tells_which_model_is_in_use_and_what_is_wrong(self, jiebang, private_database, tmp_path,
                                                                      monkeypatch):
        monkeypatch.setenv("JIEBANG_ENCODER", str(shutil.copytree(SHIPPED, tmp_path / "own")))
        jiebang("encoder", "status")
        encoders.follow_settings(Runtime(configuration.load(), private_database))
        assert "✓ 模型  在用的向量模型 own@" in jiebang("doctor").output
        shutil.rmtree(tmp_path / "own")
        assert "✗ 模型  向量模型“own@" in jiebang("doctor").output


class TestContestCheck:
    def test_a_sound_definition_lists_what_its_document_leaves_unsaid_with_the_clause(self, jiebang):
        result = jiebang("contest", "check", FOLDER / "smeie-2023.toml")
        assert result.exit_code == 0
        assert "原文没有写明 74 项" in result.output
        assert "新一代信息技术 问题重要性 权重（专项赛以前）" in result.output
        assert "中小企通〔2023〕49号 四：“大赛将重点考察" in result.output

    def test_every_fault_names_its_line(self, jiebang, tmp_path):
        text = (FOLDER / "weihai-2020.toml").read_text()
        bad = tmp_path / "city.toml"
        bad.write_text(text.replace('link = "engagement"', 'links = "engagement"').replace(
            'kind = "window"', 'kind = "windows"', 1))
        result = jiebang("contest", "check", bad)
        lines = [number for number, row in enumerate(bad.read_text().splitlines(), 1)
                 if row == 'links = "engagement"' or row == 'kind = "windows"']
        assert result.exit_code == 1
        assert f"第 {lines[0]} 行" in result.output
        assert f"第 {lines[1] - 1} 行" in result.output
        assert "没有“windows”这种规则" in result.output


def test_a_contest_is_played_in_a_database_of_its_own(jiebang):
    result = jiebang("contest", "run", "smeie-2023", "--scenario", "demo")
    assert result.exit_code == 0
    assert "【报名】2023-07-25　2023-09-30" in result.output
    assert "✗ 没有学生的队：团队里没有学生" in result.output
    assert "★ 全国总决赛　一等奖　第 1 名　微光队" in result.output
