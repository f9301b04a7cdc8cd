"""A folder of the operator's, read like one file: its tables one after another, in the order of their names."""

import pathlib
from urllib.parse import unquote, urlsplit

from ingestion.sources.fetching import MOST
from models.errors import Invalid
from models.sources import SourceFormat

SCHEME = "file"
_SUFFIXES = {SourceFormat.jsonl: (".jsonl",), SourceFormat.csv: (".csv", ".tsv"),
             SourceFormat.feed: (".xml", ".rss", ".atom"), SourceFormat.html: (".html", ".htm")}


def is_folder(location: str) -> bool:
    return location.startswith(f"{SCHEME}://")


def read_folder(location: str, form: SourceFormat) -> list[tuple[str, bytes]]:
    """(file's address, bytes) of each file of that format directly in the folder; links and hidden files left out.

    Invalid where the folder is not there, holds nothing of the kind, or too much.
    """
    folder = pathlib.Path(unquote(urlsplit(location).path))
    if not folder.is_dir():
        raise Invalid(f"没有这个文件夹：{folder}", field="location")
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES[form]
                       and path.is_file() and not path.is_symlink() and not path.name.startswith("."))
        if not paths:
            raise Invalid(f"{folder} 里没有 {'、'.join(_SUFFIXES[form])} 文件", field="location")
        if sum(path.stat().st_size for path in paths) > MOST:
            raise Invalid(f"{folder} 里的文件合起来超过 {MOST // 1_000_000} MB，不读", field="location")
        return [(path.as_uri(), path.read_bytes()) for path in paths]
    except OSError as error:
        raise Invalid(f"{folder} 读不了：{error.strerror}", field="location") from None
