"""联系人, 电话, 邮箱, 地址: whom to ask and where papers go. They are personal data; pages mask them."""

import re

from ingestion.notices.notice import Contact
from ingestion.notices.numbering import marker_of
from ingestion.notices.passages import Passage, joined
from ingestion.notices.reading import Reading

PHONE = (r"(?<![\d+-])(?:\+86[- ]?\d{2,3}[- ]?\d{7,8}|"
         r"0\d{2,3}[-—－ ]?\d{7,8}(?:[-转]\d{1,5})?|1[3-9]\d{9}|400[-\d]{7,9}|(?:(?<=电话：)|(?<=方式：)|(?<=热线：)|"
         r"(?<=电话))[2-9]\d{6,7})(?!\d)")
PHONES = re.compile(PHONE + r"|(?<=[\d][、，/])[2-9]\d{6,7}(?!\d)")
HOST = r"[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,5}"
EMAIL = re.compile(rf"(?<![\w.+\-])[A-Za-z0-9._+\-]{{1,64}}@{HOST}\.[A-Za-z]{{2,10}}", re.ASCII)
SITE = re.compile(rf"(?:https?://)?(?<![A-Za-z0-9.\-])(?:www\.{HOST}|{HOST}\.(?:com|cn|org|net)(?:\.cn)?)"
                  r"(?:/[\w/.\-]{0,200})?", re.ASCII)
LABELLED = {
    "地址": re.compile(r"地\s?址[：:]\s?(?P<said>[^。；，：]{4,60}?)(?=邮编|邮政编码|[（(]|传真|电话|联系人|邮箱|单位|收件|$|。|；|，)"),
    "邮编": re.compile(r"邮\s?(?:政编码|编)(?:为|[：:])?\s?(?P<said>\d{6})"),
    "单位": re.compile(r"(?:^|[。；，：\s])(?:收件)?(?:单\s?位|(?:报名|报送|受理|递交|寄送)(?:地点|单位|部门))"
                       r"[：:]\s?(?P<said>[\u4e00-\u9fff（）]{4,40}?)(?=地\s?址|邮编|电话|联系|$|。|；|，|（[^（）]{2,20}[路街道巷])"),
}
UNIT_END = "局|厅|委员会|委|工会|办公室|办|部|处|科|室|中心|院|馆|会|站|司|公司|大学|学院|集团|联"
WHOM = re.compile(rf"(?:^|(?<=\d)|[。；，：\s])(?P<unit>[\u4e00-\u9fff（）]{{2,24}}?(?:{UNIT_END}))(?:（[^（）\d]{{2,12}}）)?"
                  rf"(?:联系人)?\s?[：:，\s（(]\s?"
                  r"(?P<name>[\u4e00-\u9fff·]{2,4}?(?:老师|同志|先生|女士|主任|科长)?)\s?[，,：:、（(]?\s?(?:联系)?(?:电话|手机)?[：:]?\s?"
                  rf"(?={PHONE})")
NO_NAME = re.compile(r"办公|固定|移动|内线|分机|座机|电话|手机|传真|联系|咨询|热线|微信|邮[编箱]|网址|地址|[局厅委部处科室院馆会办司]$|中心$|大学$")
SENT_TO = re.compile(r"(?:寄|送|邮寄|报送|递交|提交)(?:送|至|到)+(?P<said>[\u4e00-\u9fffA-Za-z\d\-—]{2,30}?"
                     r"(?:路|街|道|巷|大厦|园区|广场)[\u4e00-\u9fff]{0,6}"
                     r"\d{0,5}[号室层楼座栋][^，。；：（(邮]{0,30})")
NAME = "[\u4e00-\u9fff·]{2,4}?"
PERSON = re.compile(rf"(?:联\s?[系络]\s?人|收件人|经办人|负责人(?=：[^，。；]{{2,12}}{PHONE}))(?:及电话|"
                    rf"及联系方式)?[：:]\s?(?P<names>{NAME}(?:（[^（）]{{2,20}}）)?(?:[、，和/ ]{NAME}(?:（[^（）]{{2,20}}）)?)*)"
                    rf"(?=[\s，。；（(\d]|联系|电|手|邮|地|话|$)")
ASKED = re.compile(rf"(?:咨询|技术支持|会务|报名|报送|收件|答疑|客服)(?:人|联系)?[：:]\s?(?P<said>{NAME})"
                   rf"(?=[，、（(：:\s]{{0,2}}(?:联系)?(?:电话|手机)?[：:]?\s?{PHONE})")
OF_UNIT = re.compile(rf"联\s?[系络]\s?人[：:]\s?[\u4e00-\u9fff（）]{{3,24}}(?:{UNIT_END})[ ：（，](?P<said>{NAME})"
                     rf"(?=[\s，。；（）(\d]|联系|电话|$)")
"""联系人：市总工会经济部 白岩."""
NEXT = re.compile(rf"(?<=\d[、，；;\s/）)])(?:[、，；;\s])?(?P<said>{NAME})(?=[（(：:，\s]{{0,2}}(?:电话|手机)?[：:]?{PHONE})")
"""The second person of a line: 联系人：张三 0999-5550001、李四 0999-5550002."""
LATIN_NAME = re.compile(rf"(?P<said>(?:Mr|Ms|Mrs|Dr)\.? ?[A-Z][A-Za-z]{{1,20}}(?: [A-Z][A-Za-z]{{1,20}})?)"
                        rf"(?=[（(：: ]{{0,2}}{PHONE})")
NAMED_LINE = re.compile(rf"^(?P<said>[\u4e00-\u9fff·]{{2,4}}?)(?:（[^（）]{{2,10}}）)?\s?"
                        rf"(?:(?:联系)?(?:电话|手机)[：:])?\s?(?={PHONE})")
"""A line that begins with who answers: 张三 0999-5550001."""
FAX = re.compile(rf"(?:传\s?真|FAX|Fax)\s?[：:]?\s?(?P<said>{PHONE}|(?<=[：:])[2-9]\d{{6,7}})")
BRACKETED = re.compile(r"（(?:地址：)?(?P<said>[\u4e00-\u9fffA-Za-z\d\-—]{2,30}?(?:路|街|道|"
                       r"巷)\d{1,5}号[^（），。；]{0,30})(?=[）；，])")
OFFICE_PHONE = re.compile(rf"[：:。；，]\s?(?P<said>[\u4e00-\u9fff]{{2,20}}?(?:（[\u4e00-\u9fff]{{1,8}}）"
                          rf"[\u4e00-\u9fff]{{0,12}}?)?(?:{UNIT_END}))"
                          rf"\s?[，：（(]?\s?(?:联系)?(?:电话)?[：:]?\s?(?={PHONE})")
"""市科技局：0999-5550001: an office that answers by telephone, with nobody named."""
TITLED = re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=联系)|(?<=联系人))(?P<said>(?!指导|优秀|辅导|带队|各位|专业|"
                    r"任课)(?<!指导)(?<!优秀)[\u4e00-\u9fff]{1,2}(?:老师|同志|先生|女士|主任|"
                    r"科长))(?=\s?[\d（：:，])")
AT_UNIT = re.compile(rf"(?P<name>{NAME})（(?P<unit>[\u4e00-\u9fff]{{2,20}}?)[，,：:]?\s?(?:联系)?(?:电话|"
                     rf"手机)?[：:]?\s?(?={PHONE})")
"""石某（团市委，0999-5550001）."""
OFFICE = re.compile(rf"(?:(?:报送?|寄|送|提交|交|上报)(?:送|至|到|达|给)+|"
                    rf"报(?=[市省区县州总]))(?P<said>[\u4e00-\u9fff（）]{{3,30}}?(?:{UNIT_END}))"
                    rf"(?=[，。；（(]|$)")
PAPER = re.compile("材料|纸质|电子版|申报书|[名总荐执请]表|作品|成果|[诺议请]书|报告|回执|原件|盖章")


NOT_AN_OFFICE = re.compile("电话|联系|咨询|监督|举报|技术支持|传真")


def contacts(reading: Reading) -> tuple[Contact, ...]:
    """From the rules and what stands by the signature, not from the annexes, whose people are not to be asked."""
    letter = reading.letter
    found = [contact for passages in (letter.body, letter.listed, letter.asked) if passages
             for contact in _all(joined(passages))]
    found += [contact for passage in (*letter.body, *letter.listed) for contact in _whom(_unnumbered(passage))]
    found += [one for passage in letter.body for one in _matches(passage, "联系人", NAMED_LINE)
              if not NO_NAME.search(one.value.value or "")]
    if not any(one.kind.value == "地址" for one in found):  # one that ends with its line
        found += [one for passage in letter.body for one in _matches(passage, "地址", LABELLED["地址"])]
    found += [one for passage in (*letter.body, *letter.listed) for one in _matches(passage, "单位", OFFICE_PHONE)
              if not NOT_AN_OFFICE.search(one.value.value or "")]
    found += _offices(reading)
    units = [one.value.value or "" for one in found if one.kind.value == "单位"]
    return tuple({(one.kind.value, one.value.value): one for one in found if one.kind.value != "单位" or not any(
        unit != one.value.value and unit.endswith(one.value.value or "") for unit in units)}.values())


def _all(whole: Passage) -> list[Contact]:
    found = [*_people(whole), *_matches(whole, "地址", SENT_TO), *_matches(whole, "地址", BRACKETED),
             *_matches(whole, "联系人", LATIN_NAME), *_matches(whole, "邮箱", EMAIL)]
    faxes = _matches(whole, "传真", FAX)
    found += [*(one for one in _matches(whole, "电话", PHONES) if one.value not in {fax.value for fax in faxes}), *faxes]
    found += [contact for kind, pattern in LABELLED.items() for contact in _matches(whole, kind, pattern)]
    mails = [whole.text[match.start():match.end()] for match in EMAIL.finditer(whole.text)]
    found += [one for one in _matches(whole, "网址", SITE) if not any((one.value.value or "") in mail for mail in mails)]
    return found


def _unnumbered(passage: Passage) -> Passage:
    marker = marker_of(passage.text)
    return passage.part(marker.length) if marker else passage


def _matches(whole: Passage, kind: str, pattern: re.Pattern[str]) -> list[Contact]:
    group = "said" if "said" in pattern.groupindex else 0
    found = pattern.finditer(whole.text)
    spans = ((match.start(group), match.start(group) + len(match[group].rstrip())) for match in found)
    return [Contact(whole.value(kind, *span), whole.value(whole.text[slice(*span)], *span)) for span in spans]


def _people(whole: Passage) -> list[Contact]:
    found = []
    for match in PERSON.finditer(whole.text):
        for name in re.finditer(r"(?<!（)(?<![\u4e00-\u9fff·])[\u4e00-\u9fff·]+(?!）)", match["names"]):
            if NO_NAME.search(name.group()):
                continue
            low = match.start("names") + name.start()
            span = (low, low + len(name.group()))
            found.append(Contact(whole.value("联系人", *span), whole.value(name.group(), *span)))
    for pattern in (ASKED, OF_UNIT, NEXT, TITLED):
        known = {one.value.value for one in found}
        found += [one for one in _matches(whole, "联系人", pattern)
                  if one.value.value not in known and not NO_NAME.search(one.value.value or "")]
    return found


def _whom(whole: Passage) -> list[Contact]:
    """市教育局高等教育科：张三，0999-5557101: an office, who is there, and the telephone right after."""
    found = []
    for match in [*WHOM.finditer(whole.text), *AT_UNIT.finditer(whole.text)]:
        if not NO_NAME.search(match["name"]) and match["unit"].count("（") == match["unit"].count("）"):
            found += [Contact(whole.value(kind, *match.span(group)), whole.value(match[group], *match.span(group)))
                      for kind, group in (("联系人", "name"), ("单位", "unit"))]
    return found


def _offices(reading: Reading) -> list[Contact]:
    """Where papers go: 报送至市总工会网信中心."""
    return [contact for _, sentence in reading.sentences() if PAPER.search(sentence.text)
            for contact in _matches(sentence, "单位", OFFICE) if not re.search("如下|以下|地址|邮箱", contact.value.value or "")]
