"""Well-formed API bodies, so that a call is judged by who makes it and not by its shape."""

import io

from tests.support.world import PDF, World


def body_of(endpoint: str, world: World) -> dict:
    """The body for an API operation or form; empty where none is needed."""
    bodies = {
        "api_capabilities.change": {"title": "甲", "summary": "乙", "field": "丙", "version": 1},
        "api_capabilities.show": {"visible": True},
        "api_verifications.approve": {"revision": 1, "original_seen": True},
        "api_verifications.send_back": {"revision": 1, "reason": "缺页"},
        "api_contracts.correct": _terms(world), "api_contracts.record": _terms(world),
        "api_contracts.confirm": {"revision": 1},
        "api_contracts.propose": {"percents": {}}, "api_contracts.agree": {"percent": 100},
        "api_demands.change": {"title": "改过的题目", "version": 1},
        "api_engagements.take": {"approach": "先试一批"},
        "api_engagements.invite": {"expert_id": str(world.ids["expert_profile"])},
        "api_engagements.end": {"code": "price"}, "api_engagements.say": {"text": "您好"},
        "api_engagements.advance": {"stage": "trial"},
        "engagements.end": {"code": "price"}, "engagements.say": {"text": "您好"},
        "engagements.advance": {"stage": "trial"},
        "entries.attach": {"file": (io.BytesIO(PDF), "a.pdf")},
        "meetings.publish": {"plan_id": world.ids["plan"]},
        "meetings.invite": {"expert_id": world.ids["expert_profile"]},
        "meetings.swap": {"other_id": world.ids["sealed_meeting"]},
        "meetings.fill": {"plan_id": world.ids["plan"], "demand_id": world.ids["open"], "place": "2-2",
                          "expert_id": world.ids["rival_profile"]},
        "objections.show": {"decision": "rejected", "answer": "查过，合同没有问题。", "version": 1},
        "events.attendance": {"attendance_id": world.ids["attendance"]},
        "api_entries.edit": {"phone": "1", "employer": "海岬大学", "summary": "一项"},
        "api_entries.submit": {"declared": False},
    } | dict.fromkeys(("api_demands.publish", "api_demands.send_back", "api_demands.submit", "api_demands.withdraw"),
                      {"version": 1, "reason": "缺少测法"})
    return bodies.get(endpoint, {})


def _terms(world: World) -> dict:
    return {"contract_number": "HJ-9", "name": "技术开发", "type": "development", "signed_on": "2026-11-20",
            "amount": 380000, "expected_benefit": 0, "party_a": "甲", "party_b": "乙", "scan_id": str(world.ids["scan"])}
