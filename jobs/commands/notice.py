"""`jiebang notice`: read a contest notice into values, each with the words it comes from."""

import json
import pathlib
from collections.abc import Iterator
from typing import Any

import click

from ingestion.notices.articles import articles
from ingestion.notices.clauses import Kind, clauses
from ingestion.notices.opening import notice_text
from ingestion.notices.reader import opened_reading, read
from ingestion.notices.shown import as_json
from jobs.drafts.draft import definition_toml

FILE = click.Path(exists=True, dir_okay=False, path_type=pathlib.Path)
LABELS = {"title": "标题", "document_number": "文号", "registration_number": "登记号", "issuers": "发文单位",
          "issued_on": "成文日期", "addressees": "主送", "tracks": "组别",
          "phases": "阶段", "eligibility": "参赛条件", "indicators": "评价指标", "materials": "材料",
          "quotas": "名额和数量", "awards": "奖项", "deadlines": "期限", "annexes": "附件", "contacts": "联系方式",
          "missing": "没有写明", "warnings": "要留意", "repairs": "修复"}
KINDS = {Kind.rule: "规则", Kind.process: "步骤", Kind.slogan: "政策"}
REPAIRS_SHOWN = 10


@click.group("notice", help="竞赛通知：读出各项内容，每一项都带原文出处。")
def notice_group() -> None: ...


@notice_group.command("read", help="读一份通知（TXT、DOCX、DOC、PDF、HTML 或 RTF），列出读到的、没有写明的和要留意的。")
@click.argument("file", type=FILE)
@click.option("--json", "as_data", is_flag=True, help="写成 JSON：每个值带 source（原文的起止位置和原话）。")
def read_notice(file: pathlib.Path, as_data: bool) -> None:
    notice = as_json(read(notice_text(file.name, file.read_bytes())))
    if as_data:
        click.echo(json.dumps(notice, ensure_ascii=False, indent=1))
        return
    for key, said in notice.items():
        for line in _told(key, said):
            click.echo(line)


@notice_group.command("draft", help="把一份通知读成竞赛定义的草稿（TOML），没有写明的标 unsaid；用 contest check 检查。")
@click.argument("file", type=FILE)
@click.option("--code", default="", help="竞赛的代号；不写就按文号取。")
def draft_definition(file: pathlib.Path, code: str) -> None:
    text = notice_text(file.name, file.read_bytes())
    click.echo(definition_toml(as_json(read(text)), articles(text), code), nl=False)


@notice_group.command("clauses", help="逐句说明是规则、办事步骤，还是政策性的话，出自哪一条。")
@click.argument("file", type=FILE)
def list_clauses(file: pathlib.Path) -> None:
    for one in clauses(opened_reading(notice_text(file.name, file.read_bytes()))):
        click.echo(f"{KINDS[one.kind]}　{one.article or '开头'}　{one.text}")


def _told(key: str, said: Any) -> Iterator[str]:
    if not isinstance(said, list):
        yield f"{LABELS[key]}：{said['value'] or '（没有写明）'}"
        return
    yield f"{LABELS[key]}（{len(said)}）"
    shown = said[:REPAIRS_SHOWN] if key == "repairs" else said
    yield from (f"  · {_line(one)}" for one in shown)
    if len(shown) < len(said):
        yield f"  ……还有 {len(said) - len(shown)} 处，用 --json 看全部"


def _line(one: Any) -> str:
    if isinstance(one, str):
        return one
    if set(one) == {"value", "source"}:
        return str(one["value"])
    return "　".join(_said(name, value["value"]) for name, value in one.items() if value["value"] is not None)


def _said(name: str, value: Any) -> str:
    """A whole thing as itself; a yes or no, a number of the page's own words."""
    if isinstance(value, bool):
        return "随文收到" if value else "没有随文收到"
    return {"amount_min": "不少于 {} 元", "amount_max": "不超过 {} 元", "places": "{} 名", "weight": "权重 {}",
            "starts_on": "{} 起", "ends_on": "到 {}"}.get(name, "{}").format(value)
