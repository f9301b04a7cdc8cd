"""Folders of what can be made again: written beside and swapped, checksummed, readable by their owner alone.

A folder is a manifest (JSON: format, facts, the SHA-256 of each file) and the files it names, checked before they are
parsed.
"""

import hashlib
import json
import os
import pathlib
import secrets
import shutil
from collections.abc import Collection, Mapping

MANIFEST = "manifest.json"
Facts = Mapping[str, str | int]


class IndexDamaged(Exception):
    """A saved index that is missing, cut short, altered, or of another version. The database rebuilds it."""


class StoreAway(Exception):
    """Vectors that are kept elsewhere cannot be had now. The message says why, in Chinese."""


def write_folder(folder: pathlib.Path, form: str, files: Mapping[str, bytes | memoryview], facts: Facts) -> None:
    """Write beside `folder`, then swap: a reader sees the old one or the new one, never half of one."""
    folder = pathlib.Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    for name, blob in files.items():
        _write(draft / name, blob)
    manifest = {"format": form, "facts": dict(facts),
                "sha256": {name: hashlib.sha256(blob).hexdigest() for name, blob in files.items()}}
    _write(draft / MANIFEST, json.dumps(manifest).encode())
    old = folder.with_name(f"{draft.name}.old")
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def read_folder(folder: pathlib.Path, forms: Collection[str]) \
        -> tuple[str, dict[str, bytes], dict[str, str | int]]:
    """The format, the files and the facts. IndexDamaged unless every byte is as it was written, in one of `forms`."""
    folder = pathlib.Path(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if manifest["format"] not in forms:
            raise IndexDamaged(f"{folder}: written as {manifest['format']}, not {' or '.join(sorted(forms))}")
        files = {name: (folder / name).read_bytes() for name in manifest["sha256"]}
        if {name: hashlib.sha256(blob).hexdigest() for name, blob in files.items()} != manifest["sha256"]:
            raise IndexDamaged(f"{folder}: altered or cut short")
        return manifest["format"], files, dict(manifest["facts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{folder}: {error}") from error


def read_facts(folder: pathlib.Path) -> dict[str, str | int]:
    """The facts alone, no file looked at. IndexDamaged where there are none."""
    try:
        return dict(json.loads((pathlib.Path(folder) / MANIFEST).read_bytes())["facts"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{folder}: {error}") from error


def _write(path: pathlib.Path, blob: bytes | memoryview) -> None:
    with open(path, "wb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
