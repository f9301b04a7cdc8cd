"""Every icon that a template names is in the sprite."""

import pathlib
import re

WEB = pathlib.Path(__file__).resolve().parents[3] / "web"
SPRITE = WEB / "static/vendor/bootstrap-icons-1.13.2/icons.svg"
TONE = '"(?:ink|sea|pine|amber|seal|outline|)"'
NAMED = (re.compile(r'\bicon\("([a-z0-9-]+)"\)'), re.compile(r'icon_name="([a-z0-9-]+)"'),
         re.compile(TONE + r', "([a-z0-9-]+)"\)'))


def test_named_icons_exist():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))
    named = {name for path in (WEB / "templates").rglob("*.html") for pattern in NAMED
             for name in pattern.findall(path.read_text())}
    assert sorted(named - drawn) == []
