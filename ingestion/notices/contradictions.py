"""What in a notice contradicts itself or needs a second look. Each warning cites the words it comes from."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ingestion.notices.annexes import alike, annex_text, named_annexes
from ingestion.notices.dates import spans
from ingestion.notices.indicators import NEARLY
from ingestion.notices.letterhead import NUMBER, normal_number
from ingestion.notices.money import amounts
from ingestion.notices.notice import Notice, Value
from ingestion.notices.passages import Passage, joined
from ingestion.notices.reading import Reading
from models.codes import divisions

PROVINCES = ("beijing tianjin hebei shanxi neimenggu liaoning jilin heilongjiang shanghai jiangsu zhejiang anhui "
             "fujian jiangxi shandong henan hubei hunan guangdong guangxi hainan chongqing sichuan guizhou yunnan "
             "xizang shaanxi gansu qinghai ningxia xinjiang").split()
EVIDENCE_YEAR = re.compile(r"(?:以|在)?(?P<year>20\d\d)年(?:度)?(?!\d{1,2}月)"
                           r"(?P<what>[^。；，]{0,8}?(?:解决|承接|促成|促进|签订|完成|取得|实现))")
SELF = re.compile(r"本[《“]?(?P<genre>意见|办法|方案|通知|细则|规定|规则)[》”]?")
FORM_COLUMNS = re.compile(r"(?P<name>(?:预计|预期|实际|已)?[\u4e00-\u9fff]{2,6})（(?:万元|元)）")
DAYS = "一二三四五六日"
GRADES = re.compile(r"按照?(?P<grades>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){2,4})[\d两三四五]个?(?:档次|等次|等级)")
TOTAL = re.compile(r"(?:奖金|奖励资金|奖励|奖池)(?:总额|总计|合计|总数|共计)(?:为|：|共|达)?(?=(?:人民币)?\s?\d)")
TO_FOLLOW = re.compile("另行(?:通知|公布|发布|公告)")


def contradictions(notice: Notice, reading: Reading) -> tuple[Value[str], ...]:
    """All warnings, those about days first."""
    checks = (_late, _total, _weights, _window, _weekdays, _order, _to_follow, _benefit, _unscored, _annex_absent,
              _annex_title, _genre, _city, _mail, _numerals, _behalf, _grades, _supplements)
    return tuple(found for check in checks for found in check(notice, reading))


def _late(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A step that begins before the notice is dated."""
    issued = notice.issued_on.value
    for phase in notice.phases:
        start = phase.starts_on
        if issued and start.value and start.value < issued:
            yield Value(f"落款 {issued}，“{phase.name.value}”却从 {start.value} 开始：前 {(issued - start.value).days} 天已经过去",
                        start.source)
            return


def _total(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A sum of all prizes that the prizes do not make, where each of them has its number and its sum."""
    paid = [one for one in notice.awards if one.amount_max.value is not None]
    if not paid or any(one.places.value is None or one.amount_min.value != one.amount_max.value for one in paid):
        return
    made = sum((one.places.value or 0) * (one.amount_max.value or 0) for one in paid)
    for _, sentence in reading.sentences():
        match = TOTAL.search(sentence.text)
        said = next((one for one in amounts(sentence) if match and one.start >= match.end()), None)
        if match and said and said.high is not None and said.low == said.high != made:
            yield sentence.value(f"写奖金总额 {said.high:,f} 元，各奖项的名额乘奖金合起来是 {made:,f} 元", match.start(), said.end)


def _weights(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """Weights of one group that do not make the whole."""
    sums: dict[str | None, list[Value[Decimal]]] = {}
    for one in notice.indicators:
        if one.weight.value is not None:
            sums.setdefault(one.track.value, []).append(one.weight)
    for track, weights in sums.items():
        made = sum((one.value or Decimal(0) for one in weights), Decimal(0))
        if NEARLY[0] <= made <= NEARLY[1] and made != 1:
            yield Value(f"{track or '评审指标'}的分值加起来是 {float(made * 100):g}，不是 100：请核对", weights[0].source)


def _window(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """What counts is of a year that goes on after registration has closed."""
    closing = next((phase for phase in notice.phases if re.search("报名|申报", phase.name.value or "")), None)
    end = closing.ends_on.value if closing else None
    for _, sentence in reading.sentences():
        match = EVIDENCE_YEAR.search(sentence.text)
        if match and end and end.year == int(match["year"]) and (end.month, end.day) < (12, 31):
            yield sentence.value(f"按 {match['year']} 年全年计，报名却在 {end} 截止：此后到 12 月 31 日的算不进来", match.start(), match.end())
            return


def _weekdays(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A day whose weekday is another one."""
    for _, sentence in reading.sentences():
        for span in spans(sentence, reading.year):
            day = span.first if span.first and span.weekday is not None else span.last
            if span.weekday is not None and day and day.weekday() != span.weekday:
                yield sentence.value(f"{day} 是周{DAYS[day.weekday()]}，原文写周{DAYS[span.weekday]}", span.start, span.end)


def _order(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A step that ends before the one before it, and a year of the number that is not the date's."""
    dated = [phase for phase in notice.phases if phase.ends_on.value]
    for before, after in zip(dated, dated[1:], strict=False):
        if after.ends_on.value < before.ends_on.value:
            yield Value(f"“{after.name.value}”在“{before.name.value}”之前结束", after.ends_on.source)
    number, issued = notice.document_number, notice.issued_on
    said = re.search(r"〔(\d{4})〕", number.value or "")
    if said and issued.value and int(said[1]) != issued.value.year:
        yield Value(f"文号写 {said[1]} 年，落款写 {issued.value.year} 年", number.source)


def _to_follow(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    told = [cell for _, table in reading.tables() for row in table.rows for cell in row if cell]
    for sentence in [*(one for _, one in reading.sentences()), *told]:
        if match := TO_FOLLOW.search(sentence.text):
            yield sentence.value("日期或安排另行通知，收到后再录入", match.start(), match.end())


def _annex_columns(reading: Reading) -> Iterator[tuple[Passage, re.Match[str]]]:
    for annex in reading.letter.annexes:
        if annex.passages:
            whole = joined(annex.passages)
            yield from ((whole, match) for match in FORM_COLUMNS.finditer(whole.text))


def _benefit(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """The form asks what is expected, the rule counts what came about."""
    counted = [one.name.value or "" for one in notice.indicators]
    if not any(re.search("效益|创效", name) for name in counted):
        return
    for whole, match in _annex_columns(reading):
        if re.match("预计|预期", match["name"]) and re.search("效", match["name"]):
            yield whole.value(f"评价看产生的效益，报名表填的是“{match['name']}”：按哪一样计，先定下来", match.start(), match.end())
            return


def _unscored(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A form of a group asks for a sum that is no indicator of that group."""
    for annex in reading.letter.annexes:
        whole = joined(annex.passages) if annex.passages else None
        group = reading.group_in("".join(one.text for one in annex.passages[:4]))
        names = {one.name.value for one in notice.indicators if one.track.value == group}
        for match in FORM_COLUMNS.finditer(whole.text) if whole and group and names else ():
            others = {one.name.value for one in notice.indicators} - names
            if match["name"] in others and whole:
                yield whole.value(f"{group}的表要填“{match['name']}”，却没有把它列为这一组的指标", match.start(), match.end())


def _annex_absent(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    for annex in notice.annexes:
        if annex.present.value is False:
            yield Value(f"附件“{annex.name.value}”没有随文收到", annex.name.source)


def _annex_title(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """An annex whose own title differs from the list's."""
    named = named_annexes(reading.letter)
    for number, name in named:
        text = annex_text(reading.letter, number, name, len(named))
        if text is None or name.text in text.head or not text.passages:
            continue
        if alike(text.head[:len(name.text)], name.text) >= 0.6:
            end = text.head.find(name.text[-2:]) + 2
            yield text.passages[0].value(f"附件清单写“{name.text}”，附件正文的标题是“{text.head[:max(end, 8)]}”")


def _genre(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """The text calls itself by another kind of document than its title."""
    titles = [one.text for one in (reading.letter.title, reading.letter.enclosed_title) if one]
    for _, sentence in reading.sentences():
        for match in SELF.finditer(sentence.text):
            if titles and not any(match["genre"] in title[-6:] for title in titles):
                yield sentence.value(f"标题不是“{match['genre']}”，正文却自称“{match.group()}”", match.start(), match.end())
                return


def _city(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """Another city of the same province in a city's own notice, which may have been copied."""
    names = {name[:-1]: code for code, name in divisions().items() if code.endswith("00") and name.endswith("市")}
    head = "".join(one.value or "" for one in (*notice.issuers, notice.title))
    own = next((name for name in names if len(name) > 1 and name in head), None)
    if own is None:
        return
    for _, sentence in reading.sentences():
        for name, code in names.items():
            at = sentence.text.find(name)
            if at >= 0 and name != own and len(name) > 1 and code[:2] == names[own][:2] and not code.endswith("0000"):
                yield sentence.value(f"{own}的文件里出现“{name}”，请核对是不是照抄", at, at + len(name))


def _mail(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A domain one letter away from the name of a province."""
    for contact in notice.contacts:
        host = (contact.value.value or "").split("@")[-1].lower() if contact.kind.value == "邮箱" else ""
        for label in host.split("."):
            near = next((name for name in PROVINCES if label not in PROVINCES and _one_letter(label, name)), None)
            if near:
                yield Value(f"邮箱域名里的“{label}”像是“{near}”的误拼，公布前请核对", contact.value.source)


def _one_letter(left: str, right: str) -> bool:
    """Whether one insertion or deletion leads from one to the other."""
    longer, shorter = sorted((left, right), key=len, reverse=True)
    shortened = (longer[:at] + longer[at + 1:] for at in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in shortened


def _numerals(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """Headings whose numbers do not go on by one."""
    parts = [one for one in reading.root.children if one.marker and one.marker.kind == "part"]
    for before, after in zip(parts, parts[1:], strict=False):
        if after.marker.number not in (1, before.marker.number + 1) and after.title:  # 1: a plan that is sent along
            yield after.title.value(f"标题序号从“{before.marker.label}”跳到“{after.marker.label}”")
    lost = next((one for one in parts if one.title and _printed_as_digit(one.title)), None)
    if lost is not None and lost.title is not None:
        yield lost.title.value("前几个标题的序号丢了样式，按中文序号接续")


def _printed_as_digit(title: Passage) -> bool:
    before = title.origin(max(0, title.at[0] - 4), title.at[0]).quote
    return bool(re.search(r"\d\s?[、.．]\s*$", before))


def _behalf(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    if (who := reading.letter.on_behalf) is not None:
        yield who.value(f"落款由{who.text}代章")


def _supplements(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A notice that changes an earlier one says only what changes."""
    if not re.search("补充通知|调整|延期|变更", (notice.title.value or "")[-30:]):
        return
    for _, sentence in reading.sentences():
        match = NUMBER.search(sentence.text)
        number = normal_number(match) if match else None
        if match and number != notice.document_number.value:
            said = "这是对另一份通知的补充或调整，没有改的以原通知为准，两份要合着看"
            yield sentence.value(f"{said}（{match.group()}）", *match.span())
            return


def _grades(notice: Notice, reading: Reading) -> Iterator[Value[str]]:
    """A verdict in so many grades, and nowhere the score from which one is given."""
    for _, sentence in reading.sentences():
        match = GRADES.search(sentence.text)
        if match and not re.search(r"\d{2,3}分", sentence.text):
            yield sentence.value(f"分{match['grades']}几档，没有写分数线", match.start(), match.end())


