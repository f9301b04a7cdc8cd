"""Counts with a bound: 来自同一企业的不超过2人, 不少于300家或占比不低于50%, 每个单位限报3项."""

import re
from decimal import Decimal

from ingestion.notices.bounds import TypedRule, typed_rules
from ingestion.notices.notice import SILENT, Quota, Value
from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.passages import Passage
from ingestion.notices.reading import Reading

CALENDAR = {"年", "日", "天", "工作日", "个工作日", "个自然日", "岁", "周岁", "字", "页", "小时"}
"""Units of limits in time, of age and of length: those are deadlines, conditions and outlines."""
PER = re.compile(r"(?:来自)?(?P<per>(?:同一个?|每个?|各)(?:参赛|申报|推荐|下辖|市)?[\u4e00-\u9fff]{1,6}?"
                 r"(?:企业|单位|地区|区市|高校|学校|团队|队|人|行业\S{0,6}类|市|县|部门|公司))")
CHOSEN = re.compile(rf"(?:遴选|选出|推荐|产生|限报|限推荐|可报|报送|包括|选派)(?P<what>[^，。；（）]{{0,16}}?)(?P<number>\d{{1,4}})\s?(?P<unit>个|名|人|项|家|支|件)"
                    rf"(?![\d，]*月)(?P<after>[\u4e00-\u9fff]{{0,6}})")
ONLY = re.compile(rf"(?:只|仅)(?:能|可|得)?(?P<verb>[\u4e00-\u9fff]{{1,4}}?)(?P<number>\d{{1,3}}|{NUMERAL})\s?(?P<unit>家|个|项|名|次|人|支|件)")
TABLE = re.compile(r"(?:推荐)?名额分配表")
CLAUSE = "，；。（("


def quotas(reading: Reading) -> tuple[Quota, ...]:
    """Every bounded count of the rules, in the notice's order."""
    found: list[Quota] = []
    table = False
    for _, sentence in reading.sentences():
        found.extend(_quota(sentence, rule) for rule in typed_rules(sentence) if _counts(rule))
        found.extend(_exact(sentence, typed_rules(sentence)))
        if not table and (match := TABLE.search(sentence.text)):
            table = True
            name = sentence.value(match.group(), match.start(), match.end())
            found.append(Quota(name, SILENT, SILENT, SILENT, SILENT))
    return tuple(found)


def _counts(rule: TypedRule) -> bool:
    return rule.unit not in CALENDAR and rule.bound != "about"


def _quota(sentence: Passage, rule: TypedRule) -> Quota:
    bound, number = _inclusive(rule)
    return Quota(_subject(sentence, rule.start), _per(sentence, rule.start),
                 sentence.value(bound, rule.start, rule.end), sentence.value(number, rule.start, rule.end),
                 sentence.value(rule.unit, rule.start, rule.end) if rule.unit else SILENT)


def _inclusive(rule: TypedRule) -> tuple[str, Decimal]:
    """少于 5 人 of whole things is at most 4; a share keeps its number and says below or above."""
    if rule.inclusive:
        return rule.bound, rule.decimal.normalize()
    if rule.unit == "比例":
        return {"at_most": "below", "at_least": "above"}[rule.bound], rule.decimal.normalize()
    return rule.bound, (rule.decimal + (1 if rule.bound == "at_least" else -1)).normalize()


def _subject(sentence: Passage, end: int) -> Value[str]:
    """The words of the clause before the bound; the whole clause where it begins with it."""
    start = max((sentence.text.rfind(mark, 0, end) for mark in CLAUSE), default=-1) + 1
    start += len("其中") if sentence.text.startswith("其中", start) else 0
    subject = sentence.part(start, end)
    if not subject.text:
        subject = sentence.part(max((sentence.text.rfind(mark, 0, max(0, start - 1)) for mark in CLAUSE), default=-1) + 1,
                                max(0, start - 1))
    return subject.said() if subject.text else SILENT


def _per(sentence: Passage, end: int) -> Value[str]:
    """The last 同一企业, 每个单位, 各地区 of the clause before the number."""
    start = max((sentence.text.rfind(mark, 0, end) for mark in CLAUSE), default=-1) + 1
    found = list(PER.finditer(sentence.text, start, end))
    return sentence.value(found[-1]["per"], found[-1].start("per"), found[-1].end("per")) if found else SILENT


def _exact(sentence: Passage, rules: list[TypedRule]) -> list[Quota]:
    """遴选3个省份, 宣讲代表10人, 只建设一家; a number that already has a bound is left to it."""
    found = []
    for pattern, bound in ((CHOSEN, "exactly"), (ONLY, "at_most")):
        for match in pattern.finditer(sentence.text):
            if any(rule.start <= match.start("number") < rule.end for rule in rules):
                continue
            number = sentence.value(Decimal(numeral(match["number"])), match.start("number"), match.end("unit"))
            name = sentence.value(match.group(), match.start(), match.end())
            found.append(Quota(name, _per(sentence, match.start("number")),
                               sentence.value(bound, match.start(), match.end()), number,
                               sentence.value(match["unit"], match.start("unit"), match.end("unit"))))
    return found
