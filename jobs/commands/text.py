"""`jiebang text`: repair a damaged text, and tell what was done to it and why."""

import dataclasses
import json
import pathlib
from collections.abc import Iterator

import click

from ingestion.notices.opening import notice_text
from ingestion.repair.passes import repair
from ingestion.repair.repaired import Change, Repaired

FILE = click.Path(exists=True, dir_okay=False, path_type=pathlib.Path)
KINDS = {"encoding": "编码", "private_use": "私用字符", "invisible": "看不见的字符", "gloss": "拼音", "traditional": "繁体字",
         "width": "全角半角", "line": "断行", "page": "页码", "space": "空格", "date": "日期", "bracket": "括号",
         "debris": "网页残留", "numbering": "编号", "spelling": "疑似错字"}
SHOWN = 40
"""Characters of a change that a line of the log shows."""


@click.group("text", help="文字：修复断行、繁体夹拼音、乱码、半角标点这类损坏。")
def text_group() -> None: ...


@text_group.command("repair", help="修复一份文件里的文字，写出干净的文字。缺的字写〓，认不准的不改。")
@click.argument("file", type=FILE)
@click.option("--log", "as_log", is_flag=True, help="改写成日志：每处改动在哪里、原来是什么、为什么、有多大把握。")
@click.option("--json", "as_json", is_flag=True, help="全部写成 JSON：文字、改动、缺字、建议、表格。")
def repair_file(file: pathlib.Path, as_log: bool, as_json: bool) -> None:
    repaired = repair(notice_text(file.name, file.read_bytes()))
    if as_json:
        click.echo(json.dumps(as_data(repaired), ensure_ascii=False, indent=1))
    elif as_log:
        for line in told(repaired):
            click.echo(line)
    else:
        click.echo(repaired.text, nl=not repaired.text.endswith("\n"))


def as_data(repaired: Repaired) -> dict:
    """Everything but the original, which the file holds; places are in its characters, from 0."""
    data = dataclasses.asdict(repaired)
    del data["original"]
    return data


def told(repaired: Repaired) -> Iterator[str]:
    """The log, a line each: changes, then what is lost, what is suggested, what is odd."""
    yield f"改动 {len(repaired.changes)} 处"
    yield from (_change(repaired, one) for one in repaired.changes)
    yield f"缺字 {len(repaired.lost)} 处"
    for span in repaired.lost:
        yield f"{_where(repaired, span.start)}　{span.why}：{'、'.join(span.candidates) or '不知道是什么'}"
    yield f"建议 {len(repaired.suggestions)} 处（没有改）"
    yield from (_change(repaired, one) for one in repaired.suggestions)
    yield f"要留意 {len(repaired.notes)} 处（没有改）"
    yield from (f"{_where(repaired, note.start)}　{note.why}" for note in repaired.notes)
    yield f"表格 {len(repaired.tables)} 个"
    for table in repaired.tables:
        yield f"{_where(repaired, table.start)}　{table.why}"
        yield from ("　　" + " | ".join(cell.text.replace("\n", "／") for cell in row) for row in table.rows)


def _change(repaired: Repaired, change: Change) -> str:
    return (f"{_where(repaired, change.start)}　{KINDS[change.kind]}　“{_short(change.before)}”→“{_short(change.after)}”"
            f"　{change.confidence:.2f}　{change.why}")


def _where(repaired: Repaired, place: int) -> str:
    """Line and character in the original, from 1, and the character's number from 0."""
    line = repaired.original.count("\n", 0, place) + 1
    return f"第 {line} 行第 {place - repaired.original.rfind(chr(10), 0, place)} 字（{place}）"


def _short(text: str) -> str:
    shown = text.replace("\n", "⏎").replace("\t", "⇥")
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…（{len(text)} 字）"
