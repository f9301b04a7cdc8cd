"""The fixed parts of an official document: 文号, title, 主送, 落款 with its date, 代章, 附件 and what stands under them."""

import re
from dataclasses import dataclass, field

from ingestion.notices.dates import day_of
from ingestion.notices.numbering import marker_of, numeral
from ingestion.notices.passages import Passage, joined

ORGANISATION = re.compile(
    r"(?:局|委员会|委|工会|办公室|办|厅|部|院|中心|协会|学会|研究会|联合会|科协|促进会|基金会|组委会|公司|集团|大学|学院|政府|管委会|党组|团|"
    r"妇联|商会|联盟|处|馆|所|银行|联社|指挥部|领导小组|工作组|执委会|区|台|社)$")
NUMBER = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,14})\s?(?:字)?\s?[〔\[［（(【]\s?(?P<year>(?:19|20)\d\d)\s?[〕\]］）)】]\s?"
                    r"第?\s?(?P<number>\d{1,4})\s?号")
REGISTERED = re.compile(r"(?:(?:规范性文件)?(?:统一)?(?:登记号?|编号|登记编号|备案号)[：:]\s?)?(?P<number>[A-Z]{2,8}-\d{4}-\d{3,9}"
                        r"|[\u4e00-\u9fff]{1,6}规登?(?:字)?\s?[〔\[]\d{4}[〕\]]\s?\d{1,5}号?)")
"""The line of a normative document's registration: WHCR-2020-0010001, 登记号：…, 某府规登〔2024〕3号."""
GENRE = (r"(?:通知|意见|办法|方案|公告|通告|决定|细则|规定|规则|章程|指南|预告|启事|公报|通报|函|倡议书|条例|须知)"
         r"(?:[（(](?:试行|暂行|征求意见稿|修订)[）)])?")
TITLE = re.compile(rf"[^。；：:]{{2,150}}{GENRE}")
ADDRESSED = re.compile(r"[^。；]{2,300}[：:]")
ANNOUNCES = re.compile("(?:如下|以下|下列)[^，。]{0,6}[：:]$|^[（(]?[一二三四五1-5][、.）)]")
ANNEX_HEADING = re.compile(r"附[件表录]\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[：:]?")
ANNEX_LIST = re.compile(r"附(?:[件表]\s?(?P<number>\d{1,2})?)?\s?[：:]\s?|"
                        r"附件\s?(?P<bare>\d{1,2})(?=[\u4e00-\u9fff“《][^，。；]{1,40}$)")
"""附件：1.…, 附件1：…, and a line of its own 附件1报名表."""
ANNEX_TITLED = re.compile(r"附[件表]\s?(?P<number>\d{1,2}|[一二三四五六七八九十])\s?[：:、]?\s?(?P<title>[^，。；]{2,50})")
"""附件1：报名表 at the head of the annex itself."""
SEALED_BY = re.compile(r"(?P<issuer>[^（()）]{4,40})[（(](?P<who>[^（()）]{2,30}?)代\s?章[）)]")
"""某某大赛组委会（市总工会代章）: who issues it and who seals it."""
ON_BEHALF = re.compile(r"[（(]?\s?(?P<who>[^（()）]{2,40}?)\s?[（(]?代\s?章\s?[）)]?[）)]?")
PRINTED = re.compile(r".{0,40}\d{4}年\d{1,2}月\d{1,2}日印发|抄送[：:].*|[（(]此件.{2,12}[）)]|[（(]联系(?:人|电话).*")
ASKED = re.compile(r"[（(]联系(?:人|电话).*")
POSTED = re.compile(r"发布(?:时间|日期)[：:]\s?(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)")
PROMULGATES = re.compile(r"印发|发布|转发|公布")
PLAN = re.compile(r"^[^。；：]{4,60}(?:方案|办法|规则|规程|章程|指南|细则|预案|须知)(?:[（(].{2,6}[）)])?$")
SENDS = re.compile("(?:现将|特制定|制定了|研究制定)[^。；]{0,80}(?:方案|办法|规则|规程|章程|指南|细则)[^。；《]{0,16}(?:印发|发给|下发)")
FEW_PARTS = 3
"""A notice with fewer headings leaves its rules to the plan it sends."""
JUDGES = re.compile("^[^。；，：]{0,40}(?:(?:评[审分价选]|计分|打分|考核)(?:标准|细则|办法|规则|指标(?:体系)?|要点)|奖[项励](?:设置|办法))"
                    "(?:[（(].{1,10}[）)])?$")
SEARCHED = 16
"""How many passages at the head may hold the title and the number."""


@dataclass(frozen=True)
class AnnexText:
    """An annex that came with the document: its number if it has one, its passages."""

    number: int | None
    passages: list[Passage]

    @property
    def head(self) -> str:
        return "".join(one.text for one in self.passages[:3])

    @property
    def judges(self) -> bool:
        """Whether it says how entries are judged or what is given: rules that the notice leaves to it."""
        return bool(self.passages) and JUDGES.search(self.passages[0].text) is not None


@dataclass
class Letter:
    """The document taken apart. `body` holds the rules: of the notice and of what it promulgates."""

    title: Passage | None = None
    enclosed_title: Passage | None = None
    number: Passage | None = None
    registered: Passage | None = None
    addressed: Passage | None = None
    before: list[Passage] = field(default_factory=list)
    """What stands above the addressee and is neither title nor number: a letterhead, a web page's line of its own."""
    signature: list[Passage] = field(default_factory=list)
    on_behalf: Passage | None = None
    date: Passage | None = None
    body: list[Passage] = field(default_factory=list)
    listed: list[Passage] = field(default_factory=list)
    annexes: list[AnnexText] = field(default_factory=list)
    asked: list[Passage] = field(default_factory=list)
    """The line in brackets that says whom to ask (（联系人：……））."""


def take_apart(passages: list[Passage]) -> Letter:
    """Every passage in its part of the document; what a document lacks stays empty."""
    letter = Letter()
    start = _read_head(passages, letter) or _read_bare_title(passages, letter)
    kept = [one for one in passages[start:] if not PRINTED.fullmatch(one.text)]
    letter.asked = [one for one in passages[start:] if ASKED.fullmatch(one.text)]
    if kept and ADDRESSED.fullmatch(kept[0].text) and not ANNOUNCES.search(kept[0].text):
        letter.addressed, kept = kept[0].part(0, len(kept[0].text) - 1), kept[1:]
    signed = _signed_at(kept)
    before = kept if signed is None else kept[:signed]
    after = [] if signed is None else kept[signed + 1:]
    if signed is not None:
        letter.date = kept[signed]
        before = _take_signature(before, letter)
    enclosed, letter.annexes = _annexes(after, titled=True)
    if signed is None:
        before, letter.annexes = _annexes(before)
        before = _take_undated(before, letter, "".join(one.text for one in passages[:start]))
    _read_body(letter, before, enclosed)
    _read_plan(letter)
    if not letter.annexes and letter.enclosed_title is None:
        letter.annexes = _annexes_by_title(after, letter.listed)
    return letter


def normal_number(found: re.Match[str]) -> str:
    """X〔Y〕N号, whatever brackets and blanks were printed."""
    return f"{found['word']}〔{found['year']}〕{int(found['number'])}号"


def _read_head(passages: list[Passage], letter: Letter) -> int:
    """Title and number; the index of the first passage after them."""
    last = -1
    number = next((one for one in passages[:SEARCHED] if NUMBER.fullmatch(one.text)), None)
    others = (one for one in passages[:SEARCHED] if one is not number)
    letter.registered = next((one for one in others if REGISTERED.fullmatch(one.text)), None)
    for at, one in enumerate(passages[:SEARCHED]):
        if letter.number is None and NUMBER.fullmatch(one.text):
            letter.number, last = one, max(last, at)
        if letter.title is None and (size := _title_ending(passages, at)):
            letter.title, last = joined(passages[at - size + 1:at + 1]), at
        if letter.title is not None and ADDRESSED.fullmatch(one.text) and marker_of(one.text) is None \
                and not ANNOUNCES.search(one.text):
            letter.before = [other for place, other in enumerate(passages[:at]) if place not in range(last + 1)]
            return at
    return last + 1


def _read_bare_title(passages: list[Passage], letter: Letter) -> int:
    """The one word 通知 as a title, where there is no other."""
    if letter.title is None and passages and re.fullmatch("(?:紧急|重要)?(?:通 ?知|公 ?告|通 ?告|启 ?事|"
                                                          "邀 ?请 ?函)", passages[0].text):
        letter.title = passages[0]
        return 1
    return 0


def _title_ending(passages: list[Passage], at: int) -> int:
    """How many passages up to `at` make the title, 0 where none ends there."""
    text = passages[at].text
    if not re.search(rf"{GENRE}$", text) or not _of_title(text):
        return 0
    size = 1
    while "关于" not in text and size <= at and size < 4 and _of_title(passages[at - size].text):
        text, size = passages[at - size].text + text, size + 1
    return size if TITLE.fullmatch(text) and len(text) >= 6 else 0


def _of_title(text: str) -> bool:
    return not (re.search("[。；：:]", text) or NUMBER.fullmatch(text) or REGISTERED.fullmatch(text) or day_of(text)
                or ORGANISATION.search(text) and "关于" not in text or text.endswith("文件"))


def _signed_at(passages: list[Passage]) -> int | None:
    """The index of the date under the text: after a body's name for choice, else the first date alone on a line."""
    dated = [at for at, one in enumerate(passages) if at and day_of(one.text)]
    signed = [at for at in dated if _signs(passages[at - 1].text)]
    return next(iter(signed or dated), None)


def _signs(text: str) -> bool:
    return bool(ON_BEHALF.fullmatch(text) or SEALED_BY.fullmatch(text)
                or ORGANISATION.search(text) and len(text) < 60 and "。" not in text)


def _take_signature(before: list[Passage], letter: Letter) -> list[Passage]:
    """Moves the issuers' lines above the date into the letter; what is left is the text."""
    rest = list(before)
    if rest and (behalf := ON_BEHALF.fullmatch(rest[-1].text)):
        letter.on_behalf = rest.pop().part(behalf.start("who"), behalf.end("who"))
    elif rest and (sealed := SEALED_BY.fullmatch(rest[-1].text)):
        last = rest.pop()
        letter.on_behalf, named = last.part(*sealed.span("who")), last.part(*sealed.span("issuer"))
        rest.append(named)
    rows: list[list[Passage]] = []
    while rest and (cells := _cells(rest[-1])) and (_is_row(cells) or _is_tail(cells, rest)):
        rows.insert(0, cells)
        rest.pop()
    letter.signature = _whole_names(rows)
    if not letter.signature and letter.on_behalf and ORGANISATION.search(letter.on_behalf.text):
        letter.signature = [letter.on_behalf]  # （代章） behind the one name there is
    return rest


def _take_undated(before: list[Passage], letter: Letter, head: str) -> list[Passage]:
    """Issuers that sign without a day: names at the end of the text that it has already called by name."""
    signed = Letter()
    rest = _take_signature(before, signed)
    said = head + "".join(one.text for one in rest)
    if not signed.signature or not all(one.text in said for one in signed.signature):
        return before
    letter.signature, letter.on_behalf = signed.signature, signed.on_behalf
    return rest


def _cells(line: Passage) -> list[Passage]:
    if len(line.text) > 70 or re.search(r"[。，；：:、\d]", line.text):
        return []
    edges = [0, *(match.end() for match in re.finditer(" ", line.text)), len(line.text) + 1]
    return [line.part(low, high - 1) for low, high in zip(edges, edges[1:], strict=False)]


def _is_row(cells: list[Passage]) -> bool:
    return bool(ORGANISATION.search(cells[0].text)) and not ANNEX_HEADING.fullmatch(cells[0].text)


def _is_tail(cells: list[Passage], rest: list[Passage]) -> bool:
    """A line that ends a name which the right column above broke off."""
    above = _cells(rest[-2]) if len(rest) > 1 else []
    return len(cells) == 1 and len(above) > 1 and _is_row(above)


def _whole_names(rows: list[list[Passage]]) -> list[Passage]:
    """The names of the two columns, a broken one put together: its rest stands alone on the next line."""
    names: list[Passage] = []
    for cells in rows:
        if names and len(cells) == 1 and not ORGANISATION.search(names[-1].text):
            names[-1] = joined([names[-1], cells[0]])
        else:
            names.extend(cells)
    return names


def _annexes(passages: list[Passage], *, titled: bool = False) -> tuple[list[Passage], list[AnnexText]]:
    """What stands before the first annex, and the annexes; with `titled`, those too whose heading names them."""
    heads = [(at, match["number"]) for at, one in enumerate(passages)
             if (match := ANNEX_HEADING.fullmatch(one.text)) and not _lists(passages, at)]
    if not heads and titled:
        heads = [(at, match["number"]) for at, one in enumerate(passages[:-1])
                 if (match := ANNEX_TITLED.fullmatch(one.text)) and not ANNEX_LIST.match(passages[at + 1].text)
                 and not _lists(passages, at)]
    if not heads:
        return passages, []
    ends = [*(at for at, _ in heads[1:]), len(passages)]
    texts = [AnnexText(numeral(number) if number else None, _under(passages, at, end))
             for (at, number), end in zip(heads, ends, strict=True)]
    return passages[:heads[0][0]], texts


def _under(passages: list[Passage], at: int, end: int) -> list[Passage]:
    """The annex whose heading stands at `at`, its title first where the heading holds it."""
    named = None if ANNEX_HEADING.fullmatch(passages[at].text) else ANNEX_TITLED.fullmatch(passages[at].text)
    return [*([passages[at].part(named.start("title"))] if named else []), *passages[at + 1:end]]


def _annexes_by_title(after: list[Passage], listed: list[Passage]) -> list[AnnexText]:
    """Annexes that came without the word 附件 over them: a line under the date that is the title the list gives."""
    titles = {re.sub(r"^(?:附[件表]?\s?\d{0,2}\s?[：:])?\s?(?:\d{1,2}[、.．])?\s?|[。；]$", "", one.text) for one in listed}
    heads = [at for at, one in enumerate(after) if one.text in titles and at + 1 < len(after)]
    return [AnnexText(None, after[at:end]) for at, end in zip(heads, [*heads[1:], len(after)], strict=False)]


def _lists(passages: list[Passage], at: int) -> bool:
    """Whether the word stands over a list of annexes: with a colon, and with numbers below it."""
    return passages[at].text.endswith(("：", ":")) and at + 1 < len(passages) \
        and bool(re.match(r"1[、.．]|[（(]1", passages[at + 1].text))


def _read_body(letter: Letter, before: list[Passage], enclosed: list[Passage]) -> None:
    own, letter.listed = _listed(before)
    if enclosed and letter.title is not None and PROMULGATES.search(letter.title.text):
        size = next((at + 1 for at, one in enumerate(enclosed[:4]) if re.search(rf"{GENRE}$", one.text)), 0)
        letter.enclosed_title = joined(enclosed[:size]) if size else None
        rules, more = _listed(enclosed[size:])
        letter.body, letter.listed = [*own, *rules], [*letter.listed, *more]
    else:
        letter.body = own
        if not letter.listed:  # the list may stand under the date
            letter.listed = _listed(enclosed)[1]


def _read_plan(letter: Letter) -> None:
    """The rules of a plan that came as an annex, where the notice sends it on or has none of its own."""
    sends = any(SENDS.search(one.text) for one in letter.body)
    if not sends and sum(_heads_part(one) for one in letter.body) >= FEW_PARTS:
        return
    for annex in letter.annexes:
        size = next((at + 1 for at, one in enumerate(annex.passages[:4]) if PLAN.search(one.text)), 0)
        rules, _ = _listed(annex.passages[size:])
        if size and sum(_heads_part(one) for one in rules) >= FEW_PARTS:
            letter.enclosed_title = joined(annex.passages[:size])
            letter.body = [*letter.body, *rules]
            return


def _heads_part(passage: Passage) -> bool:
    marker = marker_of(passage.text)
    return marker is not None and marker.kind in ("part", "chapter", "article")


def _listed(passages: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """The text, and the passages from 附件： on."""
    at = next((at for at, one in enumerate(passages) if ANNEX_LIST.match(one.text)), None)
    return (passages, []) if at is None else (passages[:at], passages[at:])
