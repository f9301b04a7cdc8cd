"""Characters the font lacks are named, not lost."""

from contests.forms.glyphs import marked, missing_glyphs


def test_rare_characters_of_names_print(make_form):
    assert missing_glyphs(make_form(name="䶮堃喆旻昇")) == []


def test_a_missing_character_is_named_with_its_field(make_form):
    glyph, = missing_glyphs(make_form(name="𠮷𠮷"))
    assert (glyph.character, glyph.field, glyph.code_point) == ("𠮷", "报名人姓名", "U+20BB7")


def test_a_missing_character_is_marked_in_its_place(make_form):
    assert marked(make_form(name="周𠮷秋")).name == "周〓秋"


def test_fields_of_rows_are_looked_at(make_form):
    assert [glyph.field for glyph in missing_glyphs(make_form(1, project="𠮷"))] == ["合作项目名称"]


def test_every_fixed_word_of_the_annexes_prints(make_form):
    for track in ("tech_challenge", "school_enterprise"):
        form = make_form(track=track)
        assert missing_glyphs(make_form(summary="".join(map(str, form.template.model_dump().values())))) == []
