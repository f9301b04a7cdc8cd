"""How far a request is read: numbers in addresses and nesting in JSON end where nothing real goes."""

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug import routing

LARGEST = 2**31 - 1


class IntegerConverter(routing.IntegerConverter):
    """A whole number that the database can count to; a larger one is no page."""

    def __init__(self, map: routing.Map, max: int | None = LARGEST, **options):
        super().__init__(map, max=max, **options)


class JsonProvider(DefaultJSONProvider):
    ensure_ascii = False

    def loads(self, s: str | bytes, **options):
        """As always, but JSON nested deeper than the reader goes is malformed, not a failure."""
        try:
            return super().loads(s, **options)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def init(app: Flask) -> None:
    app.url_map.converters["int"] = IntegerConverter
    app.json = JsonProvider(app)
