"""`jiebang ranker`: look at what outcomes taught the ranking, use it, hold it, go back."""

import click

import settings as configuration
from ingestion.registration import find_user
from jobs import ranker, ranker_words
from jobs.commands.opening import opened
from matching.learning import rankers


@click.group("ranker", help="从合作结果里学到的推荐排序：看、学、启用、停住、退回。")
def ranker_group() -> None: ...


WHY = click.option("--reason", prompt="原因", help="写进记录的原因。")
BY = click.option("--by", prompt="工作人员的邮箱", help="谁做的：工作人员或管理员的邮箱。")


@ranker_group.command("status", help="现在用哪一版，各版的比较，自动启用开没开。")
@click.pass_obj
def ranker_status(settings: configuration.Settings) -> None:
    with opened(settings) as runtime, runtime.database.read() as session:
        for line in ranker_words.status(session, runtime.encoder.name):
            click.echo(line)


@ranker_group.command("train", help="现在就学一版，和在用的比。更好且自动启用开着，就会启用。")
@click.pass_obj
def ranker_train(settings: configuration.Settings) -> None:
    with opened(settings) as runtime:
        result = ranker.train(runtime, eager=True)
    click.echo(ranker_words.of_training(result))


@ranker_group.command("compare", help="一版和当时在用的比：每条没见过的需求，合作方从第几到第几。")
@click.argument("number", type=int)
@click.pass_obj
def ranker_compare(settings: configuration.Settings, number: int) -> None:
    with opened(settings) as runtime, runtime.database.read() as session:
        for line in ranker_words.comparison(rankers.find_version(session, number)):
            click.echo(line)


@ranker_group.command("use", help="人工启用一版。")
@click.argument("number", type=int)
@WHY
@BY
@click.pass_obj
def ranker_use(settings: configuration.Settings, number: int, reason: str, by: str) -> None:
    with opened(settings) as runtime:
        encoder = runtime.encoder.name
        with runtime.database.write() as session:
            rankers.use(session, find_user(session, by), rankers.find_version(session, number), reason, encoder)
    click.echo(f"已启用第 {number} 版")


@ranker_group.command("hold", help="停住一版；不写版本就停住自动启用，加 --release 恢复。")
@click.argument("number", type=int, required=False)
@click.option("--release", is_flag=True, help="恢复自动启用。")
@WHY
@BY
@click.pass_obj
def ranker_hold(settings: configuration.Settings, number: int | None, release: bool, reason: str, by: str) -> None:
    if release and number is not None:
        raise click.UsageError("--release 恢复的是自动启用，不写版本")
    with opened(settings) as runtime, runtime.database.write() as session:
        if number is None:
            rankers.set_automatic(session, find_user(session, by), release, reason)
        else:
            rankers.hold(session, find_user(session, by), rankers.find_version(session, number), reason)
    click.echo("已恢复自动启用" if release else "已停住自动启用" if number is None else f"已停住第 {number} 版")


@ranker_group.command("rollback", help="退回上一版（或基础排序），同时停住自动启用。")
@WHY
@BY
@click.pass_obj
def ranker_rollback(settings: configuration.Settings, reason: str, by: str) -> None:
    with opened(settings) as runtime, runtime.database.write() as session:
        before = rankers.roll_back(session, find_user(session, by), reason)
    click.echo(f"已退回{f'第 {before.number} 版' if before else '基础排序'}，自动启用也停住了")
