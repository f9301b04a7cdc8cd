"""The Song face draws every character that the templates set in it."""

from web import song_subset


def test_the_shipped_face_covers_the_templates():
    """Wrong? Run `python -m web.song_subset` as its docstring says."""
    assert sorted(song_subset.required() - song_subset.covered()) == []


def test_it_stays_small():
    assert song_subset.FONT.stat().st_size <= song_subset.LIMIT
