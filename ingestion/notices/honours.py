"""Titles given by number (20名“创新能手”) and what a winner is given besides (授予……五一劳动奖章)."""

import re

from ingestion.notices.grades import COUNT, EACH, MEASURE, paid_with
from ingestion.notices.money import Amount, amounts
from ingestion.notices.notice import SILENT, Award, Value
from ingestion.notices.numbering import numeral
from ingestion.notices.passages import Passage, sentences
from ingestion.notices.reading import Reading
from models.codes import divisions

TITLE = re.compile(rf"(?P<count>{COUNT})\s?(?:{MEASURE})?(?:获奖者|选手|职工|团队)?“(?P<name>[^”]{{2,30}})”")
TITLE_FIRST = re.compile(rf"“(?P<name>[^”]{{2,30}})”(?:称号|作品|项目|成果|团队|队伍|选手|个人|单位|职工|班组|案例|企业)?(?:各|"
                         rf"共)?(?P<count>{COUNT})\s?"
                         rf"(?:{MEASURE})?(?=[，。；、（）“]|$)")
"""“金点子”作品10件: the title before its number."""
GIVING = re.compile("奖|评选|选树|命名|授予|表彰|评出|评定")
NAMED = re.compile(r"(?:聘任?为|授予(?!“[^”]*”“)|颁发)“(?P<name>[^”]{2,30})”(?=称号|证书|荣誉|[，。；]|$)")
PLACE = "(?:全国|" + "|".join(sorted({re.escape(name) for name in divisions().values() if name[-1] in "省市"})) + \
        r"|[\u4e00-\u9fff]{2}[省市县区旗])"
CONFERRED = re.compile(
    rf"(?:授予|推荐申报|颁发给?)(?P<who>[^，。；]{{0,60}}?)(?P<name>{PLACE}?“?{PLACE}?"
    r"(?:五一劳动|[\u4e00-\u9fff]{2,6}?)(?:奖章|奖状|先锋号|标兵|能手)”?)(?:称号)?(?=[，。；]|$)")


def titles(reading: Reading, known: set[str | None]) -> list[Award]:
    """20名“创新能手”: a title with its number, in a passage that gives it."""
    found = []
    giving = [passage for section in reading.sections for passage in section.passages_own()
              if "“" in passage.text and GIVING.search(passage.text)]
    for sentence in (one for passage in giving for one in sentences(passage)):
        sums = amounts(sentence)
        for match in [*TITLE.finditer(sentence.text), *TITLE_FIRST.finditer(sentence.text)]:
            if match["name"] not in known:
                found.append(_titled(sentence, match, sums))
    return found


def _titled(sentence: Passage, match: re.Match[str], sums: list[Amount]) -> Award:
    places: Value[int] = SILENT
    if match["count"] != "若干":
        places = sentence.value(numeral(match["count"]), *match.span("count"))
    award = Award(SILENT, sentence.value(match["name"], *match.span("name")), places, SILENT, SILENT)
    near = next((one for one in sums if one.start > match.end()), None)
    return paid_with(award, sentence, near) if near else award


def conferred(reading: Reading) -> list[Award]:
    """授予……五一劳动奖章, 授予20个“……”“工人先锋号”, 推荐申报“……”: what a winner is given besides."""
    found = []
    for _, sentence in reading.sentences():
        found += [Award(SILENT, sentence.value(match["name"], *match.span("name")), SILENT, SILENT, SILENT)
                  for match in NAMED.finditer(sentence.text)]
        for match in CONFERRED.finditer(sentence.text):
            low, high = match.span("name")
            if sentence.text.count("“", 0, low) > sentence.text.count("”", 0, low):
                continue  # it begins inside a quoted title, which is read whole
            places: Value[int] = SILENT
            if count := EACH.match(match["who"]):
                start = match.start("who")
                places = sentence.value(numeral(count["count"]), start, start + count.end("count"))
            name = sentence.value(re.sub("[“”]", "", match["name"]), low, high)
            found.append(Award(SILENT, name, places, SILENT, SILENT))
    return found
