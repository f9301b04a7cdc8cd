"""Who may enter: the conditions, one value each, as the notice words them."""

import re

from ingestion.notices.notice import Value
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage, sentences
from ingestion.notices.reading import Reading

HEADING = (r"(?:揭榜|参赛|申报|报名|参评|评选|推荐|建设|申请|入围|参加|参展|投稿|征集)\S{0,4}(?:对象|条件|资格|主体|范围|人员)|"
           r"(?:参赛|申报|参评|参加|报名)要求|应(?:当)?(?:同时)?(?:具备|符合|满足)"
           r"\S{0,4}条件|资格条件|组队要求")
NOT_A_CONDITION = re.compile(r"组别|划分|程序|时间|报送")
LEAD = re.compile(r"(?:须|应|需|必须|应当)?(?:同时)?(?:具备|符合|满足)(?:以?下列?|如下|以下)\S{0,4}条件$|条件如下$|以下条件$")
EXCLUDES = re.compile(r"(?:有|存在|属于|具有|出现)?(?:下列|以下|如下)(?:任一|之一)?(?:情[形况]|行为)[^。；]{0,8}[，,]?(?P<what>(?:不得|不予|不能|不可|取消)"
                      r"[\u4e00-\u9fff、]{2,12})$")
"""有下列情形之一的，不得揭榜: what the items under it are barred from."""
ADVANCES = re.compile(r"(?:获得?|取得)[\u4e00-\u9fff]{0,8}(?:[一二三特]等奖|金奖|前[\d一二三四五六七八九十]+名)的?[\u4e00-\u9fff]{0,4}"
                      r"(?:晋级|进入|参加)[\u4e00-\u9fff]{2,10}")
ORDERS = re.compile(r"^(?:请|各单位[要须应]|每[个家所](?![^，。]*(?:须|应|为))[^，。]{0,24}(?:限报|选派|推荐|选送|报送))|"
                    r"日前[^。]{0,60}(?:报送?|寄|发送?|提交)(?:至|到|[市省区县])")
"""What somebody is to do or how many may be sent: no condition of an entrant."""
ENTRY = re.compile(r"均可(?:报名|参赛|申报|参加)|不(?:得|能|可|再)\S{0,8}(?:报名|参赛|申报|参加|受理|参评)|(?:人员|选手|团队|负责人)应(?:由|为|当)|模式搭建|"
                   r"由\S{2,20}组成"
                   r"|(?:须|应|需)(?:具有|具备|为|是|由)")


def eligibility(reading: Reading) -> tuple[Value[str], ...]:
    """The numbered conditions of the sections about entrants; the sentences of those without; who goes on."""
    found: list[Value[str]] = []
    for section in _innermost(reading):
        barred = _barred_from(section)
        for part in section.walk():
            if not part.children and not NOT_A_CONDITION.search(part.name) and not _is_group(reading, part):
                found.extend(Value(f"{barred}：{one.value}" if barred else one.value, one.source)
                             for one in _conditions(part, numbered=part is not section or not _heads(part))
                             if not ORDERS.search(one.value or "") and not _sets_groups(reading, one.value or ""))
    found.extend(one.value(match.group(), *match.span()) for _, one in reading.sentences()
                 if (match := ADVANCES.search(one.text)))
    return tuple(found)


def _is_group(reading: Reading, section: Section) -> bool:
    """Whether the heading is a group's name (数控铣工（单人赛）): what stands under it says who enters that one."""
    return re.split("[（(]", section.name)[0] in reading.groups


def _sets_groups(reading: Reading, said: str) -> bool:
    """Whether a sentence only lists the groups (作品分为甲、乙、丙三类)."""
    return sum(group in said for group in reading.groups) > 1 and bool(re.search("分为?|设|包括", said))


def _innermost(reading: Reading) -> list[Section]:
    """The sections about entrants that hold no other such section, and what stands beside a list of exclusions."""
    found = [one for one in reading.sections if _heads(one) or _leads(one)]
    ids = {id(one) for one in found}
    inner = [one for one in found if not any(id(below) in ids for child in one.children for below in child.walk())]
    beside = [child for one in found if id(one) not in {id(other) for other in inner} for child in one.children
              if not child.children and id(child) not in ids and any(_excludes(other) for other in one.children)
              and child.marker is not None]
    chosen = {id(one) for one in (*inner, *beside)}
    return [one for one in reading.sections if id(one) in chosen]


def _excludes(section: Section) -> bool:
    return bool(_barred_from(section))


def _heads(section: Section) -> bool:
    """A heading about entrants; a condition that only mentions them (……的，取消参赛资格) is none."""
    return bool(re.search(HEADING, section.name)) and "，" not in section.name


def _leads(section: Section) -> bool:
    own = section.passages_own()
    if section.title and EXCLUDES.search(section.name) and section.body:
        return True
    return bool(section.children and own and (LEAD.search(own[-1].text.rstrip("：:"))
                                              or EXCLUDES.search(own[-1].text.rstrip("：:"))))


def _barred_from(section: Section) -> str:
    """不得揭榜, where the items of the section say who may not; empty where they say who may."""
    own = section.passages_own()
    match = EXCLUDES.search(own[-1].text.rstrip("：:")) if own else None
    return match["what"] if match else ""


def _conditions(section: Section, *, numbered: bool) -> list[Value[str]]:
    """A numbered item with its own words is one condition; a section's prose gives those of its sentences that bind."""
    whole = [one for one in section.body if one.text]
    if section.title and (barred := EXCLUDES.search(section.name)):
        return [one.value(f"{barred['what']}：{one.text}") for passage in whole for one in sentences(passage)]
    if numbered and whole and section.title and _ends_itself(section.title):
        return [_said(section.title), *(_said(one) for passage in whole for one in sentences(passage))]
    if numbered and (not whole or section.title is None or section.marker and section.marker.kind in ("item", "sub")):
        return [_said(one) for one in ([section.title] if section.title else []) + whole[:1]][:1] if not whole \
            or section.title is None else [_both(section)]
    bound = [sentence for one in whole for sentence in sentences(one) if not LEAD.search(sentence.text)]
    of_entrants = section.title is not None and re.search("对象|范围", section.name)
    return [one.said() for at, one in enumerate(bound)
            if ENTRY.search(one.text) or section.title is not None and len(bound) == 1 or of_entrants and at == 0]


def _ends_itself(title: Passage) -> bool:
    """Whether a heading is a whole sentence of its line: its full stop is followed by the end of the line."""
    return bool(re.fullmatch(r".[。；.;]\s*\n", title.origin(title.at[-1], title.at[-1] + 3).quote))


def _said(passage: Passage) -> Value[str]:
    return passage.part(0, len(passage.text.rstrip("。；;"))).said()


def _both(section: Section) -> Value[str]:
    found = section.said()
    assert found is not None, "the section has a heading and words"
    return found
