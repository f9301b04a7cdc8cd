"""`jiebang encoder`: change the model that embeds texts."""

import click

import settings as configuration
from jobs import encoders
from jobs.commands.opening import opened
from matching.encoders import generations
from matching.encoders.loading import identify, source_of


@click.group("encoder", help="更换向量模型：准备、换上、退回、停用。")
def encoder_group() -> None: ...


@encoder_group.command("status", help="有哪些向量模型，哪个在用，准备到哪里了。")
@click.pass_obj
def show_encoders(settings: configuration.Settings) -> None:
    with opened(settings) as runtime, runtime.database.read() as session:
        for line in encoders.told(session, settings):
            click.echo(line)


@encoder_group.command("prepare", help="让工作进程准备一个模型：文件夹或模型库名字；不写就是 JIEBANG_ENCODER 写的那个。")
@click.argument("model", default="")
@click.option("--wait", is_flag=True, help="准备好以后不自动换上，等 jiebang encoder switch。")
@click.pass_obj
def prepare_model(settings: configuration.Settings, model: str, wait: bool) -> None:
    wished = settings.model_copy(update={"encoder": model}) if model else settings
    files, instructions, name = identify(wished)
    with opened(settings) as runtime, runtime.database.write() as session:
        asked = generations.request(session, name, source_of(files, wished.encoder), instructions, automatic=not wait)
    click.echo(f"{asked.name}：{encoders.STATES[asked.state]}。进度看 jiebang encoder status；工作进程没在跑的话，先 jiebang serve")


@encoder_group.command("switch", help="换上一个准备好的模型，名字写能认出来的一段就行。")
@click.argument("name")
@click.pass_obj
def switch_model(settings: configuration.Settings, name: str) -> None:
    with opened(settings) as runtime, runtime.database.write() as session:
        found = generations.switch(session, generations.named(session, name))
    click.echo(f"已换上 {found.name}，网站从下一次搜索起用它。要退回：jiebang encoder rollback")


@encoder_group.command("rollback", help="退回上一个模型，并且停在那里。")
@click.pass_obj
def roll_model_back(settings: configuration.Settings) -> None:
    with opened(settings) as runtime, runtime.database.write() as session:
        found = generations.roll_back(session)
    click.echo(f"已退回 {found.name}。工作进程不会自己再换；要再换：jiebang encoder switch")


@encoder_group.command("retire", help="停用一个不在用的模型，删掉它的向量。")
@click.argument("name")
@click.confirmation_option(prompt="停用以后退不回去，要用得重新准备。停用？")
@click.pass_obj
def retire_model(settings: configuration.Settings, name: str) -> None:
    with opened(settings) as runtime, runtime.database.write() as session:
        found = generations.named(session, name)
        generations.retire(session, found)
    click.echo(f"已停用 {found.name}，工作进程会在一小时内删掉它的向量")
