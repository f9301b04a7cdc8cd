"""Lines of TOML keys, through arrays of tables, inline keys and multi-line strings."""

from contests.toml_lines import line_of

SOURCE = '''title = "x"

[[tracks]]
code = "a"

[[tracks.rules]]
kind = "one"

[[tracks.rules]]
kind = "two"
note = """
kind = "not a key"
"""

[[tracks]]
code = "b"

[[tracks.rules]]
kind = "three"
'''


def test_top_level_key():
    assert line_of(SOURCE, ("title",)) == 1


def test_second_member_of_a_nested_array():
    assert line_of(SOURCE, ("tracks", 0, "rules", 1, "kind")) == 10


def test_nested_array_counts_anew_in_the_next_table():
    assert line_of(SOURCE, ("tracks", 1, "rules", 0, "kind")) == 19


def test_absent_key_falls_back_to_its_table():
    assert line_of(SOURCE, ("tracks", 1, "name")) == 15


def test_nothing_known_is_the_first_line():
    assert line_of(SOURCE, ("phases",)) == 1
