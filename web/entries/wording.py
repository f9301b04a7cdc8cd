"""The states of an entry and of its evidence in words: (word, tone, icon), asked for when the page is made."""

from flask_babel import gettext as _

from models.contests import EntryStatus, EvidenceStatus

STATUS = {
    EntryStatus.draft: lambda: (_("准备中"), "amber", "pencil"),
    EntryStatus.submitted: lambda: (_("已提交"), "pine", "check-circle"),
    EntryStatus.returned: lambda: (_("退回补正"), "seal", "arrow-return-left"),
    EntryStatus.withdrawn: lambda: (_("已撤回"), "outline", "x-circle"),
}
EVIDENCE = {
    EvidenceStatus.pending: lambda: (_("等核验"), "sea", "hourglass-split"),
    EvidenceStatus.verified: lambda: (_("原件已核"), "pine", "patch-check"),
    EvidenceStatus.returned: lambda: (_("退回补正"), "seal", "arrow-return-left"),
    EvidenceStatus.withdrawn: lambda: (_("已撤下"), "outline", "x-circle"),
}
