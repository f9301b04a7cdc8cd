"""Counts with a bound: 来自同一企业的不超过2人, 不少于300家或占比不低于50%, 每个单位限报3项."""

import re
from dataclasses import replace
from decimal import Decimal

from ingestion.notices.allotted import allotted
from ingestion.notices.bounds import TypedRule, typed_rules
from ingestion.notices.notice import SILENT, Quota, Value
from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.outline import outline
from ingestion.notices.passages import Passage, clause_start
from ingestion.notices.reading import Reading
from ingestion.notices.wholes import ONLY_PER, PER, per

CALENDAR = {"年", "周", "日", "天", "工作日", "个工作日", "个自然日", "岁", "周岁", "字", "页", "小时", "倍", "百分点"}
"""Units of limits in time, of age and of length: those are deadlines, conditions and outlines."""
CHOSEN = re.compile(r"(?:遴选|择优确定|取(?=前)|选出|评出(?=\d)|推荐|产生|限报|限推荐|可报|报送|包括|选派)(?P<what>[^，。；：（）]{0,16}?)"
                    r"(?P<number>\d{1,4})\s?(?P<unit>个|名|人|项|家|支|件)"
                    r"(?![\d，]*月)(?P<after>[\u4e00-\u9fff]{0,8}?)(?=作为|进行|参加|参赛|进入|晋级|入围|[，。；（）、]|$)")
ONLY = re.compile(rf"(?:只|仅)(?:能|可|得)?(?P<verb>[\u4e00-\u9fff]{{1,4}}?)(?P<what>)(?P<number>\d{{1,3}}|{NUMERAL})\s?"
                  r"(?P<unit>家|个|项|名|次|人|支|件)"
                  r"(?P<after>[\u4e00-\u9fff]{0,10})")
EACH_OF = re.compile(rf"(?P<per>每(?:[支个组])?(?:参赛|代表)?(?:队伍|团队|队|小组|组|项目|作品))(?:由|为|限|共|限报)?"
                     rf"(?P<number>\d{{1,2}}|{NUMERAL}{{1,2}})\s?(?P<unit>人|名)"
                     r"(?!次|以|至|到|—|-|~|左右)(?P<what>[\u4e00-\u9fff]{0,4}?)(?=组成|[，。；（）、]|$)")
ROLE = re.compile(rf"(?P<what>(?<!优秀)(?<!先进)(?<!最佳)(?<!优秀科技)(?<!名)(?:领队|队长|组长|教练员?|指导(?:教师|老师)|(?:科技)?辅导员|联络员|联系人|"
                  rf"裁判员?|技术顾问|带队\S{{0,2}}|"
                  rf"(?:正式|参赛)?(?:队员|选手)|替补(?:队员|选手)?))(?P<number>\d{{1,2}}|{NUMERAL})\s?(?P<unit>名|人|位)"
                  r"(?![至到—\-~～次以])")
"""设队长1名, 领队1名、选手3名: who belongs to a team."""
ROLE_AFTER = re.compile(rf"(?:设|明确|配备|确定|指定|推选)(?P<number>\d{{1,2}}|{NUMERAL})\s?(?P<unit>名|位|人)(?:为|担任|作为)?"
                        r"(?P<what>领队|队长|组长|教练员?|指导(?:教师|老师)|联络员|(?:项目|团队)?负责人)")
SHARES = re.compile(r"按照?(?P<per>[^，。；]{0,14}?(?:数量?|总数|总量))的"
                    r"(?P<list>\d{1,2}(?:\.\d+)?[%％](?:[、和，]\d{1,2}(?:\.\d+)?[%％])+)"
                    r"(?:的?比例)?(?:分别|分)?(?:设立?|设置|评选|评出|确定|产生|评定)(?P<names>[^。；]{2,40})")
SHARES_LAST = re.compile(r"(?P<names>[^。；]{2,60})分别(?:约)?(?:占|按|不超过)(?P<per>[^。；，\d]{0,24}?)的?"
                         r"(?P<list>\d{1,2}(?:\.\d+)?[%％](?:[、和，]\d{1,2}(?:\.\d+)?[%％])+)")
"""特等奖、一等奖、二等奖分别约占作品总数的3%、8%、24%."""
BESIDE = re.compile(r"(?P<grade>[特一二三四]等奖|[金银铜]奖|优[秀胜]奖)(?:占|按|约|比例|为|"
                    r"[（(])*(?:[^，。；、\d（）]{1,12}?的?)?(?P<share>\d{1,2}(?:\.\d+)?)[%％]")
SHARE = re.compile(r"\d{1,2}(?:\.\d+)?[%％]")
GRADES_OF = re.compile("([特一二三四])(?=[、和及，特一二三四等])|([金银铜])奖|(优[秀胜]奖)")
TABLE = re.compile(r"(?:推荐)?名额分配表")
LEADS = re.compile("(?:、|以及|其中|且|包括|并|或|要求?|原则上)+")
SETS = re.compile("(?:可以?|也|另|有|设|配备?|聘请?|包括|安排|明确|允许)+")
"""可有1-2名指导教师: the noun stands behind the number."""
TRAILS = re.compile("(?:均|的|应|须|需|要|为|在|由)+$")


def quotas(reading: Reading) -> tuple[Quota, ...]:
    """Every bounded count of the rules, in the notice's order."""
    found: list[Quota] = []
    table = False
    for section, sentence in reading.sentences():
        if given := allotted(section, sentence):
            found += given
            continue
        rules = [rule for rule in typed_rules(sentence) if _counts(rule) and not _lasts(sentence, rule)]
        ended = done = 0
        for rule in rules:
            ended, done = (done, rule.end) if rule.start >= done else (ended, done)
            quota = _quota(sentence, rule, ended)
            if quota.name.value is None and ended and found:  # 不少于15人、不超过30人: of the same thing
                quota = replace(quota, name=found[-1].name)
            found.append(quota)
        found.extend(_exact(sentence, rules))
        if shares := _shares(sentence):
            bounded = {(one.name.value, one.number.value) for one in found}  # 一等奖不超过5%: a bound, no share
            found.extend(one for one in shares if (one.name.value, one.number.value) not in bounded)
        if not table and (match := TABLE.search(sentence.text)):
            table = True
            name = sentence.value(match.group(), match.start(), match.end())
            found.append(Quota(name, SILENT, SILENT, SILENT, SILENT))
    return (*found, *_lengths(reading))


def _lengths(reading: Reading) -> list[Quota]:
    """The length that an annex asks of each section of a paper (1000字左右)."""
    found = []
    for annex in reading.letter.annexes:
        for section in outline(annex.passages).children:
            for passage in section.body if section.title else []:
                found.extend(replace(_quota(passage, rule, 0), name=section.title.said())
                             for rule in typed_rules(passage) if rule.unit == "字" and section.title)
    return found


def _counts(rule: TypedRule) -> bool:
    return rule.unit not in CALENDAR and rule.bound != "about"


def _lasts(sentence: Passage, rule: TypedRule) -> bool:
    """Whether it says how long something takes (实施周期不超过24个月): that is a limit in time."""
    low = clause_start(sentence.text, rule.start)
    said = sentence.text[low if rule.start - low > 2 else clause_start(sentence.text, low - 1):rule.start]
    return rule.unit == "个月" and bool(re.search("延[期长]|周期|期限|[建合服]期|期一般|之日起", said))


def _quota(sentence: Passage, rule: TypedRule, after: int) -> Quota:
    bound, number = _inclusive(rule)
    subject, whole = _subject(sentence, after, rule.start), per(sentence, rule.start)
    counted = re.match("(?!组成|构成|参[加赛]|左右|以[内上下]|方可|的)[\u4e00-\u9fff“”]{2,8}?(?=[，。；、）]|$|参加|参评|参赛|进入|晋级|"
                       "入围)", sentence.text[rule.end:])
    only = ONLY_PER.fullmatch(subject.value or "")
    if counted and SETS.fullmatch(subject.value or ""):
        subject = sentence.value(counted.group(), rule.end, rule.end + counted.end())
    elif counted and (subject.value == whole.value or only and PER.match(subject.value or "")):
        verb = only["verb"] if only else ""
        low = rule.start - len(verb) if verb and sentence.text[:rule.start].endswith(verb) else rule.end
        subject = sentence.value(verb + counted.group(), low, rule.end + counted.end())
    return Quota(subject, whole,
                 sentence.value(bound, rule.start, rule.end), sentence.value(number, rule.start, rule.end),
                 sentence.value(rule.unit, rule.start, rule.end) if rule.unit else SILENT)


def _inclusive(rule: TypedRule) -> tuple[str, Decimal]:
    """少于 5 人 of whole things is at most 4; a share keeps its number and says below or above."""
    if rule.inclusive:
        return rule.bound, rule.decimal.normalize()
    if rule.unit == "比例":
        return {"at_most": "below", "at_least": "above"}[rule.bound], rule.decimal.normalize()
    return rule.bound, (rule.decimal + (1 if rule.bound == "at_least" else -1)).normalize()


def _subject(sentence: Passage, start: int, end: int) -> Value[str]:
    """The words of the clause between `start` and the bound; the clause before where it begins with it."""
    low = max(clause_start(sentence.text, end), start)
    lead = LEADS.match(sentence.text, low, end)
    subject = sentence.part(lead.end() if lead else low, end)
    if not subject.text and low and start > clause_start(sentence.text, low - 1):
        return SILENT  # the clause before has a bound of its own; its subject is this one's too
    if not subject.text and low:
        start = clause_start(sentence.text, low - 1)
        lead = LEADS.match(sentence.text, start, low - 1)
        subject = sentence.part(lead.end() if lead else start, low - 1)
    subject = subject.part(0, len(TRAILS.sub("", subject.text)))
    return subject.said() if subject.text else SILENT


def _exact(sentence: Passage, rules: list[TypedRule]) -> list[Quota]:
    """遴选3个省份, 宣讲代表10人, 只建设一家; a number that already has a bound is left to it."""
    found: list[Quota] = []
    taken: set[int] = set()
    for pattern, bound in ((CHOSEN, "exactly"), (ONLY, "at_most"), (EACH_OF, "exactly"),
                           (ROLE, "exactly"), (ROLE_AFTER, "exactly")):
        for match in pattern.finditer(sentence.text):
            place = match.start("number")
            if any(rule.start <= place < rule.end for rule in rules) or place in taken:
                continue
            taken.add(place)
            number = sentence.value(Decimal(numeral(match["number"])), match.start("number"), match.end("unit"))
            found.append(Quota(_counted(sentence, match), per(sentence, match.start("number")),
                               sentence.value(bound, match.start(), match.end()), number,
                               sentence.value(match["unit"], match.start("unit"), match.end("unit"))))
    return found


def _counted(sentence: Passage, match: re.Match[str]) -> Value[str]:
    """What is counted: before the number (产生优秀项目3个) or after it (选出前16支队伍)."""
    groups = [name for name in ("what", "after", "per") if name in match.groupdict()]
    named = next((name for name in groups if match[name] and match[name] not in ("前", "了", "出")), None)
    return sentence.value(match[named], *match.span(named)) if named else _subject(sentence, 0, match.start())


def _shares(sentence: Passage) -> list[Quota]:
    """按参赛项目数的10%、20%、30%分设一、二、三等奖: a share for each grade, where there are as many of both."""
    match = SHARES.search(sentence.text) or SHARES_LAST.search(sentence.text)
    if match is None:
        return _beside(sentence)
    shares = list(SHARE.finditer(sentence.text, *match.span("list")))
    grades = list(GRADES_OF.finditer(sentence.text, *match.span("names")))
    if len(shares) != len(grades):
        return []
    per = sentence.value(match["per"], *match.span("per"))
    unit, bound = sentence.value("比例", *match.span("list")), sentence.value("exactly", *match.span())
    return [Quota(sentence.value(_grade(grade), *grade.span()), per, bound,
                  sentence.value(Decimal(share.group()[:-1]) / 100, *share.span()), unit)
            for grade, share in zip(grades, shares, strict=True)]


def _beside(sentence: Passage) -> list[Quota]:
    """一等奖10%、二等奖20%: two at least, each with its share."""
    found = list(BESIDE.finditer(sentence.text))
    return [Quota(sentence.value(one["grade"], *one.span("grade")), SILENT, sentence.value("exactly", *one.span()),
                  sentence.value(Decimal(one["share"]) / 100, one.start("share"), one.end()),
                  sentence.value("比例", one.start("share"), one.end())) for one in found] if len(found) > 1 else []


def _grade(match: re.Match[str]) -> str:
    return f"{match[1]}等奖" if match[1] else match.group()
