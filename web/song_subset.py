"""Builds web/static/fonts/song.woff2: Noto Serif SC Bold cut down to what the templates set in Song type.

By hand, after a title or figure has gained a character (tests/unit/web/test_song_subset.py says when):
    npm install @expo-google-fonts/noto-serif-sc          (anywhere; OFL 1.1)
    python -m web.song_subset …/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf
"""

import pathlib
import re
import string
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
FONT = HERE / "static" / "fonts" / "song.woff2"
LIMIT = 120 * 1024

SONG_CLASSES = ("jb-title", "jb-h2", "jb-song", "jb-figure", "jb-verdict", "jb-stamp", "jb-hero-ribbon",
                "jb-clock-count", "jb-brand", "jb-five", "jb-contest-left")
ELEMENT = re.compile(rf'<(\w+)[^>]*class="[^"]*\b(?:{"|".join(SONG_CLASSES)})\b[^"]*"[^>]*>(.*?)</\1>', re.S)
CALL = re.compile(r"\b(?:stamp|deadline_line|clock)\([^)]*\)")
PHASE = re.compile(r'\[\[(?:\w+\.)?phases\]\][^\[]*?\nname = "([^"]*)"')
PHRASE = re.compile(r'_\("([^"]{1,8})"')
HAN = re.compile(r"[\u3400-\u9fff]")
FIGURES = string.digits + string.ascii_letters + " ,.:;%/–—-+()<>≤≥±·…，。、：；？（）《》〈〉“”‘’「」〔〕"
WORDS = "年月日天小时分钟秒万亿元条人份件项个家位次第共还有今明已截止揭榜长期面议以内上下一二三四五六七八九十零〇百千两"
ALWAYS = FIGURES + WORDS


def required() -> set[str]:
    """Every character that a template sets in Song type, with the figures and punctuation any of them may need."""
    found = set(ALWAYS)
    for path in (HERE / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf8")
        for text in [match[1] for match in ELEMENT.findall(source)] + CALL.findall(source):
            found.update(HAN.findall(text))
    for path in (HERE.parent / "contests" / "definitions").glob("*.toml"):
        found.update("".join(PHASE.findall(path.read_text(encoding="utf8"))))
    return found


def spare() -> set[str]:
    """The characters of every short fixed phrase: what the next title is likely to be made of."""
    found: set[str] = set()
    for path in (HERE / "templates").rglob("*.html"):
        for phrase in PHRASE.findall(path.read_text(encoding="utf8")):
            found.update(HAN.findall(phrase))
    return found


def covered() -> set[str]:
    """What the shipped face can draw."""
    with TTFont(FONT) as font:
        return {chr(code) for code in font.getBestCmap()}


def build(source: pathlib.Path) -> int:
    """Write the subset of the whole face `source`; returns its size in bytes."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern", "palt"],
                             name_IDs=[0, 1, 2, 13, 14])
    with TTFont(source) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(required() | spare())))
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(FONT)
    return FONT.stat().st_size


if __name__ == "__main__":
    size = build(pathlib.Path(sys.argv[1]))
    print(f"{FONT.name}: {len(covered())} characters, {size:,} bytes")
    sys.exit(size > LIMIT)
