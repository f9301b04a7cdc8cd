"""What people call the coded values, in one place for pages and cards."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from models import codes
from models.accounts import ExpertKind, OrganisationKind
from models.activities import ActivityKind
from models.capabilities import DismissalCode, ProofKind
from models.demands import Confidentiality, CooperationType
from models.encoders import GenerationState
from models.engagements import EndCode, Stage
from models.meetings import MeetingState
from models.sheets import BatchState, SheetKind
from models.sources import SourceFormat
from models.thesaurus import GroupKind

COOPERATION = {
    CooperationType.development: _l("技术开发"), CooperationType.transfer: _l("技术转让"),
    CooperationType.licence: _l("技术许可"), CooperationType.consulting: _l("技术咨询"),
    CooperationType.service: _l("技术服务"),
}
CONFIDENTIALITY = {
    Confidentiality.public: _l("全文公开"), Confidentiality.summary: _l("摘要公开"),
    Confidentiality.nda: _l("签保密承诺后可看"), Confidentiality.internal: _l("不公开，只用来匹配"),
}
PROOF = {
    ProofKind.none: "", ProofKind.paper: _l("论文"), ProofKind.patent: _l("专利"),
    ProofKind.contract: lazy_pgettext("proof", "合同"), ProofKind.test_report: _l("检测报告"),
    ProofKind.shop_record: _l("班组记录"), ProofKind.employer: _l("所在单位证明"),
}
PROOF_CHOICES = {**PROOF, ProofKind.none: _l("暂无")}
EXPERT_KIND = {ExpertKind.university: _l("高校专家"), ExpertKind.skilled: _l("高技能人才")}
ORGANISATION_KIND = {
    OrganisationKind.enterprise: _l("企业"), OrganisationKind.university: _l("高校"),
    OrganisationKind.institute: _l("科研院所"), OrganisationKind.studio: _l("工匠工作室"),
    OrganisationKind.union: _l("工会"),
}
ACTIVITY_KIND = {
    ActivityKind.matching: _l("校企对接"), ActivityKind.results: _l("成果发布"), ActivityKind.training: _l("培训"),
}
STAGE = {
    Stage.interest: _l("有意向"), Stage.visit: _l("见面"), Stage.trial: _l("试验"), Stage.contract: _l("签约"),
    Stage.ended: _l("已结束"),
}
END = {
    EndCode.target_out_of_reach: _l("指标达不到"), EndCode.other_field: _l("专业不对口"), EndCode.price: _l("价格谈不拢"),
    EndCode.schedule: _l("时间排不开"), EndCode.ownership: _l("成果归属谈不拢"), EndCode.chose_another: _l("选了别人"),
    EndCode.no_reply: _l("一直没有回音"), EndCode.demand_changed: _l("需求变了"), EndCode.other: _l("其他原因"),
}
MEETING_STATE = {
    MeetingState.planned: _l("待开"), MeetingState.declined: _l("有一方来不了"), MeetingState.cancelled: _l("已取消"),
    MeetingState.held: _l("谈过了"), MeetingState.missed: _l("有人没到"),
}
DISMISSAL = {
    DismissalCode.other_field: _l("不是一个领域"), DismissalCode.target_out_of_reach: _l("指标做不到"),
    DismissalCode.no_time: _l("最近没空"), DismissalCode.too_far: _l("离得太远"), DismissalCode.budget: _l("投入不合适"),
    DismissalCode.known_already: _l("已经认识，不用推荐"), DismissalCode.other: _l("别的原因"),
}
GENERATION = {
    GenerationState.preparing: _l("正在准备"), GenerationState.ready: _l("准备好了"), GenerationState.in_use: _l("在用"),
    GenerationState.retired: _l("已停用"), GenerationState.failed: _l("没准备成"),
}
GENERATION_ACTS = {
    "encoder.prepared": _l("开始准备"), "encoder.switched": _l("换上"), "encoder.rolled_back": _l("退回"),
    "encoder.failed": _l("没准备成"), "encoder.retired": _l("停用"),
}
GROUP_KIND = {
    GroupKind.synonym: _l("同义词"), GroupKind.abbreviation: _l("缩写"), GroupKind.translation: _l("外文名或化学式"),
    GroupKind.wording: _l("说法相近"), GroupKind.whole: _l("整词"),
}
GROUP_KIND_HINT = {
    GroupKind.synonym: _l("一样东西的几种叫法：油漆、涂料"), GroupKind.abbreviation: _l("全称和缩写：可编程控制器、PLC"),
    GroupKind.translation: _l("氧化铝、Al2O3"), GroupKind.wording: _l("只在推荐理由和检索里当一回事，不影响排序：成品率、合格率"),
    GroupKind.whole: _l("里面的字不当作别的词：硫酸铵不是硫酸"),
}
SHEET_KINDS = {
    SheetKind.organisation: _l("单位"), SheetKind.expert: _l("专家"), SheetKind.member: _l("成员"),
    SheetKind.capability: _l("技术能力"), SheetKind.demand: _l("技术需求"), SheetKind.activity: _l("活动"),
    SheetKind.conflict: _l("利益回避"), SheetKind.engagement: _l("对接"), SheetKind.contract: _l("合同"),
    SheetKind.calendar: _l("放假和调休"),
}
"""In the order in which they are brought into an empty city."""
SHEET_KIND_HINTS = {
    SheetKind.organisation: _l("企业、高校、科研院所"), SheetKind.expert: _l("要有手机号和邮箱"),
    SheetKind.member: _l("企业联系人、促成人。导入后排进入驻审核，还要一个个核"),
    SheetKind.capability: _l("一行一项，导入后就会被推荐"), SheetKind.demand: _l("一行一条，导入后直接张榜"),
    SheetKind.activity: _l("对接会、发布会、培训。报名和到会不在里面"),
    SheetKind.conflict: _l("谁和谁不能互相推荐，记在您名下"),
    SheetKind.engagement: _l("旧账：导入后请双方确认，确认了才算对接"),
    SheetKind.contract: _l("旧账：导入后由双方照着登记、确认，才算合同"),
    SheetKind.calendar: _l("和星期几不一样的日子，公示按它算工作日"),
}
BATCH_STATES = {
    BatchState.checking: _l("正在检查"), BatchState.checked: _l("等您确认"), BatchState.running: _l("正在导入"),
    BatchState.done: _l("导入完了"), BatchState.dropped: _l("已作废"), BatchState.failed: _l("读不了"),
}
VERDICTS = {"new": _l("新增"), "changed": _l("有变化"), "unchanged": _l("没有变化"), "duplicate": _l("重复"),
            "refused": _l("有错")}
SOURCE_FORMAT = {
    SourceFormat.feed: _l("RSS 或 Atom"), SourceFormat.html: _l("网页列表"), SourceFormat.jsonl: _l("JSONL 文件"),
    SourceFormat.csv: _l("CSV 表格"),
}
SOURCE_FORMAT_HINT = {
    SourceFormat.feed: _l("很多网站有，地址常以 rss.xml、feed、atom.xml 结尾"),
    SourceFormat.html: _l("网站上的栏目页，一行一条"),
    SourceFormat.jsonl: _l("一行一个 JSON，像 {\"_id\": …, \"title\": …, \"text\": …}"),
    SourceFormat.csv: _l("第一行是列名，有“标题”“正文”两列就够"),
}
DISTRICTS = {
    "371002": _l("环翠区"), "371003": _l("文登区"), "371071": _l("高区"), "371072": _l("经区"), "371073": _l("临港区"),
    "371082": _l("荣成市"), "371083": _l("乳山市"),
}
"""What people call the districts of Weihai, so that they have an English name; others go by their full Chinese one."""
ENDINGS = ("制造业", "制造", "加工业", "业")


def industry(code: str, depth: int = 4) -> str:
    """A short name of a GB/T 4754 code, cut at `depth` characters: C2442 → 体育用品 (depth 4), C34 → 通用设备."""
    name = codes.industry_name(code[:depth])
    return next((name.removesuffix(end) for end in ENDINGS if name.endswith(end) and len(name) > len(end) + 1), name)


def district(code: str) -> str:
    """What people call a GB/T 2260 district: 荣成市, 高区."""
    return str(DISTRICTS.get(code) or codes.division_name(code))
