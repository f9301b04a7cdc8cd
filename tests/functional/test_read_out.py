"""A demand that came as free text: its targets are read out of it and shown to its author for correction."""

import pytest

from tests import factories

FREE = ("竿稍喷涂后流挂，现在返工率 12%，节拍 60 秒。要求：返工率不超过 3%；节拍不超过 40 秒；膜厚偏差在 ±3 μm 以内。试过调粘度，没有用。")
SAID = "是从您写的难题里读出来的"


@pytest.fixture
def draft(session):
    return factories.demand(session, targets=(), status="draft", published_at=None, title="碳纤维竿稍喷涂后流挂", problem=FREE)


@pytest.fixture
def owner(client, draft):
    return client.login(draft.author)


def test_what_the_text_asks_stands_in_the_rows_and_is_not_saved(session, owner, draft):
    page = owner.get(f"/my/demands/{draft.id}/2").text
    assert SAID in page
    for value in ("返工率", "不超过 3%", "节拍", "不超过 40 秒", "膜厚偏差", "±3 μm"):
        assert f'value="{value}' in page
    session.refresh(draft)
    assert draft.targets == []


def test_what_the_author_corrected_is_the_authors_own(session, owner, draft):
    form = {"version": draft.version, "go": "later", "target-0-what": "返工率", "target-0-figure": "≤2.5%",
            "target-0-measure": "连续一周的返工单", "target-0-required": "1"}
    assert owner.post(f"/my/demands/{draft.id}/2", data=form).status_code == 302
    session.refresh(draft)
    assert [(one.what, one.figure, one.derived) for one in draft.targets] == [("返工率", "≤2.5%", False)]
    page = owner.get(f"/my/demands/{draft.id}/2").text
    assert SAID not in page
    assert "不超过 40 秒" not in page


def test_what_is_refused_keeps_what_was_typed(owner, draft):
    form = {"version": draft.version, "target-0-what": "返工率", "target-0-figure": ""}
    page = owner.post(f"/my/demands/{draft.id}/2", data=form)
    assert (page.status_code, SAID in page.text, "膜厚偏差" in page.text) == (422, False, False)


def test_without_a_figure_the_subject_stands_there_to_be_completed(session, owner, draft):
    draft.problem = "喷完以后老是流挂，师傅们说不清为什么，返工很多，希望有人来看看到底怎么回事。"
    page = owner.get(f"/my/demands/{draft.id}/2").text
    assert SAID in page
    assert 'value="碳纤维竿稍喷涂后流挂"' in page


@pytest.mark.parametrize("problem", ["", "1", "😀" * 40, "要求：" * 1000, "不超过 3%；" * 500])
def test_odd_texts_open_as_well(session, owner, draft, problem):
    draft.problem = problem
    assert owner.get(f"/my/demands/{draft.id}/2").status_code == 200
