"""Weights that stand apart from their names: 甲、乙、丙三项指标，权重分别为40%、30%、30%; 甲和乙各占50%; 按7:3的比例."""

import re
from decimal import Decimal

from ingestion.notices.notice import SILENT, Indicator
from ingestion.notices.passages import Passage, split

NAME = "[\u4e00-\u9fffA-Za-z]{2,16}?"
NAMES = rf"(?P<names>{NAME}(?:[、和与及]{NAME})+?)"
KINDS = r"(?:等)?(?:[两二三四五六七八九\d]\s?(?:个|大|项|部分|门)*)?(?:方面|指标|维度|部分|内容|环节|成绩|项目|模块|考核)*"
SHARE = re.compile(r"(?P<number>\d{1,3}(?:\.\d+)?)\s?[%％分]")
RESPECTIVELY = re.compile(rf"(?:^|[，：。；从按由对含以]|包括|照)?{NAMES}{KINDS}(?:进行\S{{2,6}}|组成|构成)?[，,]?\s?[^，。；\d]{{0,6}}?"
                          r"(?:权重|分值|占比|比重|比例|占(?:总成绩|总分)?)?(?:分别|依次)(?:占|为|是|按)?(?:总成绩|总分|权重|比例)?的?"
                          r"(?P<list>\d{1,3}(?:\.\d+)?\s?[%％分](?:[、，和]\s?\d{1,3}(?:\.\d+)?\s?[%％分])+)")
EACH = re.compile(rf"{NAMES}{KINDS}[，,]?各占?(?P<list>\d{{1,3}}(?:\.\d+)?\s?[%％分])")
RATIO = re.compile(rf"{NAMES}{KINDS}[，,]?(?:成绩)?按照?(?P<list>\d{{1,2}}(?:[：:]\d{{1,2}})+)的?(?:比例|权重)")
LEADS = re.compile("^.*(?:按照?|根据|包括|分为|分|从|对|由|以|将|设|含|考核|评价)(?=[\u4e00-\u9fff]{2})")
BETWEEN = re.compile("[、和与及]")
WHOLE = 1


def apart(sentence: Passage) -> list[Indicator]:
    """The indicators of the sentence, where it has a weight for each name and they make the whole."""
    for pattern in (RESPECTIVELY, EACH, RATIO):
        if match := pattern.search(sentence.text):
            names = _named(sentence, match)
            shares = _shares(match, len(names))
            if len(names) == len(shares) > 1 and sum(shares) == WHOLE:
                return [Indicator(SILENT, name.said(), sentence.value(share, *match.span("list")))
                        for name, share in zip(names, shares, strict=True)]
    return []


def _named(sentence: Passage, match: re.Match[str]) -> list[Passage]:
    low, high = match.span("names")
    lead = LEADS.match(sentence.text[low:sentence.text.find("、", low, high) if "、" in match["names"] else high])
    return split(sentence.part(low + (lead.end() if lead else 0), high), BETWEEN)


def _shares(match: re.Match[str], count: int) -> list[Decimal]:
    if match.re is RATIO:
        parts = [Decimal(part) for part in re.split("[：:]", match["list"])]
        return [part / sum(parts) for part in parts]
    shares = [Decimal(one["number"]) / 100 for one in SHARE.finditer(match["list"])]
    return shares * count if match.re is EACH else shares
