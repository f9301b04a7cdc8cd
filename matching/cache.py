"""Where this account keeps what can be made again (jieba's table, compiled kernels). Nobody else may write it."""

import pathlib
import tempfile


def cache_folder(name: str = "") -> pathlib.Path:
    """~/.cache/jiebang[/name], readable by its owner alone; a fresh folder where home is none or read-only."""
    cache = pathlib.Path.home() / ".cache" / "jiebang" / name
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return pathlib.Path(tempfile.mkdtemp(prefix="jiebang-"))
    return cache
