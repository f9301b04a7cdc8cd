"""Of what a count is: 同一企业, 每个县（市、区）, 各基层工会, 每人."""

import re

from ingestion.notices.notice import SILENT, Value
from ingestion.notices.passages import Passage, clause_start

NOUN = (r"(?:[\u4e00-\u9fff]{0,4}[省市县区镇乡旗州盟]（[\u4e00-\u9fff、]{1,12}）|市州|县市|区市|县区|州市|旗县|作者|类别|作品|"
        r"(?:职业|工种)（工种）|职业|工种|(?:产业|基层|直属|企业|市直)工会|工会|分会|榜单|榜题|赛题|命题|课题|专项|专题|车间|科室|处室|分公司|子公司|"
        r"企业|单位|地区|区市|区县|镇街|街道|乡镇|高校|学校|院系|学院|支部|园区|开发区|片区|赛区|团队|队伍|队|班组|选手|负责人|申报人|参赛者|投稿人|"
        r"工作室|课题组|小组|组别|组|赛道|项目|人|赛项|院校|行业\S{0,6}类|[省市县区镇乡旗盟村](?:总工会|工会|科协|妇联|团委|科技局|工信局|教育局|人社局|主管部门)?|部门|公司|机构|法人|"
        r"家庭)")
PER = re.compile(r"(?:来自)?(?P<per>(?:同一[个家所]?|每一?[个家所支位名]?|各)(?:参赛|申报|推荐|下辖|竞赛|组织|揭榜|设区的?|市)?[\u4e00-\u9fff]{0,6}?"
                 + NOUN + ")")
COUNTED_OUT = re.compile(r"(?P<per>每一?[个家所支位名][\u4e00-\u9fff]{1,8}?)(?=最多|至多|不超过|不多于|限|只能|仅限|可推荐|可报|推荐|申报|选派|$)")
"""每座矿山限报2项 and every other noun that a measure word counts, up to the verb."""
PER_OUTSIDE = re.compile("(?P<per>每人|每名[\u4e00-\u9fff]{0,4}|每队)")
ONLY_PER = re.compile(rf"(?:{PER.pattern.replace('?P<per>', '?:')}|每人)+(?:原则上|可以?|须|应)*"
                      r"(?P<verb>(?:择优|等额|差额)?(?:推荐|申报|报送|选报|选派|推送|遴选|评选|提交)?(?:上报|报送)?)")
"""A subject that names nothing counted: 各区（市、县）每个职业（工种）, 各单位择优推荐."""


def per(sentence: Passage, end: int) -> Value[str]:
    """The last 同一企业, 每个单位, 各地区 of the clause before the number that stands at `end`."""
    low = clause_start(sentence.text, end)
    found = next((known for pattern in (PER, COUNTED_OUT, PER_OUTSIDE)
                  if (known := list(pattern.finditer(sentence.text, low, end)))), None)
    if found is None:
        return SILENT
    start = found[-1].start("per")
    for one in reversed(found[:-1]):  # 各区（市、县）每个职业（工种）
        start = one.start("per") if one.end() == start else start
    return sentence.value(sentence.text[start:found[-1].end()], start, found[-1].end())
