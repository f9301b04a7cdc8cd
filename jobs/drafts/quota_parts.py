"""The quotas of a draft: 限报 and 推荐名额 as rules of the engine, where it has such a rule."""

import re
from collections.abc import Iterator
from typing import Any

from contests.rules.kinds import EVERY_TRACK
from jobs.drafts.cited import Clauses, Said

ORGANISATION = re.compile("单位|企业|公司|高校|院校|学校|大学|院所|机构|集团|工会|部门")
DISTRICT = re.compile("区市|区县|县区|市州|市县|镇街|街道|地区|[市县区]$|[市县区]）$")
FILES = re.compile("推荐|申报|限报|报送|报名|参赛|参评|参加|选派|选送|组队|可报")
ENTRIES, PEOPLE = ("项", "个", "件", "支", "队", "组", "篇", "部"), ("人", "名", "位")
NOT_ENTRIES = re.compile("班组成员|成员|指导教师|导师|专利|论文|领队|附件|照片")


def quotas(said: Said, tracks: list[dict[str, Any]], clauses: Clauses) -> Iterator[dict[str, Any]]:
    """A rule for every bound on how many entries an organisation or a district may hand in; the rest stays prose."""
    for number, one in enumerate(said["quotas"], start=1):
        per, most = _per(str(one["per"]["value"] or "")), one["number"]["value"]
        if per and _caps(one) and isinstance(most, int) and _of_entries(one, tracks):
            yield {"kind": "quota", "code": f"quota{number}", "name": _name(one), "counts": _counts(one, tracks),
                   "on": "entries", "per": per, "most": most,
                   "clause": clauses.of(one["bound"], one["number"], one["name"])}


def limits_an_organisation(rules: list[dict[str, Any]]) -> bool:
    """Whether the notice itself says how often an organisation may enter."""
    return any(rule["kind"] == "quota" and rule["per"] == "organisation" for rule in rules)


def _per(text: str) -> str | None:
    return "district" if DISTRICT.search(text) else "organisation" if ORGANISATION.search(text) else None


def _caps(one: dict[str, Any]) -> bool:
    return one["bound"]["value"] in ("at_most", "exactly") and one["number"]["value"] != 0


def _of_entries(one: dict[str, Any], tracks: list[dict[str, Any]]) -> bool:
    """Whether what is counted is entries: things that are filed; people where people enter."""
    words = "".join(str(one[field]["value"] or "") for field in ("name", "per")) + str(_quote(one["bound"]))
    if NOT_ENTRIES.search(words) or not FILES.search(words):
        return False
    persons = any(track["entrant"] == "person" for track in tracks)
    return one["unit"]["value"] in (*ENTRIES, *(PEOPLE if persons else ()))


def _quote(value: dict[str, Any]) -> str:
    return value["source"]["quote"] if value["source"] else ""


def _counts(one: dict[str, Any], tracks: list[dict[str, Any]]) -> str:
    """The group that the words name, or the only one; else all groups together."""
    words = str(one["name"]["value"] or "") + _quote(one["bound"])
    named = [track["code"] for track in tracks if track["name"] in words]
    return named[0] if len(named) == 1 else tracks[0]["code"] if len(tracks) == 1 else EVERY_TRACK


def _name(one: dict[str, Any]) -> str:
    per, name = str(one["per"]["value"]), str(one["name"]["value"] or "")
    return name if per in name else f"{per}{name}"
