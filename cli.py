"""The `jiebang` command: each subcommand parses, calls one operation and says what came of it."""

import contextlib
import functools
import json
import pathlib
import sys
import uuid

import click
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from tqdm import tqdm

import settings as configuration
from contests.dossiers import write_dossier
from contests.projections import disagreements
from ingestion import files
from ingestion.registration import add_user
from jobs import demo as demo_city
from jobs import doctor as examination
from jobs import logs, notify, serve, worker
from jobs.commands.contest import contest_group
from jobs.commands.encoder import encoder_group
from jobs.commands.notice import notice_group
from jobs.commands.opening import opened
from jobs.commands.ranker import ranker_group
from jobs.commands.sheets import run_import
from jobs.commands.source import source_group
from jobs.commands.text import text_group
from ledger import log as ledger
from ledger import verify
from ledger.signer import published_verifier
from matching.batch import BadRow, rank_files, read_postings
from matching.encoders.embedding import EncoderMissing, configured
from matching.evaluation.beir import read_benchmark
from matching.evaluation.labelled import learn_folder
from matching.evaluation.report import evaluate
from models import migrate
from models.accounts import Role
from models.contests import Entry
from models.errors import DomainError

FILE = click.Path(exists=True, dir_okay=False, path_type=pathlib.Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=pathlib.Path)
OUT = click.Path(dir_okay=False, writable=True, path_type=pathlib.Path)


class Commands(click.Group):
    """Tells a refusal in one line instead of a traceback."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except (DomainError, EncoderMissing, BadRow) as error:
            raise click.ClickException(str(error)) from error
        except ValidationError as error:
            names = "；".join(f"JIEBANG_{str(one['loc'][0]).upper()}：{one['msg']}" for one in error.errors())
            raise click.ClickException(f"设置有误：{names}") from error
        except OperationalError as error:
            reason = " ".join(str(error.orig).split())
            raise click.ClickException(f"数据库用不了：{reason}。运行 jiebang doctor 查原因") from error


@click.group(cls=Commands, help="揭榜：企业发榜，专家揭榜，佐证可查。")
@click.pass_context
def main(context: click.Context) -> None:
    if context.invoked_subcommand:
        settings = configuration.load()
        logs.configure(settings.log_level)
        context.obj = settings


for group in (contest_group, encoder_group, notice_group, run_import, ranker_group, source_group, text_group):
    main.add_command(group)


@main.command("serve", help="启动网站和工作进程。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听的端口。")
@click.pass_obj
def run_site(settings: configuration.Settings, host: str, port: int) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    serve.serve(settings, host, port, click.echo)


@main.command("worker", help="只启动工作进程（网站另行部署时用）。")
def run_worker() -> None:
    worker.main()


@main.command("migrate", help="把数据库升级到最新结构。")
@click.pass_obj
def run_migrations(settings: configuration.Settings) -> None:
    with opened(settings, any_schema=True) as runtime:
        before = migrate.current(runtime.database.engine)
        migrate.upgrade(runtime.database.engine)
        after = migrate.current(runtime.database.engine)
    click.echo(f"数据库已是最新结构 {after}" if before == after else f"数据库结构：{before or '空的'} → {after}")


@main.command("demo", help="装入演示城市（虚构的企业、专家和合作）。已装过就不再装。")
@click.pass_obj
def load_demo(settings: configuration.Settings) -> None:
    with opened(settings) as runtime, runtime.database.write() as session:
        loaded = demo_city.load_demo(session, settings)
    notify.outbox_changed(settings)
    click.echo(f"演示数据{'已装入' if loaded else '早已装好'}。密码都是 {demo_city.PASSWORD}，可以用这些账号登录：")
    for who, email, phone in demo_city.logins():
        click.echo(f"  {who}  {email}  {phone}")


@main.group("user", help="管理账号。")
def user_group() -> None: ...


@user_group.command("add", help="新建账号，身份立即生效。")
@click.option("--name", prompt="姓名")
@click.option("--email", prompt="邮箱")
@click.option("--phone", prompt="手机号")
@click.option("--role", type=click.Choice([str(role) for role in Role]), default=str(Role.staff), show_default=True)
@click.password_option(prompt="密码", confirmation_prompt="再输一遍")
@click.pass_obj
def create_user(settings: configuration.Settings, name: str, email: str, phone: str, role: str, password: str) -> None:
    with opened(settings) as runtime, runtime.database.write() as session:
        created = add_user(session, name, email, phone, password, Role(role))
    click.echo(f"已新建账号 {created.email}（{role}）")


@main.command("match", help="给两个 JSONL 文件排序，写成 TREC 结果。不读写数据库。")
@click.option("--demands", required=True, type=FILE)
@click.option("--capabilities", required=True, type=FILE)
@click.option("--out", required=True, type=OUT)
@click.option("--top", default=100, show_default=True, type=click.IntRange(0), help="每条需求取前几名，0 为全部。")
@click.option("--learn", type=FOLDER, help="先从一个带标注的 BEIR 文件夹学习。")
@click.pass_obj
def run_match(settings: configuration.Settings, demands: pathlib.Path, capabilities: pathlib.Path, out: pathlib.Path,
              top: int, learn: pathlib.Path | None) -> None:
    encoder = configured(settings)
    learned = learn_folder(learn, encoder) if learn else None
    total = len(read_postings(demands)) * min(top or sys.maxsize, len(read_postings(capabilities)))
    draft = out.with_name(f".{out.name}.part")
    try:
        with draft.open("w", encoding="utf-8") as run:
            lines = rank_files(demands, capabilities, encoder, top, learned)
            for line in tqdm(lines, total=total, unit="行", disable=None):
                run.write(line)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"已写入 {out}")


@main.command("evaluate", help="在带标注的 BEIR 文件夹上量排序质量，附 95% 区间。不读写数据库。")
@click.argument("folder", type=FOLDER)
@click.option("--learn", type=FOLDER, help="学习用的另一个 BEIR 文件夹；不写就在本文件夹里按需求分五份轮流学、轮流量。")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON。")
@click.pass_obj
def run_evaluation(settings: configuration.Settings, folder: pathlib.Path, learn: pathlib.Path | None,
                   as_json: bool) -> None:
    encoder = configured(settings, light=True)
    report = evaluate(read_benchmark(folder), encoder, learn_folder(learn, encoder) if learn else None)
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else "\n".join(report.lines()))


@main.group("evidence", help="校验和导出佐证。")
def evidence_group() -> None: ...


@evidence_group.command("verify", help="校验数据库里的账本，或离线校验一个佐证包。返回 0 通过，1 矛盾，2 不全，3 格式有误。")
@click.argument("dossier", type=FILE, required=False)
@click.option("--database", "whole", is_flag=True, help="校验本机数据库里的整个账本，并和业务记录互相核对。")
@click.option("--vkey", multiple=True, help="日志公钥，从公示文件上抄。")
@click.option("--policy", type=FILE, help="C2SP tlog-policy 文件。")
@click.option("--paper", multiple=True, help="纸面检查点：条数:根哈希，或存有整段检查点的文件。")
@click.pass_obj
def run_verify(settings: configuration.Settings, dossier: pathlib.Path | None, whole: bool, vkey: tuple[str, ...],
               policy: pathlib.Path | None, paper: tuple[str, ...]) -> None:
    if whole == (dossier is not None):
        raise click.UsageError("写一个佐证包文件，或者写 --database")
    if dossier is None:
        sys.exit(_verify_database(settings))
    options = [part for key in vkey for part in ("--vkey", key)] + [part for one in paper for part in ("--paper", one)]
    sys.exit(verify.main([str(dossier), *options, *(["--policy", str(policy)] if policy else [])]))


def _verify_database(settings: configuration.Settings) -> int:
    with opened(settings) as runtime, runtime.database.read() as session:
        present = ledger.head(session)
        key = published_verifier(settings.keys_folder, present.origin) if present else None
        session.rollback()  # verify_database wants the first look of its transaction
        findings = [*ledger.verify_database(session, key), *disagreements(session)]
    for finding in findings:
        click.echo(finding.text)
    size = present.size if present else 0
    click.echo(f"{size} 条，发现 {len(findings)} 处不符" if findings else f"{size} 条，账本和业务记录一致")
    return 1 if findings else 0


@evidence_group.command("export", help="导出一份报名（编号见报名页网址）的佐证包。")
@click.argument("entry", type=click.UUID)
@click.argument("dossier", type=OUT)
@click.pass_obj
def run_export(settings: configuration.Settings, entry: uuid.UUID, dossier: pathlib.Path) -> None:
    draft = dossier.with_name(f".{dossier.name}.part")
    with contextlib.ExitStack() as stack:
        session = stack.enter_context(stack.enter_context(opened(settings)).database.read())
        stack.callback(draft.unlink, missing_ok=True)
        found = session.get(Entry, entry)
        if found is None:
            raise click.ClickException(f"没有编号为 {entry} 的报名")
        with draft.open("wb") as out:
            write_dossier(session, found, functools.partial(files.path_of, settings), out)
        draft.replace(dossier)
    click.echo(f"已导出 {dossier}")


@main.command("doctor", help="检查设置、数据库、账本、模型、索引、工作进程和字体，说明怎么修。")
@click.pass_obj
def run_doctor(settings: configuration.Settings) -> None:
    ill = 0
    with opened(settings, any_schema=True) as runtime:
        for found in examination.examine(runtime):
            click.echo(f"{'✓' if found.well else '✗'} {found.part}  {found.said}")
            if not found.well:
                click.echo(f"    → {found.advice}")
                ill += 1
    if ill:
        raise click.ClickException(f"{ill} 处要处理")
    click.echo("一切正常")


if __name__ == "__main__":
    main(prog_name="jiebang")
