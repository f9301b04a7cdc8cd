"""Rules, steps and policy prose told apart, sentence by sentence, against labels given by hand."""

import pytest

from ingestion.notices.clauses import Kind, kind_of
from tests.unit.ingestion.notices.test_values import passage

RULES = ["参赛团队的答辩人员应由高校学生担任", "每个单位最多申报2项", "一等奖1名，奖金2万元", "报名截止日期为2023年9月30日",
         "失信被执行人不得申报", "材料一式三份", "其中牵头单位和共建单位的人员不超过总人数的三分之一", "两个组别分别设一、二、三等奖",
         "本办法自2022年7月7日起施行", "凡平台上入驻的个人均可参赛", "每年2月底前报送年度报告", "专家评审占70%"]
STEPS = ["由市科技局组织专家组对建设方案进行评审论证", "竞赛获奖名单经党组会议研究审定后公布", "参赛者登录网站填写报名表",
         "各地区科协负责汇总审查推荐材料", "联系人：陆明", "各专项赛承办单位牵头成立执委会", "评审委员会对所有材料进行核实、评审"]
PROSE = ["坚持以企业为主体，推动产学研用深度融合，为高质量发展注入强劲动力", "各部门要高度重视，加强组织领导，营造良好氛围",
         "全面贯彻落实会议精神，深入实施创新驱动发展战略", "努力形成职工创新智慧竞相迸发的局面",
         "引导更多企业积极入驻平台，促成校企技术合作", "大力推广节能新技术，为建设生态城市贡献力量"]


@pytest.mark.parametrize(("text", "kind"), [
    *((one, Kind.rule) for one in RULES), *((one, Kind.process) for one in STEPS),
    *((one, Kind.slogan) for one in PROSE)])
def test_a_sentence_is_of_its_kind(text, kind):
    assert kind_of(passage(text), 2026) is kind
