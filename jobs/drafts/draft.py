"""A draft of a definition out of a reading: what the notice does not say stays `unsaid`, nothing is made up."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from jobs.drafts import phase_parts, quota_parts, track_parts
from jobs.drafts.cited import Clauses, Said
from jobs.drafts.toml_text import toml
from models.errors import Invalid

CONTEST = re.compile(r"^(?:.{0,30}?关于)?(?:申报|举办|开展|组织开展|组织|印发|做好|征集|公布|启动)*(?P<name>.+?)"
                     r"(?:活动)?(?:项目)?(?:的(?:通知|公告|实施方案|意见|办法|函))?$")
FIRST = "t1"
"""The track that carries the honours of the whole contest, so that they are counted once."""
ADVANCE = re.compile(r"获得?(?P<stage>[\u4e00-\u9fff]{0,8}?)(?P<award>[一二三]等奖|金奖)\S{0,6}?"
                     r"(?:晋级|进入|参加)(?P<target>[\u4e00-\u9fff]{2,10})")


def definition_toml(said: Said, article: Callable[[int], str], code: str = "") -> str:
    """The definition file of a reading. Invalid, naming the key, where a value without which none can be is missing."""
    return toml(definition_tables(said, Clauses(article), code))


def definition_tables(said: Said, clauses: Clauses, code: str = "") -> dict[str, Any]:
    """The tables of contests.definition.Definition. `code`: the contest's, else one made of the document's number."""
    title, dated = _needed(said, "title", "标题"), dt.date.fromisoformat(_needed(said, "issued_on", "成文日期"))
    issuers = [one["value"] for one in said["issuers"] if one["value"]]
    if not issuers:
        raise Invalid("通知没有写发文单位，补上才能成为竞赛定义", field="issuers")
    stages = _stages(said, clauses)
    tracks = _tracks(said, clauses, stages, contest_name(title))
    rules = [*_promotions(said, clauses, stages, tracks), *quota_parts.quotas(said, tracks, clauses)]
    if quota_parts.limits_an_organisation(rules):
        track_parts.drop_once(tracks)
    return {
        "code": code or code_of(said), "title": contest_name(title), "year": _year(said, dated),
        "source": {"title": title, "number": said["document_number"]["value"] or "未编文号", "issuer": issuers[0],
                   "dated": dated, "registered": _registered(said), "cosigned": issuers if len(issuers) > 1 else None},
        "organisers": [{"name": name, "role": "发文"} for name in issuers],
        "annexes": [{"code": f"annex{number}", "name": one["name"]["value"],
                     "text": "attached" if one["present"]["value"] else "unsaid", "clause": clauses.of(one["name"])}
                    for number, one in enumerate(said["annexes"], start=1)],
        "stages": [{"code": stage, "name": name, "clause": clauses.of(_named(said, name))}
                   for name, stage in stages.items()] or None,
        "tracks": tracks,
        "rules": rules or None,
        "phases": phase_parts.phases(said, clauses, stages),
        "public_notice": phase_parts.public_notice(said, clauses),
        "warnings": [{"code": f"w{number}", "where": "source", "text": one["value"]}
                     for number, one in enumerate(said["warnings"], start=1)] or None,
    }


def contest_name(title: str) -> str:
    """关于举办首届……大赛的通知 → 首届……大赛."""
    found = CONTEST.match(title)
    return found["name"].strip("《》") if found else title


def code_of(said: Said) -> str:
    """notice-2020-16 from 〔2020〕16号; without a number, the day of issue."""
    number = re.search(r"〔(\d{4})〕(\d+)号", said["document_number"]["value"] or "")
    return f"notice-{number[1]}-{number[2]}" if number else f"notice-{said['issued_on']['value']}"


def _registered(said: Said) -> str | None:
    """The registration number. Readings kept before there was one hold no such key."""
    value = said.get("registration_number", {}).get("value")
    return str(value) if value else None


def _needed(said: Said, key: str, label: str) -> str:
    if not said[key]["value"]:
        raise Invalid(f"通知没有写{label}，补上才能成为竞赛定义", field=key)
    return str(said[key]["value"])


def _year(said: Said, dated: dt.date) -> int:
    """The year of the first dated step, else of the document."""
    days = [one[side]["value"] for one in said["phases"] for side in ("starts_on", "ends_on") if one[side]["value"]]
    return int(days[0][:4]) if days else dated.year


def _stages(said: Said, clauses: Clauses) -> dict[str, str]:
    """Steps that awards are given in and that are no track (专项赛, 全国总决赛): the rounds, in order, with their codes."""
    groups = {one["name"]["value"] for one in said["tracks"]}
    given = {one["track"]["value"] for one in said["awards"]} - groups
    rounds = [one["name"]["value"] for one in said["phases"] if one["name"]["value"] in given]
    return {name: f"stage{number}" for number, name in enumerate(rounds, start=1)} if len(rounds) > 1 else {}


def _named(said: Said, name: str) -> dict[str, Any]:
    return next(one["name"] for one in said["phases"] if one["name"]["value"] == name)


def _tracks(said: Said, clauses: Clauses, stages: dict[str, str], contest: str) -> list[dict[str, Any]]:
    """The groups, in the first round; each later round is a group of its own; without groups, the one contest."""
    silent = {"value": None, "source": None}
    groups = list(said["tracks"]) or [{"code": silent, "name": {"value": contest, "source": said["title"]["source"]},
                                       "entrants": silent}]
    first = next(iter(stages), None)
    found = [_track(said, clauses, group, f"t{number}", (group["name"]["value"], first or ""), stages.get(first or ""))
             for number, group in enumerate(groups, start=1)]
    for number, (name, stage) in enumerate(list(stages.items())[1:], start=len(groups) + 1):
        later = {"code": silent, "name": _named(said, name), "entrants": groups[0]["entrants"]}
        found.append(_track(said, clauses, later, f"t{number}", (name,), stage))
    return found


def _track(said: Said, clauses: Clauses, group: dict[str, Any], code: str, names: tuple[str, ...],
           stage: str | None) -> dict[str, Any]:
    name, entrants = group["name"]["value"], group["entrants"]
    kind, role = track_parts.entrant_kind(entrants, said["eligibility"], name), track_parts.role_of(entrants)
    given = [one for one in track_parts.of_track(said["awards"], names)
             if one["track"]["value"] or code == FIRST or not track_parts.recipient_of(one["name"]["value"])]
    awards, honours = track_parts.awards(given, clauses)
    return {
        "code": code, "name": name, "stage": stage, "entrant": kind, "role": role,
        "clause": clauses.of(entrants, group["name"]),
        "rules": track_parts.rules(said, group, kind, role, clauses),
        "indicators": track_parts.indicators(track_parts.of_track(said["indicators"], names), role, clauses),
        "materials": track_parts.materials(track_parts.of_track(said["materials"], names), clauses),
        "awards": awards, "honours": honours or None,
    }


def _promotions(said: Said, clauses: Clauses, stages: dict[str, str],
                tracks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """获得专项赛一等奖的团队晋级全国总决赛."""
    found = []
    for condition in said["eligibility"]:
        match = ADVANCE.search(str(condition["value"]))
        target = next((one for one in tracks if match and one["name"] == match["target"]), None)
        if match and target and match["stage"] in stages:
            found.append({"kind": "promotion", "code": "advance", "stage": stages[match["stage"]],
                          "award": track_parts.GRADES[match["award"]], "target": target["code"],
                          "clause": clauses.of(condition)})
    return found
