"""The tracks of a draft: who enters, what is judged, what is handed in, what is won."""

import re
from decimal import Decimal
from typing import Any

from jobs.drafts.cited import Cited, Clauses, Said, said_or_open, texts
from models.errors import Invalid

ENTRANTS = (("个人$|职工$|选手|工匠个人", "person"), ("团队|队伍|赛队", "team"), ("班组|集体|工作室", "collective"),
            ("单位|法人|企业|院所|高校|机构|组织$", "organisation"), ("个人|专家|人才|职工|学生|教师", "person"))
MEASURES = (("数量$|件数$|个数$", "count"), ("合同(?:金)?额", "contract_amount"), ("效益|创效", "benefit"), ("投票|票数", "vote"))
PAPERS = (("报名表|推荐表|申报表", "signed_form"), ("报告", "report"), ("函$", "letter"))
GRADES = {"特等奖": "special", "一等奖": "first", "二等奖": "second", "三等奖": "third", "四等奖": "fourth",
          "金奖": "gold", "银奖": "silver", "铜奖": "bronze", "优秀奖": "merit", "优胜奖": "winner"}
HONOURS = (("单位|组织奖|集体", "organisation"), ("工作者|个人|教师|老师|指导|奖章|奖状|先锋号|能手$|标兵|称号", "person"))


def entrant_kind(track: Cited, conditions: list[Cited], name: str) -> str:
    """Person, team, collective or organisation, by the words about entrants. Invalid where they do not tell."""
    for text in (str(track["value"] or ""), texts(conditions)):
        for words, kind in ENTRANTS:
            if text and re.search(words, text):
                return kind
    raise Invalid(f"看不出“{name}”是个人、团队还是单位参赛。请在参赛对象里写明", field="tracks")


def rules(said: Said, track: dict[str, Any], kind: str, role: str, clauses: Clauses) -> list[dict[str, Any]]:
    """Membership; who makes a team; what year counts; nobody counts a contract or enters twice."""
    clause = clauses.of(track["entrants"], *said["eligibility"])
    found: list[dict[str, Any]] = [{"kind": "membership", "code": "entrant", "entrant": kind,
                                    "on_platform": bool(re.search("入驻|平台上", str(track["entrants"]["value"]))),
                                    "clause": clause}]
    if kind == "team" and (team := _team(said, clauses)):
        found.append(team)
    if role:
        found.append({"kind": "on_platform", "code": "on_platform", "clause": clause,
                      "link": "introduction" if role == "broker" else "engagement"})
        found.extend(_window(said, track, clauses))
    found.append({"kind": "one_claim", "code": "once", "of": "contract" if role else "entry",
                  "clause": clause | {"derived": "通知没有单列这一条：同一份材料、同一个参赛者只计一次"}})
    return found


def drop_once(tracks: list[dict[str, Any]]) -> None:
    """Take the rule that an entrant enters once out again, where the notice says how many one may hand in."""
    for track in tracks:
        track["rules"] = [rule for rule in track["rules"] if (rule["kind"], rule.get("of")) != ("one_claim", "entry")]


def role_of(entrants: Cited) -> str:
    """The platform role whose evidence counts, where the words name what is done on the platform."""
    text = str(entrants["value"] or "")
    if not re.search("平台", text):
        return ""
    return "broker" if re.search("促成|牵线|撮合", text) else "expert" if re.search("承接|揭榜|解决", text) else ""


def _team(said: Said, clauses: Clauses) -> dict[str, Any] | None:
    made = next((one for one in said["eligibility"] if re.search("高校.*企业|企业.*高校|院所.*企业", str(one["value"]))), None)
    if made is None:
        return None
    defends = next((one for one in said["eligibility"] if re.search("答辩", str(one["value"]))), None)
    student = bool(defends and "学生" in str(defends["value"]))
    return {"kind": "composition", "code": "team", "needs": [{"of": ["university"]}, {"of": ["enterprise"]}],
            "defender": "student" if student else "anybody" if defends else None, "filed_by_member": True,
            "clause": clauses.of(made)}


def _window(said: Said, track: dict[str, Any], clauses: Clauses) -> list[dict[str, Any]]:
    """The year that the papers of the group are of."""
    for one in said["materials"]:
        year = re.search(r"(20\d\d)年", re.sub(r"\s", "", str(one["name"]["value"])))
        if year and one["track"]["value"] in (None, track["name"]["value"]):
            return [{"kind": "window", "code": "evidence_year", "first": f"{year[1]}年1月", "last": f"{year[1]}年12月",
                     "clause": clauses.of(one["name"])}]
    return []


def of_track(items: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The items of one of these groups or stages, and those that name none."""
    return [one for one in items if one["track"]["value"] is None or one["track"]["value"] in names]


def indicators(items: list[dict[str, Any]], role: str, clauses: Clauses) -> list[dict[str, Any]]:
    """Counted from evidence where the group has a role on the platform, else given by reviewers."""
    found = []
    for number, one in enumerate(items, start=1):
        name = one["name"]["value"]
        counted = (kind for words, kind in MEASURES if re.search(words, name) and (role or kind == "vote"))
        measure = next(counted, "score")
        found.append({"code": f"i{number}", "name": name, "measure": measure, "weight": said_or_open(one["weight"]),
                      "basis": "unsaid" if measure == "benefit" else None, "clause": clauses.of(one["name"])})
    return found


def materials(items: list[dict[str, Any]], clauses: Clauses) -> list[dict[str, Any]]:
    """One paper each; 原件及复印件 are two."""
    found: list[dict[str, Any]] = []
    for one in items:
        name, clause = one["name"]["value"], clauses.of(one["name"])
        if re.search("合同|协议", name) and "原件" in name and "复印件" in name:
            base = re.sub("原件及复印件|原件和复印件|原件、复印件", "", name)
            found += [{"code": "", "name": base + "原件", "kind": "contract_original", "clause": clause},
                      {"code": "", "name": base + "复印件", "kind": "contract_copy", "clause": clause}]
        else:
            kind = next((kind for words, kind in PAPERS if re.search(words, name)), "file")
            found.append({"code": "", "name": name, "kind": kind, "clause": clause})
    return [one | {"code": f"m{number}"} for number, one in enumerate(found, start=1)]


def awards(items: list[dict[str, Any]], clauses: Clauses) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The awards that entries win, and the honours that go to none."""
    won: list[dict[str, Any]] = []
    honours: list[dict[str, Any]] = []
    for number, one in enumerate(items, start=1):
        name = one["name"]["value"]
        recipient = recipient_of(name)
        low, high = _bounds(one)
        (honours if recipient else won).append({
            "code": GRADES.get(name, f"a{number}"), "name": name, "places": said_or_open(one["places"]),
            "amount_min": low, "amount_max": high, "recipient": recipient,
            "clause": clauses.of(one["amount_max"], one["amount_min"], one["places"], one["name"])})
    return won, honours


def recipient_of(name: str) -> str | None:
    """To whom an honour goes that no entry wins; None for an entry's award."""
    return next((kind for words, kind in HONOURS if re.search(words, name) and name not in GRADES), None)


def _bounds(award: dict[str, Any]) -> tuple[Any, Any]:
    """Both bounds or none: where one is said and the other not, the other is for staff to set."""
    low, high = award["amount_min"]["value"], award["amount_max"]["value"]
    if low is None and high is None:
        return None, None
    return tuple("unsaid" if one is None else Decimal(str(one)) for one in (low, high))  # type: ignore[return-value]
