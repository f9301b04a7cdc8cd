"""Reading a leaf: its exact shape, and the salted commitments that hide its values.

    {"v":1,"log":origin,"id":event UUID,"type":…,"at":"…Z","ref":[{"index":…,"hash":hex}],"c":{field:hex commitment}}
"""

import dataclasses
import datetime as dt
import hashlib
import re
import typing
import uuid

from ledger.canonical import dumps, loads
from ledger.faults import Contradicted, Malformed

VERSION = 1
COMMIT_DOMAIN = b"jiebang/commit/v1\n"
FIELD_NAME = re.compile(r"[a-z0-9_.]+")
EVENT_TYPE = re.compile(r"[a-z]+\.[a-z]+")
HEX_32 = re.compile(r"[0-9a-f]{64}")

TYPE_NAMES = {
    "contract.confirmed": "合同经双方确认",
    "collab.reviewed": "核验意见",
    "collab.verified": "合作已核验",
    "collab.corrected": "合作已更正",
    "collab.withdrawn": "合作已撤回",
    "benefit.reported": "填报产生的效益",
    "registration.submitted": "提交报名",
    "review.drawn": "抽定出场顺序",
    "review.scored": "评审打分",
    "review.opened": "评审开封",
    "notice.published": "公示",
    "notice.withdrawn": "撤下公示",
    "objection.filed": "提出异议",
    "objection.decided": "异议处理决定",
    "terms.sealed": "评选办法封存",
    "award.decided": "评定奖项",
    "award.granted": "授奖",
    "award.revoked": "撤销奖项",
    "result.published": "公布竞赛结果",
    "certificate.issued": "颁发证书",
    "certificate.revoked": "证书作废",
    "award.paid": "发放奖金",
    "dossier.closed": "佐证材料封卷",
    "case.opened": "立案",
    "case.filed": "报送材料",
    "case.signed": "签署",
    "case.reviewed": "审查意见",
    "case.advanced": "进入下一步",
    "case.returned": "退回",
    "case.decided": "作出决定",
    "case.refused": "不予通过",
    "case.revoked": "撤销",
    "personal.erased": "个人信息已删除",
    "key.rotated": "更换密钥",
    "log.recovered": "日志恢复",
}
"""Every type of event a leaf may record, with its name on screen."""

AMENDMENTS = ("collab.corrected", "collab.withdrawn", "objection.decided", "notice.withdrawn", "award.revoked",
              "certificate.revoked", "personal.erased")
"""Types that change what an earlier entry means: a dossier that holds the entry must hold them too."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    index: int
    hash: bytes


class LeafBody(typing.NamedTuple):
    origin: str
    event_id: uuid.UUID
    type: str
    at: dt.datetime
    references: tuple[Reference, ...]
    commitments: dict[str, str]
    """Field name → hexadecimal commitment."""


def commitment(name: str, salt: bytes, value: bytes) -> str:
    """SHA-256("jiebang/commit/v1\\n" ‖ name ‖ "\\n" ‖ 32-byte salt ‖ canonical JSON of the value), in hexadecimal."""
    return hashlib.sha256(COMMIT_DOMAIN + name.encode() + b"\n" + salt + value).hexdigest()


def _check(right: bool, what: str) -> None:
    if not right:
        raise Malformed(f"条目的{what}有误")


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_index(value: object) -> bool:
    return type(value) is int and value >= 0


def parse_leaf(body: bytes) -> LeafBody:
    """Read a leaf's exact bytes. Raises Malformed for anything version 1 does not say."""
    leaf = loads(body)
    _check(isinstance(leaf, dict) and leaf.keys() == {"v", "log", "id", "type", "at", "ref", "c"}, "字段")
    _check(leaf["v"] == VERSION and type(leaf["v"]) is int, "版本")
    _check(isinstance(leaf["log"], str), "日志名")
    _check(_matches(EVENT_TYPE, leaf["type"]), "类型")
    _check(isinstance(leaf["c"], dict), "承诺")
    for field, value in leaf["c"].items():
        _check(_matches(FIELD_NAME, field) and _matches(HEX_32, value), "承诺")
    return LeafBody(leaf["log"], _event_id(leaf["id"]), leaf["type"], _at(leaf["at"]), _references(leaf["ref"]),
                    leaf["c"])


def _event_id(value: object) -> uuid.UUID:
    try:
        event_id = uuid.UUID(str(value))
    except ValueError as error:
        raise Malformed("条目的事件编号有误") from error
    _check(str(event_id) == value, "事件编号")
    return event_id


def _at(value: object) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Malformed("条目的时间有误") from error
    _check(at.tzinfo is not None and format_time(at) == value, "时间")
    return at


def format_time(at: dt.datetime) -> str:
    """UTC to the second, `2026-11-22T03:04:05Z`. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be recorded")
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _references(value: typing.Any) -> tuple[Reference, ...]:
    _check(isinstance(value, list), "引用")
    for ref in value:
        _check(isinstance(ref, dict) and ref.keys() == {"index", "hash"}, "引用")
        _check(_is_index(ref["index"]) and _matches(HEX_32, ref["hash"]), "引用")
    return tuple(Reference(ref["index"], bytes.fromhex(ref["hash"])) for ref in value)


def parse_openings(data: bytes) -> dict[str, tuple[bytes, object]]:
    """Field → (salt, value) from an opening file {field: {"salt": hex, "value": …}}. Raises Malformed."""
    found = loads(data)
    _check(isinstance(found, dict), "披露文件")
    for opening in found.values():
        _check(isinstance(opening, dict) and opening.keys() == {"salt", "value"}, "披露文件")
        _check(_matches(HEX_32, opening["salt"]), "披露文件")
    return {field: (bytes.fromhex(one["salt"]), one["value"]) for field, one in found.items()}


def check_opening(leaf: LeafBody, field: str, salt: bytes, value: object) -> None:
    """Raise Contradicted unless the leaf committed to this very value of the field."""
    if leaf.commitments.get(field) != commitment(field, salt, dumps(value)):
        raise Contradicted(f"披露的「{field}」和登记时的不符")
