"""What kind of thing each sentence of a notice says: a rule, a step of the process, or policy prose (a slogan).

Only rules may become configuration, and only through the typed values a person accepts; this tells a reader which
sentences those are worth looking for in.
"""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.notices.bounds import typed_rules
from ingestion.notices.dates import spans
from ingestion.notices.money import amounts
from ingestion.notices.notice import Source
from ingestion.notices.passages import Passage
from ingestion.notices.reading import Reading

BINDS = re.compile("不得|必须|[须需]为|[须需]具|应当?具备|应当?由|应当?为|均可|凡|限报|限推荐|截止|逾期|不予|取消|废止|施行|有效期|优先考虑|一式|"
                   "晋级|方可|等次|档次|分设|分别设|[均各另]?设[置立]?\\S{0,12}(?:奖|组|赛道)|名额|为指标|占比|材料(?:清单)?包括|对象为|"
                   "分\\S{2,20}(?:组别|阶段)|\\d\\s?(?:分|名|个|份|支|次|工作日)(?!钟)|无异议|每年|次年|\\d\\s?[%％]|以\\S{2,8}为准|授予")
DOES = re.compile("负责|组织|评审|提交|报送|推荐|审核|审查|审定|公布|公示|召开|成立|签订|发布|通知|登录|填写|联系|报名|抽取|论证|申请|备案|核实|"
                  "考察|汇总|上报|印发|颁发|发放|举行|举办|牵头")
PRAISES = re.compile("贯彻|坚持|弘扬|深入|大力|营造|高度重视|统一思想|积极|充分|着力|努力|加快|推动|推进|促进|助力|提升|提高|激发|引导|鼓励|"
                     "广泛|指导思想|精神|战略|新局面|合力|贡献|动力|氛围|活力|重要|加强|强化|完善|构建|打造|建设")


class Kind(enum.StrEnum):
    rule = "rule"
    process = "process"
    slogan = "slogan"


@dataclass(frozen=True)
class Clause:
    """`article`: where it stands (三（一）); empty before the first heading."""

    kind: Kind
    article: str
    text: str
    source: Source


def clauses(reading: Reading) -> Iterator[Clause]:
    """Every sentence of the rules, headings left out."""
    for section, sentence in reading.sentences():
        if sentence.text != section.name:
            yield Clause(kind_of(sentence, reading.year), section.path, sentence.text, sentence.source())


def kind_of(sentence: Passage, year: int | None) -> Kind:
    """A rule says how many, how much, by when, who may or must not; a step says who does what; the rest is prose."""
    text = sentence.text
    if typed_rules(sentence) or amounts(sentence) or spans(sentence, year) or BINDS.search(text):
        return Kind.rule
    praises, does = len(PRAISES.findall(text)), len(DOES.findall(text))
    if praises > does or not does:
        return Kind.slogan if praises else Kind.process
    return Kind.process
