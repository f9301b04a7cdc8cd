"""What the page of a reading calls its sections, its values and the verdicts on them."""

from flask_babel import lazy_gettext as _l

KEY = {
    "title": _l("标题"), "document_number": _l("文号"), "registration_number": _l("登记号"),
    "issuers": _l("发文单位"), "issued_on": _l("成文日期"),
    "addressees": _l("主送"), "tracks": _l("组别"), "phases": _l("阶段"), "eligibility": _l("参赛条件"),
    "indicators": _l("评价指标"), "materials": _l("材料"), "quotas": _l("数量要求"), "awards": _l("奖项"),
    "deadlines": _l("期限"), "annexes": _l("附件"), "contacts": _l("联系方式"),
}
FIELD = {
    "code": _l("编号"), "name": _l("名称"), "entrants": _l("参赛对象"), "starts_on": _l("开始日"), "ends_on": _l("结束日"),
    "track": _l("组别"), "weight": _l("权重"), "per": _l("按什么算"), "bound": _l("界限"), "number": _l("数量"),
    "unit": _l("单位"), "places": _l("名额"), "amount_min": _l("奖金下限（元）"), "amount_max": _l("奖金上限（元）"),
    "on": _l("最后一天"), "within": _l("时限"), "present": _l("随文收到"), "kind": _l("类别"), "value": _l("内容"),
}
VERDICT = {"accepted": _l("对"), "corrected": _l("已改正"), "refused": _l("不要")}
CONTACT = ("联系人", "电话", "传真", "邮箱", "地址", "邮编", "网址", "单位")
"""The kinds of ingestion.notices.notice.Contact, which are Chinese words in every language."""
