"""`jiebang contest`: check a definition file, play a contest through against a scratch database."""

import pathlib
import tempfile

import click

from contests.catalogue import faults, load
from contests.definition import Definition, cite
from contests.scenarios.play import Play
from contests.scenarios.repertoire import PLAYS
from contests.seasons import unsaid
from models import migrate
from models.database import Database

FILE = click.Path(exists=True, dir_okay=False, path_type=pathlib.Path)


@click.group("contest", help="竞赛定义：检查一份定义，演一遍一项竞赛。")
def contest_group() -> None: ...


@contest_group.command("check", help="检查一份定义文件：有错逐条写明在第几行；没错就列出原文没有写明、要先定下来的。")
@click.argument("file", type=FILE)
def check_definition(file: pathlib.Path) -> None:
    found = faults(file.read_text(encoding="utf-8"), file.name)
    for fault in found:
        click.echo(str(fault), err=True)
    if found:
        raise click.ClickException(f"{len(found)} 处有误")
    for line in told(load(file)):
        click.echo(line)


def told(definition: Definition) -> list[str]:
    """What the definition holds, what its document leaves unsaid, and what it contradicts itself in."""
    open_values = unsaid(definition)
    rules = len(definition.rules) + sum(len(track.rules) for track in definition.tracks)
    lines = [f"✓ {definition.title}（{definition.source.number}）",
             f"  组别 {len(definition.tracks)}，阶段 {len(definition.phases)}，规则 {rules}"]
    if open_values:
        lines.append(f"原文没有写明 {len(open_values)} 项，开到那个阶段以前要定下来：")
    for setting in open_values:
        phase = definition.phase(setting.needed_by)
        lines.append(f"  · {setting.label}（{phase.name}以前）　{cite(definition, setting.clause)}")
    if definition.warnings:
        lines.append(f"原文自相矛盾或要留意的 {len(definition.warnings)} 处：")
    return [*lines, *(f"  ！{warning.text}" for warning in definition.warnings)]


@contest_group.command("run", help="在一个用完就删的数据库里演一遍：阶段、日期、报名、谁因为哪一条被拒、结果。")
@click.argument("code", type=click.Choice(sorted(PLAYS)))
@click.option("--scenario", type=click.Choice(["demo"]), default="demo", show_default=True)
def run_contest(code: str, scenario: str) -> None:
    with tempfile.TemporaryDirectory(prefix="jiebang-play-") as folder:
        database = Database.connect(f"sqlite:///{folder}/play.sqlite")
        try:
            migrate.upgrade(database.engine)
            with database.write() as session:
                run = Play(session, click.echo)
                PLAYS[code](run)
        finally:
            database.engine.dispose()
    click.echo(f"演完：拒了 {len(run.refused)} 次，每次都没有改动任何东西")
