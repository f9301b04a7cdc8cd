"""`jiebang source`: sources that repeat, watched for an enterprise or an expert."""

import pathlib

import click
from sqlalchemy import select
from sqlalchemy.orm import joinedload

import settings as configuration
from ingestion.registration import find_user
from ingestion.sources import taking, watching
from ingestion.sources.watching import EVERY, SourceForm
from jobs import sources
from jobs.commands.opening import opened
from models.base import CITY_TIME
from models.errors import NotFound
from models.sources import SourceFormat, WatchedSource


@click.group("source", help="定时读取的来源：看、加、现在就读。")
def source_group() -> None: ...


@source_group.command("list", help="所有来源：是谁的，多久看一次，上次读成是什么时候，哪里出了错。")
@click.pass_obj
def source_list(settings: configuration.Settings) -> None:
    with opened(settings) as runtime, runtime.database.read() as session:
        rows = session.scalars(select(WatchedSource).options(joinedload(WatchedSource.owner))
                               .order_by(WatchedSource.created_at, WatchedSource.id)).all()
        for source in rows:
            click.echo(line_of(source, taking.counts(session, source)))
        if not rows:
            click.echo("还没有来源")


@source_group.command("add", help="替一位企业或专家的账号添加来源。LOCATION 是网址，或本机的文件夹。")
@click.argument("location")
@click.option("--for", "owner", required=True, help="账号的邮箱。")
@click.option("--name", required=True, help="名称。")
@click.option("--format", "form", type=click.Choice([*SourceFormat]), required=True, help="feed：RSS 或 Atom；html：网页列表。")
@click.option("--every", type=click.Choice([str(hours) for hours in EVERY]), default="24", show_default=True,
              help="几小时看一次。")
@click.option("--entry", "entry_selector", default="", help="网页列表里每一条的 CSS 选择器。")
@click.option("--title", "title_selector", default="", help="一条里标题的 CSS 选择器。")
@click.pass_obj
def source_add(settings: configuration.Settings, location: str, owner: str, name: str, form: str, every: str,
               entry_selector: str, title_selector: str) -> None:
    if "://" not in location:
        location = pathlib.Path(location).resolve().as_uri()
    typed = SourceForm(name, form, location, entry_selector, title_selector, every)
    with opened(settings) as runtime:
        with runtime.database.write() as session:
            source = watching.watch(session, find_user(session, owner), typed, by_operator=True)
            session.flush()
            session.refresh(source)
            session.expunge(source)
        found = sources.look_at(runtime, source, sources.fetcher_of(runtime))
    click.echo(f"已添加，读到 {len(found.entries or ())} 条" if not found.failure else f"已添加，但这次没读成：{found.failure}")


@source_group.command("check", help="现在就读一遍到期的来源；写名称就只读这一个，不管到没到期。")
@click.argument("name", required=False)
@click.pass_obj
def source_check(settings: configuration.Settings, name: str | None) -> None:
    with opened(settings) as runtime:
        with runtime.database.read() as session:
            found = (session.scalars(select(WatchedSource).where(WatchedSource.name == name)).all() if name
                     else watching.due(session))
            session.expunge_all()
        if name and not found:
            raise NotFound(f"没有叫“{name}”的来源")
        fetcher = sources.fetcher_of(runtime)
        for source in found:
            look = sources.look_at(runtime, source, fetcher)
            told = look.failure or ("没有变化" if look.entries is None else f"读到 {len(look.entries)} 条")
            click.echo(f"{source.name}：{told}")


def line_of(source: WatchedSource, counts: taking.Counts) -> str:
    good = f"{source.good_at.astimezone(CITY_TIME):%Y-%m-%d %H:%M} 读成" if source.good_at else "还没有读成过"
    state = "停着" if not source.active else f"连续 {source.failures} 次没读成：{source.failure}" if source.failures else "正常"
    return (f"{source.name}（{source.owner.name}）　{source.format}　{EVERY.get(source.every_hours, source.every_hours)}　"
            f"{good}　{state}　新 {counts.new}、已采用 {counts.taken}、有变化 {counts.changed}")
