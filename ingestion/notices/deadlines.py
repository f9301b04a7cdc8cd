"""Last days and time limits: 截止, 前, 日内, 每年2月底前, 有效期."""

import re
from collections.abc import Sequence

from ingestion.notices.dates import Span, spans
from ingestion.notices.notice import SILENT, Deadline, Phase, Value
from ingestion.notices.numbering import NUMERAL
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage, clause_start
from ingestion.notices.reading import Reading

CLOSES = re.compile("截止|逾期|截至|有效期(?:限)?至")
ENDS = re.compile(r"\s?(?:[（(].{1,6}[）)])?(?:\d{1,2}(?:[：:]\d\d|[时点]))?整?(?:系统|平台|准时|自动)?"
                  r"(?:截止|截稿|关闭|结束|为止|.{0,3}截止)")
RUNS = re.compile("(?:报名|申报|提交|报送|征集|推荐|受理|项目周期|实施周期|建设周期)(?:工作|材料)?(?:时间|日期|期限|期)?(?:为|：|是|自|从|于)*$")
YEARLY = re.compile(r"(?P<said>(?:每年|次年|翌年|当年|每季度|每月)(?:的)?(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|底|初|末)"
                    r"(?:至(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|底|末))?(?:之?前|以前|内)?|"
                    r"每年\d{1,2}月(?:[、和至]\d{1,2}月)*(?=[^，。；\d]{0,4}(?:集中|组织|开展|征集|启动|受理|申报))|"
                    r"(?:每年|每季度|每月|每半年)(?=进行|开展|报送|提交|组织|召开|举办))")
NUMBER = rf"(?:\d{{1,3}}|{NUMERAL}{{1,3}})"
UNIT = "个?工作日|个?自然日|日|天|个月|年|周(?!岁)|小时"
WITHIN = re.compile(rf"(?P<said>(?:[自从在]\S{{2,16}}?起|本?(?:通知|公告|文件)?(?:发文|印发|发布|公布|下发)之日起|"
                    rf"于|在)?\s?{NUMBER}\s?(?:{UNIT})(?:之内|以内|内))|"
                    rf"(?P<most>(?:一般)?不(?:得)?(?:超过|少于)\s?{NUMBER}\s?(?:{UNIT}))|"
                    rf"(?P<cycle>每{NUMBER}年\S{{0,4}}?一次|(?:以|为){NUMBER}年为?周期)|"
                    rf"有效期(?:限)?(?:为)?\s?(?P<valid>{NUMBER}年)|"
                    rf"(?P<grace>{NUMBER}年)(?:的)?(?=整改期|过渡期|宽限期)|"
                    rf"(?:公示期?|公示时间)(?:为|是|：|不少于)?\s?(?P<notice>{NUMBER}\s?(?:{UNIT}))")
DESCRIBES = re.compile("[^，。；]{0,24}(?:注册|成立|工作|入职|出生|毕业|取得|获得|在职|就职|从业|登记)[^，。；]{0,16}的|"
                       "(?:出生|注册|成立|毕业)")
"""2026年1月1日前在本市工作的职工: the day tells who is meant."""
REGISTERS = re.compile("[^，。；]{0,90}?(?:统一|网上|在线|线上|进行)(?:报名|填报|申报)(?=[，。；]|$)")
"""7月15日至8月5日登录系统统一报名: a window closes on its last day."""
STATE_ON, STATE = re.compile("(?:^|[，；：（])截?至?$"), re.compile("[，]?(?:尚未|未|仍|已|累计|企业|团队|单位|在职)")
"""截至2026年5月31日尚未注册: what is the case on a day, and no end of anything."""
HANDING_IN = re.compile("报名|申报|报送|征集|投稿|提交|受理|推荐")
AT_ONCE = re.compile(r"[自从](?:本\S{2,6})?(?:印发|发布|公布|下发|发文|签发)之日起(?:正式)?(?:施行|实施|执行|生效)")
OF_WHAT = re.compile("的(?!比例)|毕业|来|(?:完成|取得|获得|注册|成立|发表|授权|形成|研制|出生|入职)[^，。；]{0,10}的")
"""After a span of time that describes somebody (毕业5年以内的毕业生) and sets no limit."""
NOT_A_LIMIT = re.compile("(?:毕业|毕业于|近|最近|过去|未来|今后|连续|工作时间|年龄(?:不?满?|在|应?)|(?:注册|成立|入职|从业|任职|工作)(?:时间|年限|年数)?)$")
SPAN_OF_LIFE = re.compile("周岁|工作时间不")
DISPATCH = re.compile(r"以(?:当地|寄出地|投递地)?(?:快递|邮戳|寄出|邮寄)\S{0,10}(?:时间|日期|邮戳)?为准")
SENDING = "寄|报送|送|发送|提交|上报|报|交|邮寄|上传"
IN_FORCE = re.compile(r"自\S{0,2}$")
TRIMMED = re.compile(r"(?:不得?(?:少于|超过|低于)|均|应|须|需|请|要|将|务必|于|在|为|是|：|:|并|自|的|至|给予|最长|最多|一般|且)+$")
NAMES_A_TIME = re.compile("时间|日期|期|期限|截止|时限$")


def deadlines(reading: Reading, phases: Sequence[Phase]) -> tuple[Deadline, ...]:
    """In the notice's order: each last day, each limit in time; then the ends of registrations."""
    found: list[Deadline] = []
    for section, sentence in reading.sentences():
        yearly = list(YEARLY.finditer(sentence.text))
        for span in spans(sentence, reading.year):
            if not any(match.start() <= span.start < match.end() for match in yearly) and _closes(sentence, span):
                found.append(_dated(section, sentence, span))
        for match in [*yearly, *WITHIN.finditer(sentence.text)]:
            group = next(name for name, said in match.groupdict().items() if said)
            if _limits(sentence.text, match, group):
                found.append(_limit(section, sentence, match.start(group), match.end(group)))
        if match := AT_ONCE.search(sentence.text):
            found.append(Deadline(sentence.said(), SILENT, sentence.value(match.group(), *match.span())))
        if match := DISPATCH.search(sentence.text):
            said = sentence.value(match.group(), match.start(), match.end())
            found.append(Deadline(sentence.said(), SILENT, said))
    known = {one.on.value for one in found}
    found += [Deadline(phase.name, phase.ends_on, SILENT) for phase in phases
              if re.search("报名|申报|报送|征集|投稿|提交", phase.name.value or "") and phase.ends_on.value not in (None, *known)]
    return tuple(found)


def _closes(sentence: Passage, span: Span) -> bool:
    """Whether something ends on the span's last day, or begins to be in force on its first."""
    before = sentence.text[:span.start]
    if DESCRIBES.match(sentence.text, span.end):
        return False
    if re.match("[，]?(?:尚未|未|仍未|"
                "还未)", sentence.text[span.end:]) or STATE_ON.search(before) and STATE.match(sentence.text, span.end):
        return False
    if span.from_issue and not (CLOSES.search(before) or HANDING_IN.search(sentence.text) or span.start < 2):
        return False
    if span.last is None:
        return bool(re.search("施行|生效|执行", sentence.text[span.end:span.end + 6]))
    if span.first is None or REGISTERS.match(sentence.text, span.end):
        return True
    return bool(CLOSES.search(before)) or bool(RUNS.search(before)) or \
        bool(ENDS.match(sentence.text, span.end))


def _limits(text: str, match: re.Match[str], group: str) -> bool:
    """Whether the time is a limit and not an age, a length of service or a description of somebody."""
    described = group == "said" and (OF_WHAT.match(text, match.end(group)) or match[group].startswith("当年")
                                     and re.match("[^，。；]{0,16}的", text[match.end(group):]))
    return not described and not NOT_A_LIMIT.search(text[:match.start(group)][-8:]) \
        and not SPAN_OF_LIFE.search(text[:match.start(group)][-6:] + match[group][:2])


def _dated(section: Section, sentence: Passage, span: Span) -> Deadline:
    """Named by its sentence, else by the heading it stands under."""
    day, name = span.last or span.first, _subject(sentence, span.start, span.end)
    if name.value is None and section.title:
        name = section.title.said()
    return Deadline(name, sentence.value(day, span.start, span.end), SILENT)


def _limit(section: Section, sentence: Passage, start: int, end: int) -> Deadline:
    name = _subject(sentence, start, end)
    if name.value is None and section.title and (NAMES_A_TIME.search(section.name) or len(section.name) <= 12):
        name = section.title.said()
    return Deadline(name, SILENT, sentence.value(sentence.text[start:end], start, end))


def _subject(sentence: Passage, start: int, end: int) -> Value[str]:
    """What is due: the clause's words before the time, and what follows it unless those name a time themselves."""
    low = clause_start(sentence.text, start)
    if low and sentence.text[low - 1] == "（" and not re.search("[\u4e00-\u9fff]", sentence.text[low:start]):
        return _bracketed(sentence, low - 1)
    before = sentence.part(low, low + len(TRIMMED.sub("", sentence.text[low:start].rstrip())))
    comma = sentence.text.find("，", end + 1)
    after = sentence.part(end, comma if comma >= 0 else None)
    after = after.part(len(after.text) - len(after.text.lstrip("，、 起")))
    if before.text and (not after.text or NAMES_A_TIME.search(before.text)):
        return before.said()
    if not before.text and re.match(SENDING, after.text) and (what := _clause_before(sentence, low)) \
            and not re.search(r"\d\s?[日号]", what.value or ""):
        return Value((what.value or "") + after.text, after.source())
    if after.text:
        whole = sentence.source(low, comma if comma >= 0 else None)
        return Value(before.text + after.text, whole if before.text else after.source())
    return _clause_before(sentence, low) or SILENT


def _clause_before(sentence: Passage, low: int) -> Value[str] | None:
    """The words of the clause that ends at the comma before `low`."""
    earlier = sentence.part(max(sentence.text.rfind("，", 0, max(0, low - 1)), -1) + 1, max(0, low - 1))
    return earlier.said() if earlier.text else None


def _bracketed(sentence: Passage, bracket: int) -> Value[str]:
    """决赛（6月20日前）: what stands before the bracket."""
    named = sentence.part(clause_start(sentence.text, bracket), bracket)
    return named.said() if named.text else SILENT
