"""Each phrase of the pages has its English, and the Chinese of a page is one that can be translated."""

import functools
import io
import re

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.guards.test_templates import templates
from tests.support.sources import ROOT

CATALOGUE = ROOT / "web/translations/en/LC_MESSAGES/messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_pgettext": DEFAULT_KEYWORDS["pgettext"]}
"""As `make messages` names them."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
WRAPPED = re.compile(r"""\b(_|pgettext)\((\s*"\w+",)?\s*("[^"]*"|'[^']*')""")
COMPARED = re.compile(r"""(==|!=)\s*"[^"]*"|"[^"]*"\s+in\b""")
HAN = re.compile(r"[\u3400-\u9fff]+")


@functools.cache
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def phrases() -> set:
    """Every Chinese phrase that the code and the templates mark for translation, with what tells it from its likes."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    return {(context, phrase) for _file, _line, phrase, _comments, context
            in extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=inside)}


def inside(folder) -> bool:
    return not str(folder).startswith((f"{ROOT}/.", f"{ROOT}/build", f"{ROOT}/tests", f"{ROOT}/data"))


def forms(value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def test_every_phrase_is_in_the_catalogue_and_no_other():
    known = {(message.context, message.id) for message in catalogue() if message.id}
    assert phrases() ^ known == set(), "run `make messages`, then write the English of what stands empty"


def test_every_phrase_has_its_english():
    assert [message.id for message in catalogue()
            if message.id and (message.fuzzy or not all(text.strip() for text in forms(message.string)))] == []


def test_placeholders_are_the_same_in_both_languages():
    assert [message.id for message in catalogue() if message.id
            and any(set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(forms(message.id)[-1]))
                    for text in forms(message.string))] == []


def test_the_compiled_catalogue_is_the_written_one():
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make messages`"


def test_no_chinese_stands_unmarked_in_a_template():
    bare = {name: COMPARED.sub("", WRAPPED.sub("", text)) for name, text in templates().items()}
    assert [f"{name}: {match.group()}" for name, text in bare.items() for match in HAN.finditer(text)] == []
