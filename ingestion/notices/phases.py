"""阶段: the steps of a contest and their days, from headings, lists and sentences."""

import datetime as dt
import re
from dataclasses import replace

from ingestion.notices.dates import Span, spans
from ingestion.notices.notice import SILENT, Phase, Value
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage, sentences
from ingestion.notices.reading import Reading
from ingestion.notices.tabulated import steps

TIMETABLE = re.compile("时间安排|日程|进度|步骤|阶段|赛制|程序|流程|环节|赛程|时间节点|方式及时间|实施安排")
IN_STEPS = re.compile(r"(?:分为?|按照?|包括|设)(?P<list>[\u4e00-\u9fff]{2,8}(?:(?:、|和|及)[\u4e00-\u9fff]{2,8}?)+?)(?:等)?"
                      r"(?:[\d两二三四五六七八九十]{1,2}\s?个)?(?:阶段|环节|步骤)")
STEP = ("网上报名|组织报名|组织申报|报名|网上申报|申报|组织推荐|推荐|资格审查|形式审查|资格审核|初审|初评|初赛|预赛|海选|复赛|复评|复审|半决赛|"
        "全国总决赛|总决赛|决赛|终评|专家评审|评审|答辩|公示|颁奖|表彰|表彰奖励|动员部署|宣传发动|宣传动员|启动|作品提交|作品征集|材料报送|"
        "培训|路演|集中展示|总结|总结提高|验收|区赛|市赛|选拔赛|现场评审|网络投票|组织实施|推进实施|实施")
SAID = re.compile(rf"(?P<name>{STEP})(?:工作)?(?:阶段|时间|日期|截止日期|截止时间|截止)?(?:为|是|：|:|定于|于|安排在|拟于|计划于|在|（|\s)*"
                  r"(?:由(?:原定?来?的?)?[^，。；]{2,24}(?:至|为|到)\s?)?$")
HELD = re.compile(rf"[，,]?(?:完成|举行|举办|进行|组织|开展|召开)(?:作品|项目|现场|专家|全市|全省|市级|省级)?(?P<name>{STEP})")
"""7月25日举行决赛: the step is named behind its day."""
TO_FOLLOW = re.compile(rf"(?P<name>{STEP})(?:工作)?(?:的)?(?:具体)?(?:时间|日期)?(?:和|及|、)?(?:地点|安排)?另行(?:通知|公布|公告)")
DOES = ("征集|发布|申报|报名|推荐|揭榜|攻关|遴选|选拔|初筛|评审|评选|评比|评价|答辩|路演|比赛|竞赛|初赛|复赛|决赛|展示|交流|公示|公布|表彰|表扬|颁奖|奖励|"
        "总结|验收|培训|启动|动员|部署|发动|宣传|实施|审核|审查|推广|对接|签约|立项|提交|报送|汇总")
STEP_NAME = re.compile(rf"(?:[\u4e00-\u9fff]{{0,4}}(?:{DOES})){{1,2}}(?:题目|需求|榜单|项目|作品|成果|结果|名单|材料|大会)?")
"""A heading that says what is done: 征集题目, 揭榜攻关, 评选表扬."""
WORK = re.compile(r"工作?$|阶段$")
NAME_AT_MOST = 14
FROM_ISSUE = re.compile(r"[自从](?:即日起|本?(?:通知|公告|文件|方案)?(?:印发|发布|公布|下发)之日起)(?=[，。]|$)")
"""A step that begins with the notice and whose end is not said."""
DAYS_FIRST = re.compile(r"(?=\d{1,4}\s?[年月])[\d年月日号上中下旬初底末至到—–~～\-前份起左右\s]+[，,：:、\s]*")
ORDINAL = re.compile(r"第[一二三四五六]阶段[：:、，]\s?(?=[\u4e00-\u9fff])")
LINE = re.compile(r"(?P<ordinal>第[一二三四五六]阶段[：:、，]?\s?(?=[\u4e00-\u9fff]))?(?P<name>[\u4e00-\u9fff“”]{2,12})[：:（(]")


def phases(reading: Reading) -> tuple[Phase, ...]:
    """The steps in order: of the section that is a timetable, then those that sentences date elsewhere."""
    found = [_phase(section, reading) for parent in _timetables(reading) for section in parent.children]
    found = _next_year(found or _tabled(reading) or _lines(reading), reading)
    listed = _named_as_listed(found, reading)
    besides = [phase for phase in _said(reading, alone=not listed)
               if not any(_same(phase.name.value or "", known.name.value or "") for known in listed)]
    return tuple(_in_order(listed, besides) if listed else _in_order([], _named_as_listed(besides, reading)))


def _tabled(reading: Reading) -> list[Phase]:
    """The rows of a table of steps."""
    return [Phase(name.part(0, len(_name(name))).said(), *(_values(cell, span, reading) if span else (SILENT, SILENT)))
            for name, cell, span in steps(reading)]


def _lines(reading: Reading) -> list[Phase]:
    """A line a step under a timetable's heading (作品征集：即日起至12月31日), two at least and one of them dated."""
    for section in reading.sections:
        lines = [(one, match) for one in section.body if (match := LINE.match(one.text))]
        dated = [bool(spans(one.part(match.end("name")), reading.year)) for one, match in lines]
        if TIMETABLE.search(section.name) and len(lines) > 1 and any(dated):
            return [_line(one, match, reading) for one, match in lines]
    return []


def _line(line: Passage, match: re.Match[str], reading: Reading) -> Phase:
    low = match.start("name")
    name = line.part(low, low + len(re.sub(r"阶段$|时间$", "", match["name"]))).said()
    rest = next(iter(sentences(line.part(match.end("name") + 1))), None)
    found = spans(rest, reading.year) if rest else []
    return Phase(name, *(_values(rest, found[0], reading) if rest and found else (SILENT, SILENT)))


def _next_year(found: list[Phase], reading: Reading) -> list[Phase]:
    """A step that names no year and would come long before the one above it is of the year after."""
    out: list[Phase] = []
    last = None
    for phase in found:
        day, source = phase.ends_on.value or phase.starts_on.value, phase.ends_on.source or phase.starts_on.source
        if last and day and source and not re.search(r"\d{4}|[二〇]〇", source.quote) and (last - day).days > 180:
            phase = Phase(phase.name, _year_on(phase.starts_on), _year_on(phase.ends_on))
        out.append(phase)
        last = phase.ends_on.value or phase.starts_on.value or last
    return out


def _year_on(day: Value[dt.date]) -> Value[dt.date]:
    if day.value is None or (day.value.month, day.value.day) == (2, 29):
        return Value(None, None)
    return Value(day.value.replace(year=day.value.year + 1), day.source)


def _timetables(reading: Reading) -> list[Section]:
    """The sections whose subsections are steps: the heading says so, or its first words do."""
    found = [one for one in reading.sections if len(one.children) > 1 and (_is_timetable(one) or _dated(one, reading))
             and all(0 < len(_named(child)) <= NAME_AT_MOST for child in one.children)]
    dated = [one for one in found if any(_days(child, reading) for child in one.children)]
    return (dated or found)[:1]


def _dated(section: Section, reading: Reading) -> bool:
    """Whether most of its subsections carry days in their headings, whatever the section is called."""
    dated = sum(bool(child.title and spans(child.title, reading.year)) for child in section.children)
    return dated > 1 and 2 * dated >= len(section.children)


def _is_timetable(section: Section) -> bool:
    lead = section.body[0].text[:60] if section.body else ""
    return bool(TIMETABLE.search(section.name) or TIMETABLE.search(lead) and (IN_STEPS.search(lead) or "：" in lead)
                or len(section.children) > 2 and all(STEP_NAME.fullmatch(_named(child)) for child in section.children))


def _phase(section: Section, reading: Reading) -> Phase:
    name = _step(section)
    assert name is not None, "a timetable's subsections have names"
    days = _days(section, reading)
    return Phase(name.said(), *days) if days else Phase(name.said(), SILENT, SILENT)


def _named(section: Section) -> str:
    step = _step(section)
    return step.text if step else ""


def _step(section: Section) -> Passage | None:
    """A step's name: its heading, without the days that may stand before it (3月1日至4月30日，报名阶段)."""
    for passage in [section.title, *section.body[:1]]:
        if passage is None:
            continue
        lead = ORDINAL.match(passage.text) or DAYS_FIRST.match(passage.text)
        rest = passage.part(lead.end() if lead else 0)
        name = rest.part(0, len(_name(rest.part(0, len(re.split("[，。]", rest.text)[0])))))
        if name.text:
            return name
    return None


def _name(title: Passage) -> str:
    return re.sub(r"(?<=.{2})(?:阶段|时间)$", "", re.split("[（(]", title.text)[0].strip())


def _days(section: Section, reading: Reading) -> tuple[Value[dt.date], Value[dt.date]] | None:
    """The span in the heading's brackets, else the first in its words."""
    for passage in [section.title, *section.body, *(one for child in section.children for one in child.passages())]:
        for sentence in sentences(passage) if passage else ():
            if found := spans(sentence, reading.year):
                ends = re.search("截止|截至", sentence.text[:found[0].start])
                return _values(sentence, replace(found[0], first=None) if ends else found[0], reading)
            if (match := FROM_ISSUE.search(sentence.text)) and reading.issued:
                return sentence.value(reading.issued, *match.span()), SILENT
    return None


def _values(sentence: Passage, span: Span, reading: Reading) -> tuple[Value[dt.date], Value[dt.date]]:
    begins = reading.issued if span.from_issue else span.first
    first = sentence.value(begins, span.start, span.end) if begins else SILENT
    last = sentence.value(span.last, span.start, span.end) if span.last else SILENT
    return first, last


def _said(reading: Reading, *, alone: bool) -> list[Phase]:
    """Steps that a sentence dates: the name stands right before the day."""
    found: list[Phase] = []
    for _, sentence in reading.sentences():
        for span in spans(sentence, reading.year):
            match = SAID.search(sentence.text[:span.start])
            if match and "截止" in match.group():
                span = replace(span, first=None)
            if match and not any(_same(match["name"], one.name.value or "") for one in found):
                name = sentence.value(match["name"], match.start("name"), match.end("name"))
                found.append(Phase(name, *_values(sentence, span, reading)))
    for section, sentence in reading.sentences() if alone else ():
        for span in spans(sentence, reading.year) if TIMETABLE.search(section.name) else ():
            if (match := HELD.match(sentence.text, span.end)) and not any(
                    _same(match["name"], one.name.value or "") for one in found):
                name = sentence.value(match["name"], *match.span("name"))
                found.append(Phase(name, *_values(sentence, span, reading)))
    return [*found, *_to_follow(reading, {one.name.value for one in found})]


def _to_follow(reading: Reading, known: set[str | None]) -> list[Phase]:
    """Steps whose days are announced later (决赛时间另行通知)."""
    return [Phase(sentence.value(match["name"], *match.span("name")), SILENT, SILENT)
            for _, sentence in reading.sentences() for match in TO_FOLLOW.finditer(sentence.text)
            if match["name"] not in known]


def _same(left: str, right: str) -> bool:
    return left in right or right in left


def _named_as_listed(found: list[Phase], reading: Reading) -> list[Phase]:
    """分报名、评审、公示、奖励四个阶段: the list's names stand for the headings that hold them; the rest are added."""
    for _, sentence in reading.sentences():
        if match := IN_STEPS.search(sentence.text):
            names = _listed(sentence, match)
            if len(names) > 1:
                return _merged(names, found)
    return found


def _listed(sentence: Passage, match: re.Match[str]) -> list[Value[str]]:
    places = [one.span() for one in re.finditer(r"[^、和及]+", match["list"])]
    return [sentence.value(match["list"][low:high], match.start("list") + low, match.start("list") + high)
            for low, high in places]


def _merged(names: list[Value[str]], found: list[Phase]) -> list[Phase]:
    rest, out = list(found), []
    for name in names:
        known = next((one for one in rest if _same(name.value or "", one.name.value or "")), None)
        if known is not None:
            rest.remove(known)
        out.append(Phase(name, known.starts_on, known.ends_on) if known else Phase(name, SILENT, SILENT))
    return [*out, *rest]


def _in_order(listed: list[Phase], besides: list[Phase]) -> list[Phase]:
    """A step that a sentence dated goes before the first that ends later; the listed ones keep their places."""
    out = list(listed)
    for phase in besides:
        last = phase.ends_on.value or phase.starts_on.value
        at = next((at for at, one in enumerate(out) if last and (day := one.ends_on.value or one.starts_on.value)
                   and day > last), len(out))
        out.insert(at, phase)
    return out
