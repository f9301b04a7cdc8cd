"""Places given out by name: 名额分配：机关各处室1项，设计院3项，其他单位各2项."""

import re
from decimal import Decimal

from ingestion.notices.bounds import typed_rules
from ingestion.notices.notice import SILENT, Quota
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage

HEADING = re.compile("名额|推荐数|指标分配|限额")
LED = re.compile(r"(?:名额|推荐[^，。；：]{0,12}数量?|限额|指标)(?:分配)?(?:如下|为|是)*[：:]")
ITEM = re.compile(r"(?P<who>[\u4e00-\u9fff（）、]{2,24}?)(?:各|均)?(?:限报|推荐|不超过)?(?P<number>\d{1,3})\s?(?P<unit>项|个|名|件|人|"
                  r"支|篇)"
                  r"(?=[，、；。]|$)")


def allotted(section: Section, sentence: Passage) -> list[Quota]:
    """At most so many from each that the list names; empty where the sentence is no list of two and more."""
    led = LED.search(sentence.text)
    start = led.end() if led else 0
    if not led and not HEADING.search(section.name) or typed_rules(sentence):
        return []
    found = []
    while match := ITEM.match(sentence.text, start):
        name, number = sentence.value(match["who"], *match.span("who")), Decimal(match["number"])
        bound, unit = sentence.value("at_most", *match.span()), sentence.value(match["unit"], *match.span("unit"))
        found.append(Quota(name, SILENT, bound, sentence.value(number, *match.span("number")), unit))
        start = match.end() + 1
    return found if len(found) > 1 and start >= len(sentence.text) else []
