"""Where a message of the platform leads."""

from flask import url_for

from models.audit import Notice
from web.chrome import routed

PAGES = {
    "demand": ("demands.show", "demand_id"), "engagement": ("engagements.show", "engagement_id"),
    "introduction": ("intros.show", "intro_id"), "contract": ("contracts.show", "contract_id"),
    "collaboration": ("verification.show", "collaboration_id"), "entry": ("entries.show", "entry_id"),
    "public_notice": ("notices.show", "notice_id"), "watched_source": ("sources.show", "source_id"),
    "activity": ("events.show", "activity_id"), "role_grant": ("accounts.profile", ""),
    "claimed_engagement": ("engagements.mine", ""), "claimed_contract": ("contracts.mine", ""),
}
"""Subject table → its page and the name of its key in the address; no key for a page of the reader's own."""


def notice_url(notice: Notice) -> str | None:
    """The page about the notice's subject, or None where this site has none."""
    endpoint, key = PAGES.get(notice.subject_type, ("", ""))
    if not routed(endpoint):
        return None
    return url_for(endpoint, **({key: notice.subject_id} if key else {}))
