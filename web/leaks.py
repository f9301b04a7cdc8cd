"""What the leak check found, as pages show it: the public text with its marks, and for each mark what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from ingestion.leak_check import Finding, public_texts
from ingestion.leaks import Leak
from models.demands import Demand
from web.display import moment


@dataclass(frozen=True)
class Stretch:
    """A piece of text; `note` says why it is marked, empty where it is not."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Advice:
    """One mark: the words, what to do about them, whether they must go, and why they may stay where somebody said."""

    label: str
    field: str
    words: str
    todo: str
    blocking: bool
    reason: str = ""


def kind_name(kind: str) -> str:
    return {"phone": _("像是电话"), "email": _("像是邮箱"), "chat": _("像是微信或 QQ 号"), "web": _("像是网址"),
            "code": _("您单位的代码或号码"), "name": _("单位名称"), "person": _("像是姓名"), "word": _("可能是名称里的字"),
            "place": _("地名"), "model": _("型号"), "product": _("产品名"), "figure": _("保密的数字"),
            "copied": _("和全文一字不差")}[kind]


def todo(kind: str) -> str:
    """What the writer does about a mark of this kind."""
    return {"name": _("删掉，写成“一家渔具企业”这样的话"), "person": _("删掉姓名和称呼"),
            "word": _("是单位名称或姓名就换掉；只是普通词，写明理由"), "place": _("只写到区市，不写镇街、路号和园区"),
            "model": _("换成“一种进口卷制机”这样的话"), "product": _("换成产品的类别"),
            "figure": _("写个大概，或者作为指标写进第 2 步"), "copied": _("换成自己的话概括"),
            }.get(kind) or _("删掉。双方同意见面后，平台会显示联系方式")


def cut(text: str, found: Iterable[Leak]) -> list[Stretch]:
    """`text` as stretches in order; marked ones carry what they look like."""
    stretches, at = [], 0
    for leak in found:
        stretches += [Stretch(text[at:leak.start])] * (leak.start > at)
        stretches.append(Stretch(text[leak.start:leak.end], kind_name(leak.kind)))
        at = leak.end
    return stretches + [Stretch(text[at:])] * (at < len(text))


def marked(demand: Demand, found: list[Finding]) -> dict[str, list[Stretch]]:
    """Field → its public text cut at what was found in it; of targets only those with a mark."""
    return {name: cut(text, [one.leak for one in found if one.field == name])
            for name, text in public_texts(demand).items()
            if name in ("title", "abstract") or any(one.field == name for one in found)}


def advice(found: Iterable[Finding]) -> list[Advice]:
    """One line for each different mark, those that must go first."""
    lines = {(one.field, one.leak.kind, one.leak.words): Advice(
        label(one.field), one.field, one.leak.words, todo(one.leak.kind), one.leak.blocking, _why(one))
        for one in sorted(found, key=lambda one: not one.leak.blocking)}
    return list(lines.values())


def label(field: str) -> str:
    if field.startswith("target-"):
        return _("第 %(n)s 项指标", n=int(field.split("-")[1]) + 1)
    return {"title": _("标题"), "abstract": _("公开摘要")}[field]


def _why(finding: Finding) -> str:
    given = finding.confirmed
    if given is None or finding.leak.blocking:
        return ""
    return _("%(name)s %(at)s 写明：%(reason)s", name=given.user.name, at=moment(given.at), reason=given.reason)
