"""What an entrant hands in, one value each, and for which group."""

import re

from ingestion.notices.notice import SILENT, Material, Value
from ingestion.notices.outline import Section, inline_items, outline
from ingestion.notices.passages import Passage, sentences, split
from ingestion.notices.reading import Reading

LEAD = re.compile(r"(?:下列|以下)(?:材料|资料)[^。；：，]{0,30}[：:]|"
                  r"(?:报名|申报|参赛|作品|评审|佐证|推荐|报送|提交|所需|以下|下列|证明)\S{0,6}?(?:材料|资料|文件)\S{0,6}?(?:包括|如下|清单|主要有|有)?[：:]|"
                  r"(?:(?:报名|申报|参赛)时?(?:[须需应]要?|请)?|[须需应]要?|请)(?:提供|提交|递交|上传|携带|准备|附|填写)(?:以下|下列|如下)?[：:]")
HEADING = re.compile(r"(?:报名|申报|参赛|推荐|报送|提交|评审)\S{0,6}(?:材料|资料)|材料(?:清单|要求|报送)|提交\S{0,4}材料|材料(?:提交|递交|上报|寄送)")
ONE_PAPER = (r"(?:《[^》]{2,50}》|[\u4e00-\u9fffA-Za-z]{0,14}?(?:申报书|申请书|报名表|推荐表|说明书|承诺书|支持函|推荐函|推荐意见|证明材料|"
             r"报告书|营业执照(?:复印件)?|情况报告|汇总表))")
FILLED = re.compile(rf"(?:填写|填报|提交|报送|附上?|出具|上传|提供|将(?=《[^》]+(?:表|书|函|报告|材料|证明|清单)》))"
                    rf"(?P<items>{ONE_PAPER}(?:（[^（）]{{1,10}}）)?(?:[、和及]{ONE_PAPER}(?:（[^（）]{{1,10}}）)?)*)")
ISSUED = re.compile(r"(?P<who>\S{0,12}?)(?:需|须|应|要)?(?:为|向)?\S{0,8}出具(?P<item>[\u4e00-\u9fff]{2,14}(?:函|书|证明|意见))")
ANNEX_REFERENCE = re.compile(r"[（(](?:(?:见|详见)?附件\s?\d{0,2}|"
                             r"[^（）()]*(?:\d+\s?(?:[字页份张套]|分钟|M)|须提供|如有|加盖|盖章|格式|一式|不超过|不少于|必[备须]|选填|[Ww]ord|PDF|"
                             r"MP4)[^（）()]*)[）)]|[，,]?(?:详?见附件\s?\d{0,2})")
COUNTED = re.compile(r"[，,]?一式[\u4e00-\u9fff\d]{1,3}份.*|[，,]\s?(?:不超过|不少于|控制在|限|字数|时长|"
                     r"篇幅|大小|加盖|并|\d).*")
SEALED = re.compile("^.*(?:盖章|公章|签字|填写好|填好)(?:确认)?的(?=.)")
COUNT_AFTER = re.compile(r"(?<=.{2})(?:各|共)?(?:\d{1,2}(?:\s?[至到—\-~～]\s?\d{1,2})?|[一二两三四五六七八九十]{1,2})[份张套册]$|"
                         r"(?<=》)各?一式.*$")
HANDED_IN = re.compile(r"(?:须|应|需|请)?(?:分别)?(?:提交|提供|报送|上报)(?:以下|下列|如下)?(?:材料|资料)?[：:]?")
SENT = re.compile(r"(?P<items>[^。；]{2,60}?)(?:请|须|应|统一|一并)?(?:于[^，。；]{2,20}[前内])?(?:发送?|寄送?|邮寄|报送|提交|投递|上传)(?:至|到)")
CARRIED = re.compile(r"[将把](?P<items>[^。；将把]{2,120}?)(?:请|须|应|统一|一并|等)?(?:于[^，。；]{2,20}[前内])?"
                     r"(?:(?:一并)?(?:打包|压缩|汇总|装订))?(?:，?以[^，。；]{2,20}(?:形式|方式|命名))?，?(?:加盖公章后?|盖章后)?"
                     r"(?:报送?|(?<!印)发送?|寄送?|邮寄|提交|递交|上传|(?<![移转])交)"
                     r"(?:[至到给]|(?=[市省县区])|(?<=报)(?![告名表价考])(?=[^，。；：]{2,20}(?:办公室|局|委|会|部|处|科|中心)(?:[，。；（]|$)))")
FORMS = re.compile("^(?:纸质|电子|上述|以上|所有|全部|相关|有关|各项|申报|报名|参赛|推荐|版|件|稿|材料|资料|文件|文本|一并|统一|[的及和])+$|^(?:将|把|请)")
SEPARATOR = re.compile(r"[、；;]|以及|，(?=\S)|(?<=[）》])[和及与]")
AND = re.compile("[、；;]|以及|与|和|及|，")
PAPER = re.compile("表|图|稿|回执|记录|简历|声明|电子版|照片|模型|实物|作品|书|函|报告|材料|合同|协议|证|复印件|原件|照|清单|方案|说明|视频|文件|承诺|简介|论文|专利|PPT|演示|"
                   "证书|资料|"
                   "图纸|样品|著作")
OUTLINE = re.compile("提纲|编写大纲|编制大纲|写作提纲")
MARKS = "。；;，、"
GROUP_AT_MOST = 20
"""Characters before the colon of a line that speaks of one group."""


def materials(reading: Reading) -> tuple[Material, ...]:
    """From the lists that the notice introduces, then the single papers its sentences ask for; each once."""
    found: list[Material] = []
    for read in (_introduced, _listed, _asked, _sent, _carried):
        for section in reading.sections:
            for material in read(reading, section):
                if not any(_same(material, known) for known in found):
                    found.append(material)
    found.extend(_outlined(reading))
    return tuple(found) or tuple(_unnamed(reading))


def _outlined(reading: Reading) -> list[Material]:
    """The sections that an annex lays down for a paper the entrant writes (编写提纲)."""
    return [Material(SILENT, section.title.said()) for annex in reading.letter.annexes
            if annex.passages and OUTLINE.search(annex.passages[0].text)
            for section in outline(annex.passages[1:]).children if section.title]


def _unnamed(reading: Reading) -> list[Material]:
    """报名材料, where the notice asks for it and does not say what it is."""
    for _, sentence in reading.sentences():
        if match := re.search("提交(?P<item>(?:报名|申报|参赛)(?:材料|资料))", sentence.text):
            return [Material(SILENT, sentence.value(match["item"], *match.span("item")))]
    return []


def _same(one: Material, other: Material) -> bool:
    left, right = (re.sub("[《》]", "", material.name.value or "") for material in (one, other))
    return one.track.value in (other.track.value, None) and (left in right or right in left)


def _introduced(reading: Reading, section: Section) -> list[Material]:
    """（1）……；（2）…… after 材料包括：, the same list as subsections, or a line of names."""
    found: list[Material] = []
    for passage in section.body:
        if lead := LEAD.search(passage.text):
            items = inline_items(passage) or _line(passage.part(lead.end()))
            found.extend(_material(reading, passage, section, item) for item in items if item.text)
    if not found and section.children and (HEADING.search(section.name) or _ends_in_lead(section)):
        found = [_material(reading, item, section, item) for child in section.children
                 if (item := child.title or next(iter(child.body), None)) and PAPER.search(item.text)]
    return [one for one in found if one.name.value]


def _listed(reading: Reading, section: Section) -> list[Material]:
    """Under a heading about materials: 甲组须提交：（1）……；（2）……, or 参加甲赛的，提交……、……; a group for each sentence."""
    found: list[Material] = []
    if not (HEADING.search(section.name) or re.search("(?:材料|资料)$", section.name)):
        return found
    for passage in section.body:
        if LEAD.search(passage.text):
            continue
        if grouped := _grouped(reading, section, passage):
            found += grouped
            continue
        whole = inline_items(passage)
        for sentence in [passage] if whole else sentences(passage):
            named = split(sentence, SEPARATOR) if section.body[0] is passage and not whole else []
            if len(named) > 1 and all(PAPER.search(one.text[:24]) and len(one.text) <= 60 for one in named):
                found += [_material(reading, one, section, one) for one in named]
            elif match := HANDED_IN.search(sentence.text):
                items = whole or [one for one in split(sentence.part(match.end()), SEPARATOR) if PAPER.search(one.text)]
                said_with = sentence.part(0, match.start())
                found += [_material(reading, said_with, section, one) for one in items
                          if one.text and not FORMS.match(one.text)]
    return [one for one in found if one.name.value]


def _grouped(reading: Reading, section: Section, passage: Passage) -> list[Material]:
    """A line a group: A赛道：命题解答方案书、学籍证明；."""
    colon = passage.text.find("：")
    if not 0 < colon <= GROUP_AT_MOST or inline_items(passage) or reading.track_in(passage.part(0, colon)) is None:
        return []
    items = split(passage.part(colon + 1, len(passage.text.rstrip(MARKS))), SEPARATOR)
    if not all(PAPER.search(one.text) and not HANDED_IN.search(one.text) for one in items):
        return []
    return [_material(reading, passage.part(0, colon), section, one) for one in items]


def _sent(reading: Reading, section: Section) -> list[Material]:
    """作品电子版与登记表发送至……: what goes where, but for words that only name its form (纸质材料)."""
    found: list[Material] = []
    for passage in section.body:
        for sentence in sentences(passage) if re.search("[寄送交传递发](?:送|至|到)", passage.text) else ():
            if match := SENT.match(sentence.text):
                items = split(sentence.part(0, match.end("items")), AND)
                if all(PAPER.search(one.text) and len(one.text) <= 24 for one in items):
                    found += [_material(reading, sentence, section, one.part(0, len(re.split("[（(]", one.text)[0])))
                              for one in items if not re.search("[将把按须需应请]", one.text)]
    return [one for one in found if one.name.value and not FORMS.match(one.name.value)]


def _carried(reading: Reading, section: Section) -> list[Material]:
    """将报名表、项目说明书（PDF）、查新报告发至……: what is carried where, all of it papers."""
    found: list[Material] = []
    for passage in section.body:
        for sentence in sentences(passage):
            if match := CARRIED.search(sentence.text):
                items = [part for one in split(sentence.part(*match.span("items")), AND)
                         if (part := one.part(0, len(re.split("[（(]", one.text)[0]))).text]
                if all(PAPER.search(one.text[-4:]) and len(one.text) <= 24 for one in items):
                    found += [_material(reading, sentence, section, one) for one in items
                              if not re.search("纸质|电子|(?<!佐证|证明|支撑)材料|印$", one.text)]
    return [one for one in found if one.name.value]


def _ends_in_lead(section: Section) -> bool:
    return bool(section.body and LEAD.search(section.body[-1].text + "：") and len(section.body[-1].text) < 40)


def _line(passage: Passage) -> list[Passage]:
    end = passage.text.find("。")
    line = passage.part(0, end if end >= 0 else None)
    edges = [0, *(place for match in SEPARATOR.finditer(line.text) for place in match.span()), len(line.text)]
    parts = [line.part(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True)]
    return [part for part in parts if PAPER.search(part.text)]


def _material(reading: Reading, said_with: Passage, section: Section, item: Passage) -> Material:
    """The name ends before a reference to an annex, and loses the marks around it."""
    reference = ANNEX_REFERENCE.search(item.text)
    name = item.part(0, reference.start() if reference else None)
    name = name.part(0, len(COUNTED.sub("", name.text).rstrip(MARKS)))
    name = name.part(0, len(COUNT_AFTER.sub("", name.text)))
    name = name.part(len(name.text) - len(SEALED.sub("", name.text)))
    if re.fullmatch("《[^》]+》", name.text):
        name = name.part(1, len(name.text) - 1)
    return Material(_track(reading, said_with, section), name.said() if name.text else SILENT)


def _track(reading: Reading, passage: Passage, section: Section) -> Value[str]:
    """The group that the words before the list name, or the heading."""
    for one in [passage, *([section.title] if section.title else [])]:
        if track := reading.track_in(one.part(0, len(re.split("[：:]", one.text)[0]))):
            return track
    return SILENT


def _asked(reading: Reading, section: Section) -> list[Material]:
    found = []
    for passage in (one for whole in section.passages_own() for one in sentences(whole)):
        for match in [*FILLED.finditer(passage.text), *ISSUED.finditer(passage.text)]:
            items = "items" if "items" in match.groupdict() else "item"
            for one in re.finditer(r"（[^）]*）|《[^》]*》|[^、和及《》（）]+", match[items]):
                if one.group().startswith("（"):
                    continue
                low, high = (match.start(items) + place for place in one.span())
                quoted = passage.text[low] == "《"
                item = passage.part(low + quoted, high - quoted)
                found.append(Material(_track(reading, passage, section), item.said()))
    return found
