"""奖项: grades, places and money, and titles given by number (20 名“创新能手”)."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ingestion.notices.money import Amount, amounts
from ingestion.notices.notice import SILENT, Award, Value
from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage, sentences
from ingestion.notices.reading import Reading
from models.codes import divisions

COUNT = rf"(?:\d{{1,4}}|{NUMERAL}{{1,3}}|若干)"
MEASURE = "名|个|项|家|支|篇|件|队|组|人"
GRADE = r"(?:特等奖|[一二三四]等奖|(?<![现资奖])[金银铜]奖(?![励金项])|优胜奖|优秀奖|入围奖|鼓励奖|(?:最佳|优秀)[\u4e00-\u9fff]{2}奖(?!励))"
HONOUR = r"(?:优秀组织(?:单位|奖|者)|优秀工作者|优秀指导(?:教师|老师|奖)|先进(?:集体|个人|单位)|优秀(?:组织|承办|推荐)单位)"
GRADES_SHORT = re.compile(r"(?P<grades>[特一二三四](?:[、，和及]?[一二三四])+)、?等奖")
ONE = re.compile(rf"(?P<name>{HONOUR}|{GRADE})(?:（|\(|各|为|设|：)?(?P<count>{COUNT})?\s?(?:{MEASURE})?")
TITLE = re.compile(rf"(?P<count>{COUNT})\s?(?:{MEASURE})(?:获奖者|选手|职工|团队)?“(?P<name>[^”]{{2,30}})”")
FUNDED = re.compile(r"(?:项目)?(?:经费|资助(?:金额|额度)?|支持经费)[：:为]?\s?(?=[\d])")
PER_PROJECT = re.compile(rf"(?:遴选|择优(?:遴选|支持|选出)?|支持|选取)(?P<count>\d{{1,3}}|{NUMERAL}{{1,3}})\s?(?:个|项|家)")
GIVING = re.compile("奖|评选|选树|命名|授予|表彰|评出|评定")
SECTION = re.compile("奖项|奖励|表彰|激励|评比|评奖|设奖|支持")
EACH = re.compile(rf"(?P<count>{COUNT})\s?(?:{MEASURE})")
PLACE = "(?:全国|" + "|".join(sorted({re.escape(name) for name in divisions().values() if name[-1] in "省市"})) + \
        r"|[\u4e00-\u9fff]{2}[省市])"
CONFERRED = re.compile(
    rf"(?:授予|推荐申报|颁发给?)(?P<who>[^，。；]{{0,60}}?)(?P<name>{PLACE}?“?{PLACE}?"
    r"(?:五一劳动|[\u4e00-\u9fff]{2,6}?)(?:奖章|奖状|先锋号|标兵|能手)”?)(?:称号)?(?=[，。；]|$)")
EVERY_GROUP = re.compile(r"(?:[两三四五六七八\d]{1,2}个组别|各组别?|各赛道|每个?(?:组别|赛道|组)|各(?P<kind>[\u4e00-\u9fff]{2,4}赛))")


@dataclass
class Found:
    """One award before its money is known."""

    award: Award
    passage: Passage
    end: int


def awards(reading: Reading) -> tuple[Award, ...]:
    """Grades per group in the notice's order, then titles given by number, then the project's money."""
    found: list[Award] = []
    for section in reading.sections:
        for passage in section.body:
            for award in _paid([one for sentence in sentences(passage) for one in _graded(reading, section, sentence)],
                               passage):
                found.append(award)
    found.extend(_titles(reading, {award.name.value for award in found}))
    found.extend(_conferred(reading))
    return tuple(_distinct([*found, *_funded(reading)]))


def _distinct(found: list[Award]) -> list[Award]:
    """Each award of a group once; what one mention says of places or money joins the other."""
    kept: dict[tuple[str | None, str | None], Award] = {}
    for award in found:
        key = award.track.value, award.name.value
        known = kept.get(key)
        kept[key] = award if known is None else replace(
            known, places=_either(known.places, award.places), amount_min=_either(known.amount_min, award.amount_min),
            amount_max=_either(known.amount_max, award.amount_max))
    return list(kept.values())


def _either(one: Value, other: Value) -> Value:
    return other if one.value is None else one


def _graded(reading: Reading, section: Section, sentence: Passage) -> list[Found]:
    """The grades a sentence sets, for every group it speaks of. A sentence that only names winners sets none."""
    if not re.search(r"设|评出|评选|颁发|奖励|名额|产生|奖金|各奖|每[名项队]", sentence.text):
        return []
    if re.search(r"获得?\S{0,12}(?:等奖|的)\S{0,8}(?:团队|作品|选手|学生|成果)?\S{0,4}(?:推荐|晋级|进行报道|提供|优先)", sentence.text):
        return []
    named = [*_short(sentence), *_single(sentence)]
    tracks = _tracks(reading, section, sentence)
    return [Found(Award(track, name, places, SILENT, SILENT), sentence, end)
            for track in tracks for name, places, end in named]


def _short(sentence: Passage) -> list[tuple[Value[str], Value[int], int]]:
    """一、二、三等奖: three names from one word."""
    return [(sentence.value(f"{grade}等奖", match.start(), match.end()), SILENT, match.end())
            for match in GRADES_SHORT.finditer(sentence.text) for grade in re.findall("[特一二三四]", match["grades"])]


def _single(sentence: Passage) -> list[tuple[Value[str], Value[int], int]]:
    taken = [match.span() for match in GRADES_SHORT.finditer(sentence.text)]
    found = []
    for match in ONE.finditer(sentence.text):
        if any(low <= match.start() < high for low, high in taken):
            continue
        if re.fullmatch(HONOUR, match["name"]) and not match["count"] and not re.search("颁发|授予|设", sentence.text):
            continue
        places = SILENT
        if match["count"] and match["count"] != "若干" and not sentence.text[match.end():].startswith(("万", "元", "0")):
            places = sentence.value(numeral(match["count"]), match.start("count"), match.end("count"))
        found.append((sentence.value(match["name"], match.start("name"), match.end("name")), places, match.end()))
    return found


def _tracks(reading: Reading, section: Section, sentence: Passage) -> list[Value[str]]:
    """The group that the sentence or its heading names; all groups where it says so or names none."""
    if every := EVERY_GROUP.search(sentence.text):
        if every["kind"] and reading.group_in(every["kind"]) is None:
            return [sentence.value(every["kind"], every.start("kind"), every.end("kind"))]
        return [sentence.value(group, every.start(), every.end()) for group in reading.groups] or [SILENT]
    for passage in [sentence, *([section.title] if section.title else [])]:
        if group := reading.group_in(passage.text):
            at = passage.text.find(group)
            return [passage.value(group, at, at + len(group))]
    if stage := re.search(r"(?:^|对)(?P<stage>(?!对)[\u4e00-\u9fff]{0,4}(?:决赛|初赛|复赛|专项赛|预赛))", sentence.text):
        named = next((one for one in reading.stages if stage["stage"] in one), stage["stage"])
        return [sentence.value(named, stage.start("stage"), stage.end("stage"))]
    return [sentence.value(group) for group in reading.groups] if 0 < len(reading.groups) < 6 else [SILENT]


def _paid(found: list[Found], passage: Passage) -> list[Award]:
    """Money: after each grade up to the next one, in the grades' order where it comes in a row, else one for all."""
    if not found:
        return []
    sums = amounts(passage)
    groups = {one.award.track.value for one in found}
    names = list(dict.fromkeys(one.award.name.value for one in found))
    if not sums:
        return [one.award for one in found]
    if len(sums) == len(names) and len(groups) >= 1 and len(sums) > 1:
        by_name = dict(zip(names, sums, strict=True))
        return [_with(one.award, passage, by_name[one.award.name.value]) for one in found]
    if len(sums) == 1:
        return [_with(one.award, passage, sums[0]) for one in found]
    return [_with(one.award, passage, near) if (near := _next(one, passage, sums)) else one.award for one in found]


def _next(found: Found, passage: Passage, sums: list[Amount]) -> Amount | None:
    """The first sum after the award's name."""
    at = passage.at.index(found.passage.at[found.end - 1])
    return next((one for one in sums if one.start > at), None)


def _with(award: Award, passage: Passage, amount: Amount) -> Award:
    low: Value[Decimal] = passage.value(amount.low, amount.start, amount.end) if amount.low is not None else SILENT
    high: Value[Decimal] = passage.value(amount.high, amount.start, amount.end) if amount.high is not None else SILENT
    return replace(award, amount_min=low, amount_max=high)


def _titles(reading: Reading, known: set[str | None]) -> list[Award]:
    """20名“创新能手”: a title with its number, in a sentence that gives it."""
    found = []
    for _, sentence in reading.sentences():
        for match in TITLE.finditer(sentence.text) if GIVING.search(sentence.text) else ():
            if match["name"] not in known:
                count = sentence.value(numeral(match["count"]), match.start("count"), match.end("count"))
                found.append(Award(SILENT, sentence.value(match["name"], match.start("name"), match.end("name")),
                                   SILENT if match["count"] == "若干" else count, SILENT, SILENT))
    return found


def _conferred(reading: Reading) -> list[Award]:
    """授予……五一劳动奖章, 授予20个“……”“工人先锋号”, 推荐申报“……”: what a winner is given besides."""
    found = []
    for _, sentence in reading.sentences():
        for match in CONFERRED.finditer(sentence.text):
            low, high = match.span("name")
            places: Value[int] = SILENT
            if count := EACH.match(match["who"]):
                start = match.start("who")
                places = sentence.value(numeral(count["count"]), start, start + count.end("count"))
            name = sentence.value(re.sub("[“”]", "", match["name"]), low, high)
            found.append(Award(SILENT, name, places, SILENT, SILENT))
    return found


def _funded(reading: Reading) -> list[Award]:
    """项目经费：20万元/个, with the number of projects where the notice says it."""
    places = next((sentence.value(numeral(match["count"]), match.start("count"), match.end("count"))
                   for _, sentence in reading.sentences() if (match := PER_PROJECT.search(sentence.text))), SILENT)
    for _, sentence in reading.sentences():
        if (match := FUNDED.match(sentence.text)) and (sums := amounts(sentence)):
            name = sentence.value(sentence.text[:match.end()].rstrip("：:为 "), 0, len(match.group().rstrip("：:为 ")))
            track = next((sentence.value(group) for group in reading.groups if len(reading.groups) == 1), SILENT)
            return [_with(Award(track, name, places, SILENT, SILENT), sentence, sums[0])]
    return []
