"""What stands on the form and what is attached."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contests.catalogue import definition
from contests.forms.form import FormRow, RegistrationForm
from contests.forms.paging import BLANK_ROWS, page

TEMPLATE = definition("weihai-2020").track("tech_challenge").form


@pytest.mark.parametrize(("rows", "here", "blank"), [(0, 0, 6), (3, 3, 3), (6, 6, 0), (7, 5, 0), (15, 5, 0)])
def test_six_rows_fit_and_with_more_the_last_one_points_on(make_form, rows, here, blank):
    paging = page(make_form(rows))
    assert (len(paging.rows), len(paging.attached_rows), paging.blank_rows) == (here, rows - here, blank)


def test_short_summary_stays_and_long_one_is_attached(make_form):
    assert page(make_form(summary="承接企业技术需求 3 个。")).attached_summary == ""
    assert page(make_form(summary="简介" * 300)).summary == ""


def test_a_very_long_employer_takes_room_from_the_rows(make_form):
    assert len(page(make_form(6, employer="海" * 120)).rows) < BLANK_ROWS


@settings(max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=300), max_size=20), st.text(max_size=2000))
def test_nothing_is_lost(projects, summary):
    rows = tuple(FormRow(project, "甲", None, None) for project in projects)
    paging = page(RegistrationForm(TEMPLATE, "周砚秋", "", "", summary, rows))
    assert paging.rows + paging.attached_rows == rows
    assert paging.summary + paging.attached_summary == summary
