"""The steps of a draft, and the 公示."""

import datetime as dt
import re
from typing import Any

from jobs.drafts.cited import Clauses, Said, day

KINDS = (("公示", "public_notice"), ("奖励|颁奖|表彰|授牌|批准|发文", "award"), ("审查|审核|初审", "vetting"),
         ("评审|评选|初赛|复赛|决赛|赛|选拔|论证|验收|答辩", "review"),
         ("报名|申报|推荐|征集|意向|揭榜", "registration"), ("动员|部署|启动|发布", "preparation"),
         ("宣传|实施|推进|培训|签订", "campaign"), ("总结", "summary"))
DEFAULT_KIND = "review"


def phases(said: Said, clauses: Clauses, stage_of: dict[str, str]) -> list[dict[str, Any]]:
    """The steps in the notice's order, with codes p1, p2 …; `stage_of` gives the stage of a step named like one."""
    found: list[dict[str, Any]] = []
    for number, phase in enumerate(said["phases"], start=1):
        name = phase["name"]["value"]
        found.append({"code": f"p{number}", "name": name, "kind": kind_of(name), "stage": stage_of.get(name),
                      "starts": day(phase["starts_on"]), "ends": day(phase["ends_on"]), "overlaps": None,
                      "clause": clauses.of(phase["starts_on"], phase["ends_on"], phase["name"])})
    first = next(iter(stage_of.values()), None)
    for one in found:
        one["stage"] = one["stage"] or first
    return _overlapping(found)


def kind_of(name: str) -> str:
    return next((kind for words, kind in KINDS if re.search(words, name)), DEFAULT_KIND)


def _overlapping(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A step that begins before the last dated one has ended says so, as the notice lets it."""
    latest: dt.date | None = None
    for one in found:
        if isinstance(one["starts"], dt.date) and isinstance(one["ends"], dt.date):
            one["overlaps"] = True if latest is not None and one["starts"] <= latest else None
            latest = one["ends"]
    return found


def public_notice(said: Said, clauses: Clauses) -> dict[str, Any] | None:
    """公示 where the notice speaks of it: its days from the limit, else open; where it is shown is for staff to say."""
    phase = next((one for one in said["phases"] if "公示" in (one["name"]["value"] or "")), None)
    limit = next((one for one in said["deadlines"] if "公示" in str(one["name"]["value"])), None)
    if phase is None and limit is None:
        return None
    days = re.search(r"\d+", str(limit["within"]["value"])) if limit else None
    return {"place": "unsaid", "days": int(days.group()) if days else "unsaid",
            "clause": clauses.of(limit["within"] if limit else None, phase["name"] if phase else None)}
