"""Grades of a prize (一等奖): places, the groups they are given in, and their money."""

import bisect
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ingestion.notices.money import Amount
from ingestion.notices.notice import SILENT, Award, Value
from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.outline import NUMERALS, Section
from ingestion.notices.passages import Passage
from ingestion.notices.reading import FORMER, Reading

COUNT = rf"(?:\d{{1,4}}|{NUMERAL}{{1,3}}|若干)"
MEASURE = "名|个|项|家|支|篇|件|队|组|人"
GRADE = (r"(?:(?:团体|集体|单项)?(?:特等奖|[一二三四]等奖)|[冠亚季殿]军(?!赛)|(?<![现资奖])[金银铜]奖(?![励金项])|优胜奖|优秀奖|入围奖|鼓励奖|"
         r"优秀[\u4e00-\u9fff]{2}奖(?!励)"
         r"|最[\u4e00-\u9fff]{2,7}奖(?!励)|最佳[\u4e00-\u9fff]{2,7}奖(?!励)"
         rf"|(?:(?<=[设立置、，])|^)(?![增另]?设)(?:(?!奖|等奖)[\u4e00-\u9fff]){{2,8}}奖"
         rf"(?=\s?(?:各|共)?(?:(?:\d{{1,3}}|{NUMERAL}{{1,3}})\s?[名个项件]|若干)))")
HONOUR = (r"(?:优秀(?:(?!的)[\u4e00-\u9fff]){0,8}?(?:成果|作品|项目|案例|方案|论文|建议|个人|团队|班组|企业|选手|裁判员?|教练员?|组织者|导师|辅导员|工作者|工作室|"
          r"创新点)(?!奖)|"
          r"优胜(?:单位|队伍?|团队|集体|选手|者)|优秀[\u4e00-\u9fff]{0,2}组织(?:单位|奖|者)|"
          r"优秀指导(?:教师奖?|老师奖?|奖)|先进(?:集体|个人|单位)奖?|优秀(?:组织|承办|推荐)单位奖?)")
GRADES_SHORT = re.compile(r"(?P<grades>[特一二三四](?:[、，和及]?[一二三四])+)、?等奖")
ONE = re.compile(rf"(?P<name>{HONOUR}|{GRADE})”?(?:称号)?(?:，?共|，?名额为?|（|\(|各|为|设|"
                 rf"：)?(?P<count>{COUNT})?\s?(?:{MEASURE})?")
RANK = r"第(?:[一二三四五六七八]|\d{1,2}(?:\s?[至到—\-~～]+\s?\d{1,2})?)名"
PLACE = re.compile(rf"(?P<name>{RANK})(?=(?:[、和]{RANK})*(?:各\d{{1,2}}\s?[个名])?[，,]?(?:分别|依次|各)(?:奖励|奖金|给予|颁发|为)?)|"
                   rf"(?P<paid>{RANK})(?:各?(?:奖励|奖金|给予|奖)|每人(?:奖励|奖金)?)?(?:人民币)?[：:为]?\s?(?=\d[\d,.]*\s?(?:万元|千元|元))")
FIRST_PLACES = re.compile(r"(?P<places>前(?P<number>[二三四五六八2-8])名)[^。；]{0,16}分别(?:为|奖励|给予)?")
ORDINARY = re.compile(rf"(?:[特一二三四]等|[金银铜]|优[秀胜]|入围|鼓励)奖|[冠亚季殿]军|{RANK}")
"""Grades that a group goes on with where an earlier sentence spoke of every group."""
WORKS = re.compile("(?:成果|作品|项目|案例|方案|论文|建议|团队|班组|企业|创新点|工作室)$")
KIND, LEVEL = re.compile("团体|集体|单项"), re.compile("[特一二三四]等奖$")
NOT_PLACES = ("万", "元", "0", "%", "％", ".", "千", "分", "字", "岁")
"""What after a number says that it counts no winners: 二等奖（20%）, 一等奖5000元."""
BESIDE = re.compile("[、和及”“]{1,3}")
EACH = re.compile(rf"(?P<count>{COUNT})\s?(?:{MEASURE})")
STAGE = re.compile(r"(?:^|对)(?P<stage>(?!对)[\u4e00-\u9fff]{0,4}(?:决赛|初赛|复赛|专项赛|预赛))")
EVERY_GROUP = re.compile(r"(?:[两三四五六七八\d]{1,2}个(?:组别|赛道|赛项|类别|项目|赛题|榜单)(?:分别|均|各)?设|"
                         r"[两三四五六七八\d]{1,2}个组别|(?:各|每一?)个?(?:竞赛|比赛|参赛|专业)?(?:组别?(?!织)|赛道|赛项|赛题|榜单|榜题|命题|类别|工种|职业|方向|"
                         r"专项(?!赛)|"
                         r"板块|单元|项目(?=[^，。；]{0,6}(?:设|一等奖|第|前))|类(?=[^，。；]{0,8}(?:设|奖)))|"
                         r"各(?P<kind>[\u4e00-\u9fff]{2,4}赛))")
NEAR = 100
"""Paragraphs that what is said of every group may stand before the prize. A whole notice seldom has so many."""


@dataclass
class Found:
    """One award before its money is known."""

    award: Award
    passage: Passage
    end: int


def graded(reading: Reading, section: Section, sentence: Passage) -> list[Found]:
    """The grades a sentence sets, for every group it speaks of. A sentence that only names winners sets none."""
    if not re.search(r"设|评出|评选|颁发|授予(?=优秀|奖[牌杯状])|奖励|给予|名额|产生|奖金|各奖|每[名项队]|奖\s?\d[\d.]*\s?万?元", sentence.text) \
            and not (re.search("奖[项励]", f"{section.above} {section.name}") and (one := ONE.match(sentence.text))
                     and one["count"]):
        return []
    if FORMER.match(sentence.text) or re.search(r"(?:推荐|报送|限报|选送|申报)[^，。；]{0,8}优秀", sentence.text):
        return []
    if re.search(r"获得?\S{0,12}(?:等奖|的)\S{0,8}(?:团队|作品|选手|学生|成果)?\S{0,4}(?:推荐|晋级|进行报道|提供|优先)", sentence.text):
        return []
    named = [*_short(sentence), *_single(sentence), *_placed(sentence)]
    tracks = _tracks(reading, section, sentence)
    spoken = bool(EVERY_GROUP.search(sentence.text) or reading.group_in(sentence.text) or STAGE.search(sentence.text))
    besides = bool(re.match("另|此外|同时", sentence.text))
    return [Found(Award(track, name, places, SILENT, SILENT), sentence, end) for name, places, end in named
            for track in (tracks if not besides and (spoken or ORDINARY.fullmatch(name.value or "")) else [SILENT])]


def _short(sentence: Passage) -> list[tuple[Value[str], Value[int], int]]:
    """一、二、三等奖: three names from one word."""
    return [(sentence.value(f"{grade}等奖", match.start(), match.end()), SILENT, match.end())
            for match in GRADES_SHORT.finditer(sentence.text) for grade in re.findall("[特一二三四]", match["grades"])]


def _placed(sentence: Passage) -> list[tuple[Value[str], Value[int], int]]:
    """第一名10000元、第二名6000元; 前三名，分别为5000元、3000元、2000元. A place without money is no award."""
    found = [(sentence.value(match[name], *match.span(name)), SILENT, match.end(name))
             for match in PLACE.finditer(sentence.text) for name in ("name", "paid") if match[name]]
    match = FIRST_PLACES.search(sentence.text)
    if match and not found and re.search(r"\d\s?万?元", sentence.text[match.end():]):
        return [(sentence.value(f"第{NUMERALS[place]}名", *match.span("places")), SILENT, match.end("places"))
                for place in range(1, numeral(match["number"]) + 1)]
    return found


def _single(sentence: Passage) -> list[tuple[Value[str], Value[int], int]]:
    taken = [match.span() for match in GRADES_SHORT.finditer(sentence.text)]
    found: list[tuple[Value[str], Value[int], int]] = []
    run: list[int] = []
    of_whom: re.Match[str] | None = None
    last = 0
    for match in ONE.finditer(sentence.text):
        if any(low <= match.start() < high for low, high in taken) or _idle_honour(sentence.text, match):
            continue
        places = SILENT
        if match["count"] and match["count"] != "若干" and not sentence.text[match.end():].startswith(NOT_PLACES):
            places = sentence.value(numeral(match["count"]), match.start("count"), match.end("count"))
        run = run if BESIDE.fullmatch(sentence.text, last, match.start()) else []
        if places.value and "各" in sentence.text[match.end("name"):match.start("count")]:
            for at in run:  # 二等奖、三等奖各2名
                found[at] = found[at][0], places, found[at][2]
        run = [*run, len(found)] if places.value is None else []
        of_whom = KIND.match(match["name"]) or of_whom  # 团体一等奖1个、二等奖2个
        name = match["name"]
        if of_whom and LEVEL.search(name):
            name = of_whom[0] + name.removeprefix(of_whom[0])
        end = match.end() if places.value else match.end("name")  # 一等奖8000元: the number is the money's
        found.append((sentence.value(name, match.start("name"), match.end("name")), places, end))
        last = match.end()
    return found


def _idle_honour(text: str, match: re.Match[str]) -> bool:
    """An honour that is only mentioned: without a number, where nothing is given or works get nothing."""
    if match["count"] or not re.fullmatch(HONOUR, match["name"]):
        return False
    if WORKS.search(match["name"]):
        return not re.match("每[项个名篇件家]|各?(?:奖励|奖金|给予)", text[match.end():])
    return not re.search("颁发|授予|设", text)


def _tracks(reading: Reading, section: Section, sentence: Passage) -> list[Value[str]]:
    """The group that the sentence or its heading names; all groups where it says so or names none."""
    if "团体" in sentence.text and not any("团体" in group for group in reading.groups):
        return [SILENT]
    if every := EVERY_GROUP.search(sentence.text):
        if (one := reading.group_in(sentence.text[:every.start()])) and sentence.text[:every.start()].endswith(one):
            return [sentence.value(one, every.start() - len(one), every.start())]  # 主体赛每个组别设……
        if every["kind"] and reading.group_in(every["kind"]) is None:
            return [sentence.value(every["kind"], every.start("kind"), every.end("kind"))]
        return [sentence.value(group, every.start(), every.end()) for group in reading.groups] or [SILENT]
    for passage in [sentence, *([section.title] if section.title else [])]:
        if track := reading.track_in(passage):
            return [track]
    if spoken := _spoken_of(reading, section, sentence):
        return [spoken]
    if stage := STAGE.search(sentence.text):
        named = next((one for one in reading.stages if stage["stage"] in one), stage["stage"])
        return [sentence.value(named, stage.start("stage"), stage.end("stage"))]
    if reading.groups and _said_of_every_group(reading, section, sentence):
        return [sentence.value(group) for group in reading.groups]
    return [SILENT]


def _said_of_every_group(reading: Reading, section: Section, sentence: Passage) -> bool:
    """Whether the words before the sentence, its heading or what leads to its section speak of every group."""
    above = reading.parents.get(id(section))
    lead = [above.title, *_body_before(above, sentence)] if above else []
    before = [one.text for one in [*lead, *section.passages_own()[:1]] if one and one.at[-1] < sentence.at[0]]
    before += [passage.text[:passage.at.index(sentence.at[0])] if sentence.at[0] in passage.at else passage.text
               for passage in _body_before(section, sentence)]
    return any(EVERY_GROUP.search(one) for one in before)


def _body_before(section: Section, sentence: Passage) -> list[Passage]:
    """The paragraphs of the section that begin before the sentence: the last NEAR, since each sentence asks again."""
    end = bisect.bisect_left(section.body, sentence.at[0], key=lambda passage: passage.at[0])
    return section.body[max(0, end - NEAR):end]


def _spoken_of(reading: Reading, section: Section, sentence: Passage) -> Value[str] | None:
    """The one group that the paragraph has named before the sentence (甲赛第一名授予……；一次性奖励：第一名……)."""
    for passage in _body_before(section, sentence)[-1:]:
        if sentence.at[0] <= passage.at[-1]:
            before = passage.text[:passage.at.index(sentence.at[0])]
            named = [group for group in reading.groups if group in before]
            if len(named) == 1:
                at = before.rfind(named[0])
                return passage.value(named[0], at, at + len(named[0]))
    return None


def paid_with(award: Award, passage: Passage, amount: Amount) -> Award:
    low: Value[Decimal] = passage.value(amount.low, amount.start, amount.end) if amount.low is not None else SILENT
    high: Value[Decimal] = passage.value(amount.high, amount.start, amount.end) if amount.high is not None else SILENT
    return replace(award, amount_min=low, amount_max=high)
