"""组别, 赛道, 赛项: the groups of a contest, from its own words or from the table in an annex."""

import itertools
import re
from collections.abc import Sequence

from ingestion.notices.cards import entrants_of
from ingestion.notices.counted_groups import counted_groups
from ingestion.notices.notice import SILENT, Track, Value
from ingestion.notices.outline import Section, inline_items
from ingestion.notices.passages import Passage, joined, sentences
from ingestion.notices.reading import Reading

MOST_GROUPS = 60
"""More than that are no groups of a contest but a list of something else."""
SUFFIX = "组(?![织建成委长员合])|赛道|赛区|专项赛|专题赛|赛项|类别|板块|单元"
GROUP = rf"(?:{SUFFIX}|类|赛)"
HEADED = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9+·“”]{{2,16}}{GROUP}")
SMALL = re.compile("[“”]{0,2}小[\u4e00-\u9fff]{2,4}[“”]{0,2}(?:类|成果)?")
"""小发明, 小创造, 小革新: the kinds of 五小."""
GROUPING = re.compile("[二两三四五六七八][类项大](?:劳动和?)?(?:技能)?(?:竞赛|比赛|大赛|赛事)|"
                      "组别|赛道|赛项|类别|分组|分类|板块|单元|(?:比赛|竞赛|大赛|征集|评选|参赛)(?:项目|内容|对象|作品)|(?:项目|赛事)设置")
STAGES = re.compile("(?:初|复|预|决|总决|半决|选拔|淘汰|晋级|区|市|省|全国)赛|海选")
NAME = r"[\u4e00-\u9fffA-Za-z0-9+·“”]{1,16}?"
LISTED = re.compile(
    rf"(?:分为?|设立?|设置|分设|划分为?|包括|包含|共设|开设)(?:有|了)?(?P<list>{NAME}(?:{SUFFIX})(?:[、，和及与]{{1,2}}{NAME}(?:{SUFFIX}))+)"
    rf"(?![\u4e00-\u9fff]*(?:阶段|组成))")
CONTESTS = re.compile(rf"(?:分为?|设立?|设有|设置|分设|包括|包含|共设|开设)(?P<list>{NAME}(?:赛|类)(?:[、，和及与]{{1,2}}{NAME}(?:赛|类))+)"
                      r"(?=等?[两二三四五六七八九十\d]{1,2}\s?[个项类]|[，。；]|$)")
COMMON = re.compile(
    rf"(?:分为?|设立?|设置|分设|划分为?|包括|共设|开设)(?P<list>{NAME}(?:、{NAME})+(?:(?:和|及|以及){NAME})?)"
    rf"(?:等|共)?(?:\d{{1,2}}|[两二三四五六七八九十]{{1,2}})?\s?个?(?:领域|方向|行业)?(?:{SUFFIX}|组别)")
PLACED = re.compile(rf"(?:在|围绕|聚焦|面向)(?P<list>{NAME}(?:、{NAME})+(?:(?:和|及|以及){NAME})?)(?:等)?"
                    rf"(?:\d{{1,2}}|[两二三四五六七八九十]{{1,2}})?\s?个?(?:领域|方向|行业)?(?:分别)?"
                    rf"(?:设置|设立|开设|设)\s?(?:\d{{1,2}}\s?个)?(?:{SUFFIX})")
NO_NAME = re.compile("[设为]|其[他余它]|分别|只")
AND = re.compile(r"[、，]|以及|和|及|与")
CODED = re.compile(r"(?<![A-Za-z0-9])(?P<code>[A-Z]{2,10}-?\d{2,10})\s?(?P<name>[^\s：:，。；]{2,24})")
PROJECT = re.compile(r"项目名称[：:]\s?(?P<name>[^（(；。]{2,60})(?:[（(]\s?(?:项目)?编号[：:]\s?(?P<code>[A-Z0-9\-]{4,30}))?")
ENTRANTS = re.compile(r"(?:参赛|申报|报名|参评|评选|征集)(?:对象|主体|单位|团队|范围)(?:为|是|由|包括|：|:)(?P<who>[^。；]{4,200})")
MUST_BE = re.compile(r"(?:揭榜|申报|参赛|报名|牵头)(?:单位|主体|团队|人员?|企业|方|选手|者|对象)(?:应当?|必须|[须需])(?:为|是|由)(?P<who>[^。；，]{4,80})")
EVERYBODY = re.compile(r"凡(?P<who>[^。；]{6,160}?)(?:均可|都可|皆可|可以?)(?:报名|参赛|申报|参加|参评|投稿)"
                       r"|^(?P<all>[^。；]{6,160}?)(?:均可|都可|皆可)(?:报名|参赛|申报|参加|参评|投稿)")
ORGANISES = re.compile("(?:主办|承办|组织|组织实施|负责|举办|管理|备案)$")
GROUP_COLUMN = (r"^(?:参赛|竞赛|比赛|成果|作品|申报|评选|征集)?(?:赛道|组别|赛项|赛题|榜单|榜题|课题|题目|命题|需求|任务|项目|类别|类型|专项|板块|单元|赛事|方向|工种|"
                r"职业)(?:名称|设置)?$")
GROUP_ONLY = re.compile("^(?:参赛|竞赛|比赛)?(?:赛道|组别|赛项)(?:名称|设置)?$")
SETS_GROUPS = re.compile("^(?:揭榜|申报|攻关|支持|选题)(?:方向|领域|专题)(?:设置)?$|"
                         "^(?:竞赛|比赛|大赛|参赛)(?:工种|职业|项目|赛项)(?:（[^）]*）)?(?:设置|[及和与][\u4e00-\u9fff]{2,8})?$|(?:赛道|组别|赛项|分组|"
                         "专项赛)(?:设置|分类|划分|安排|及(?:参赛)?(?:对象|范围|内容))?$")
ANNOUNCED = re.compile(r"(?:设|分为?|包括)[^。；：]{0,12}(?:赛道|组别|赛项|个组|类别)[^。；：]{0,6}：(?=\d|[（(]|①)")
ORDINAL_ONLY = re.compile("(?:赛道|组别|赛项)[一二三四五六七八九1-9]")
LETTERED = re.compile(r"(?P<code>[A-Z])\s?(?P<kind>赛道|组别?|类别?|赛项|单元|板块|方向|项目)?\s?(?:[—–-]{1,2}|[：:、.．（(])\s?"
                      r"(?P<name>[\u4e00-\u9fffA-Za-z0-9+·“”]{2,20})(?=[：:（(）)，。；]|$)")
LINED = re.compile(r"(?P<ordinal>(?:赛道|组别|赛项)[一二三四五六七八九1-9]\s?[：:]?\s?)?"
                   r"(?P<name>[\u4e00-\u9fffA-Za-z0-9+“”]{2,14})(?=[：:（ ，]|$)")
ORDINAL = re.compile(r"(?:赛道|组别|赛项|第)[一二三四五六七八九1-9](?:赛道|组别|赛项)?\s?[：:]?\s?(?=[\u4e00-\u9fff“])")
NO_GROUP = re.compile("要求|时间|条件|报名|方式|说明|对象|原则|奖|办法|规则|评|材料|安排|阶段|流程|程序|决赛|初赛|复赛|内容|设置|其他|名额")
PROBLEM_COLUMN = re.compile("^.{0,4}(?:榜单|榜题|赛题|命题|课题|题目|需求|任务|项目)(?:名称|题目)?$")
POSED = "(?:发榜|出题|命题|需求|张榜|发布|提出)(?:单位|企业|方)|榜额|榜金|(?:榜单|悬赏|揭榜)(?:金额|经费)"
"""A column of those who pose the problems, or of what they pay: the rows are problems to choose from."""
ABOUT_COLUMN = "内容|对象|主体|方向|领域|说明|范围|(?:申报|推荐|限报)(?:名额|数量|限额)|(?:竞赛|比赛)(?:形式|方式|组别)"
ENTRANT_COLUMN = "对象|主体|参赛(?:单位|人员|范围)|面向"
WHO = r"(?:参赛|申报|报名|参评|评选|参加|征集)(?:对象|主体|资格|范围|条件|人员)"
PEOPLE = re.compile("[者人员工生户民]|企业|公司|单位|团队|机构|院[校所]|高校|学校|大学|职业|组织|协会|合作社|联合体|不限|法人|团体|班组|青年|妇女|"
                    "家庭|教师|老师|医院|部门|选手|专家|工匠|学徒|社会|研究所|实验室")
OF_GROUP = re.compile(r"(?:(?:参赛|申报|报名|参评|征集)?(?:对象|主体|人员|范围|单位|团队)(?:为|是|由|包括|限|：)|面向(?![^。；，]{0,20}(?:征集|发布|开展|"
                      r"推广))|限于?)(?P<who>[^。；]{4,200})")


def tracks(reading: Reading) -> tuple[Track, ...]:
    """The groups in the notice's order: coded rows of an annex, else those its sentences list, else the one project."""
    found = (_coded(reading) or _lettered(reading) or _headed(reading) or _tabled(reading) or _enumerated(reading)
             or [(SILENT, card.name.said()) for card in reading.cards] or _lined(reading)
             or [(SILENT, name) for name in counted_groups(reading)] or _listed(reading)
             or _tabled(reading, any_table=True) or _project(reading))
    found = found if len(found) <= MOST_GROUPS else []
    names = [name.value or "" for _, name in found]
    everybody = entrants(reading, names)
    return tuple(Track(code, name, _own_entrants(reading, said) or everybody)
                 for (code, name), said in zip(found, names, strict=True))


def entrants(reading: Reading, groups: Sequence[str] = ()) -> Value[str]:
    """Who may enter, where the notice says it for all groups; silent where it does not."""
    for pattern in (EVERYBODY, ENTRANTS, MUST_BE):
        for section, sentence in reading.sentences():
            if (match := pattern.search(sentence.text)) \
                    and not any(group in sentence.text or group == section.name for group in groups):
                who = next(name for name, said in match.groupdict().items() if said)
                return sentence.value(match[who], match.start(who), match.end(who))
    for section in reading.innermost(WHO):
        if section.body and not section.children and section.name not in groups:
            return section.body[0].part(0, len(section.body[0].text.rstrip("。"))).said()
    return SILENT


def _own_entrants(reading: Reading, group: str) -> Value[str] | None:
    for section in reading.sections:
        if section.body and (section.name == group or (name := _name_of(section)) and name.text == group):
            for sentence in sentences(section.body[0]):
                if match := OF_GROUP.search(sentence.text) or EVERYBODY.search(sentence.text):
                    who = next(name for name, said in match.groupdict().items() if said)
                    return sentence.value(match[who], *match.span(who))
            if re.search(WHO, section.above) and len(section.body) == 1 and len(sentences(section.body[0])) == 1:
                return sentences(section.body[0])[0].said()
    for line in (one for section in reading.sections for one in section.body
                 if (match := LETTERED.match(one.text)) and match["name"] == group):
        for asked in (ENTRANTS, OF_GROUP):  # 面向…… may also say what it is about
            for sentence in sentences(line):
                if match := asked.search(sentence.text):
                    return sentence.value(match["who"], *match.span("who"))
    pattern = re.compile(rf"{re.escape(group)}(?:的)?[，：:（(]?\s?(?:参赛|申报|报名)?(?:对象|主体|选手|团队)?"
                         r"(?:(?:必须|须|应当?)?为|是|由|[：:]|面向)(?P<who>[^。；]{4,200})")
    for _, sentence in reading.sentences():
        if (match := pattern.match(sentence.text)) and not ORGANISES.search(match["who"]) and _of_people(match["who"]):
            return sentence.value(match["who"], match.start("who"), match.end("who"))
    return entrants_of(reading.cards, group) or _tabled_entrants(reading, group)


def _of_people(who: str) -> bool:
    """Whether the words after a group's name tell who enters it, and not how it is judged or what it is about."""
    return bool(PEOPLE.search(who)) and not re.search(r"\d\s?[%％分]|[一二三]等奖|奖金", who)


def _coded(reading: Reading) -> list[tuple[Value[str], Value[str]]]:
    """Rows that begin with a code and a name, two at least; a code that comes again is told once."""
    found: dict[str, tuple[Value[str], Value[str]]] = {}
    for text in [*(joined(annex.passages) for annex in reading.letter.annexes if annex.passages), _body(reading)]:
        for match in CODED.finditer(text.text) if text else ():
            found.setdefault(match["code"], (text.value(match["code"], match.start("code"), match.end("code")),
                                             text.value(match["name"], match.start("name"), match.end("name"))))
    stems = {re.sub(r"\d{1,2}$", "", code) for code in found}
    return list(found.values()) if len(found) > 1 and len(stems) == 1 else []


def _body(reading: Reading) -> Passage | None:
    return joined(reading.letter.body) if reading.letter.body else None


def _lettered(reading: Reading) -> list[tuple[Value[str], Value[str]]]:
    """A line a group under letters that follow one another: A赛道——企业命题赛道：……, B赛道——……."""
    for section in (one for one in reading.sections if not one.children):
        lines = [(line, match) for line in section.passages_own() if (match := LETTERED.match(line.text))]
        letters = "".join(match["code"] for _, match in lines)
        told = all(match["kind"] for _, match in lines) or SETS_GROUPS.search(section.name)
        if len(lines) > 1 and told and "ABCDEFGHIJ".startswith(letters):
            return [(line.value(match["code"], *match.span("code")), line.value(match["name"], *match.span("name")))
                    for line, match in lines]
    return []


def _headed(reading: Reading) -> list[tuple[Value[str], Value[str]]]:
    """Headings that are groups, under one that says so: 赛道设置：（一）企业命题赛道 （二）青年创客赛道."""
    for section in reading.sections:
        names = [name for child in section.children if (name := _name_of(child))]
        if len(names) > 1 and len(names) == len(section.children) and SETS_GROUPS.search(section.name) \
                and all(2 <= len(name.text) <= 14 and not NO_GROUP.search(name.text) for name in names):
            return [(SILENT, name.said()) for name in names]
        if len(names) > 2 and len(names) == len(section.children) and all(SMALL.fullmatch(name.text) for name in names):
            return [(SILENT, name.said()) for name in names]
        if len(names) > 1 and len(names) == len(section.children) and GROUPING.search(section.name) \
                and all(HEADED.fullmatch(name.text) and not STAGES.search(name.text) for name in names):
            return [(SILENT, name.said()) for name in names]
    return []


def _name_of(section: Section) -> Passage | None:
    """A group's name at the head of its section: the heading, or the words before the first comma (一是甲赛，面向……)."""
    head = section.title or next(iter(section.body), None)
    if head is not None and ORDINAL_ONLY.fullmatch(head.text) and section.title:
        head = next(iter(section.body), head)  # 赛道一：智能制造。面向……
    if head is None:
        return None
    lead = ORDINAL.match(head.text)
    head = head.part(lead.end() if lead else 0)
    return head.part(0, len(re.split("[（(，。：:]", head.text)[0]))


def _tabled(reading: Reading, *, any_table: bool = False) -> list[tuple[Value[str], Value[str]]]:
    """The rows of a table of groups: a column of groups, and one that says of each who enters or what it is about.

    With `any_table`, also the groups that a table of something else (prizes, places) names in a column of that name.
    """
    for _, table in reading.tables(annexes="(?:竞赛|比赛)(?:项目|工种|职业|赛项)|赛道|组别|赛项|分组|类别设置|榜单|赛题|命题|课题|需求"):
        groups = table.column(GROUP_ONLY if any_table else GROUP_COLUMN)
        posed = table.column(POSED) is not None
        groups = table.column(PROBLEM_COLUMN) if posed else groups
        if groups is None or not (any_table or posed) and table.column(ABOUT_COLUMN) is None:
            continue
        names = {cell.text: cell for row in table.rows if (cell := row[groups])}
        once = len(names) == len(table.rows) or GROUP_ONLY.search(table.head[groups].text)
        if len(names) > 1 and once and not any(STAGES.search(name) for name in names):
            return [(SILENT, cell.said()) for cell in names.values()]
    return []


def _tabled_entrants(reading: Reading, group: str) -> Value[str] | None:
    for _, table in reading.tables():
        groups, who = table.column(GROUP_COLUMN), table.column(ENTRANT_COLUMN)
        for row in table.rows if groups is not None and who is not None else ():
            cell, named = row[who or 0], row[groups or 0]
            if cell and named and named.text == group:
                return cell.said()
    return None


def _lined(reading: Reading) -> list[tuple[Value[str], Value[str]]]:
    """A line a group: 赛道一 智能制造赛道 …… wherever it stands, 职工组：…… under a heading that sets groups."""
    for section in reading.sections:
        found = [match for one in section.body if (match := LINED.match(one.text))]
        numbered = [match for match in found if match["ordinal"]]
        named = found if SETS_GROUPS.search(section.name) and len(found) == len(section.body) and all(
            HEADED.fullmatch(match["name"]) for match in found) else []
        kept = numbered if len(numbered) > 1 else named
        if len(kept) > 1 and not any(STAGES.search(match["name"]) for match in kept):
            lines = [one for one in section.body if (match := LINED.match(one.text)) and match.string in
                     {one.string for one in kept}]
            return [(SILENT, line.part(*match.span("name")).said()) for line, match in zip(lines, kept, strict=True)]
    return []


def _enumerated(reading: Reading) -> list[tuple[Value[str], Value[str]]]:
    """设以下赛道：1.智能制造（面向……）；2.绿色低碳（……）: an enumeration inside a paragraph."""
    for section in reading.sections:
        for passage in section.body:
            match = ANNOUNCED.search(passage.text)
            headed = re.search("(?:类别|组别|赛道|分类|分组|赛项)(?:设置)?$", section.name)
            items = inline_items(passage.part(match.end()) if match else passage) if match or headed else []
            names = [item.part(0, len(re.split("[（(，。：:；;]", item.text)[0])) for item in items]
            if len(names) > 1 and all(2 <= len(name.text) <= 14 and not NO_GROUP.search(name.text) for name in names):
                return [(SILENT, name.said()) for name in names]
    return []


def _listed(reading: Reading) -> list[tuple[Value[str], Value[str]]]:
    for pattern in (LISTED, CONTESTS, COMMON, PLACED):
        for _, sentence in reading.sentences():
            if match := pattern.search(sentence.text):
                names = _names(sentence, match.start("list"), match.end("list"))
                names = list(itertools.takewhile(lambda name: not NO_NAME.search(name.value or ""), names))
                if len(names) > 1 and not any(STAGES.search(name.value or "") for name in names):
                    return [(SILENT, name) for name in names]
    return []


def _names(sentence: Passage, start: int, end: int) -> list[Value[str]]:
    edges = [start, *(place for match in AND.finditer(sentence.text, start, end) for place in match.span()), end]
    parts = [sentence.part(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True)]
    return [part.said() for part in parts if part.text]


def _project(reading: Reading) -> list[tuple[Value[str], Value[str]]]:
    for _, sentence in reading.sentences():
        if match := PROJECT.search(sentence.text):
            code = sentence.value(match["code"], match.start("code"), match.end("code")) if match["code"] else SILENT
            return [(code, sentence.value(match["name"].strip(), match.start("name"), match.end("name")))]
    return []
