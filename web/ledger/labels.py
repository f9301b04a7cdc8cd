"""What the types and fields of ledger entries are called on a page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

TYPES = {
    "contract.confirmed": _l("合同双方确认"), "collab.verified": _l("原件核验通过"), "collab.reviewed": _l("核验意见"),
    "collab.corrected": _l("更正后再确认"), "collab.withdrawn": _l("撤回"), "registration.submitted": _l("提交报名"),
    "benefit.reported": _l("填报产生的效益"), "review.drawn": _l("抽定出场顺序"), "review.scored": _l("评分表封存"),
    "review.opened": _l("评审开封"), "notice.published": _l("公示名单"), "notice.withdrawn": _l("撤下公示"),
    "objection.filed": _l("提出异议"), "objection.decided": _l("答复异议"), "result.published": _l("公布结果"),
    "certificate.issued": _l("颁发证书"), "certificate.revoked": _l("证书作废"), "award.paid": _l("发放奖金"),
    "terms.sealed": _l("评选办法封存"), "award.decided": _l("评定奖项"), "award.granted": _l("授奖"),
    "award.revoked": _l("撤销奖项"),
}
TRACKS = {"tech_challenge": _l("技术攻关组"), "school_enterprise": _l("校企合作组")}
FINDINGS = {"returned": _l("退回补正"), "second_opinion": _l("请人复核"), "recused": _l("回避")}
FIELDS = {
    "collaboration": _l("合作编号"), "contract.number": _l("合同编号"), "contract.name": _l("合同名称"),
    "contract.type": _l("合同类型"), "contract.signed_on": _l("签订日期"), "contract.amount": _l("合同金额（分）"),
    "contract.expected_benefit": _l("预计创效（分）"), "contract.party_a": _l("甲方"), "contract.party_b": _l("乙方"),
    "contract.scan": _l("扫描件指纹"), "contract.revision": _l("第几版"), "demand.number": _l("需求编号"),
    "demand.title": _l("需求"), "expert.name": _l("专家"), "brokers": _l("促成人和份额"), "confirmed": _l("双方确认"),
    "claimant.name": _l("佐证人"), "track": _l("组别"), "contest": _l("竞赛"), "share": _l("份额"),
    "amount": _l("合同金额（分）"), "expected_benefit": _l("预计创效（分）"), "finding": _l("结论"),
    "verifier.name": _l("核验员"), "original_seen": _l("看过原件"), "receipt": _l("窗口收件号"),
    "opinions": _l("意见"), "reason": _l("原因"), "revision": _l("第几版"), "form": _l("报名表"),
    "realised": _l("产生的效益（分）"), "until": _l("算到哪一天"), "proof": _l("证明材料指纹"), "reporter.name": _l("填报人"),
    "round": _l("评审轮次"), "stage": _l("阶段"), "seed": _l("抽签随机数"), "order": _l("出场顺序"), "sheet": _l("评分表"),
    "entry": _l("报名"), "reviewer.name": _l("评委"), "digest": _l("封存指纹"), "sheets": _l("评分表份数"),
    "position": _l("第几位"), "opened.by": _l("开封人"),
    "notice.number": _l("第几次公示"), "approved.by": _l("审定"), "approved.on": _l("审定日期"), "minutes": _l("会议纪要"),
    "minutes.file": _l("会议纪要指纹"), "days": _l("工作日数"), "opened.on": _l("公示开始"), "last.day": _l("公示最后一天"),
    "awards": _l("名单"), "actor.name": _l("办理人"), "objection": _l("异议编号"), "text": _l("异议内容"),
    "files": _l("材料指纹"), "answer": _l("答复"), "effect": _l("名次变动"),
    "document.number": _l("文号"), "title": _l("标题"), "addressees": _l("主送"), "body": _l("正文"),
    "signed.by": _l("署名"), "dated": _l("成文日期"), "certificate": _l("证书编号"), "name": _l("获奖者"),
    "organisation": _l("单位"), "grade": _l("奖项"), "rank": _l("名次"), "gross": _l("应发（分）"), "tax": _l("扣税（分）"),
    "net": _l("实发（分）"), "paid.on": _l("发放日期"), "voucher": _l("凭证号"), "tax.basis": _l("税务依据"),
}


def type_name(code: str) -> str:
    """The Chinese name of an entry's type; an unknown one stands as it is."""
    return str(TYPES.get(code, code))


def what_of(code: str, known: dict) -> str:
    """What an entry is, told more closely where its fields are open: a claim, the finding of a verification."""
    if "evidence" in known:
        return _("佐证：%(track)s", track=TRACKS.get(known.get("track"), known.get("track")))
    if code == "collab.reviewed" and known.get("finding") in FINDINGS:
        return str(FINDINGS[known["finding"]])
    return type_name(code)


def field_name(code: str) -> str:
    return str(FIELDS.get(code, code))
