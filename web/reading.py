"""How far a request is read: numbers in addresses, nesting in JSON and texts in bodies end where nothing real goes."""

from flask import Flask, current_app, request
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


def narrow() -> None:
    """Only what carries a file may be large: other bodies hold texts, and a form of millions of fields is an attack."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def init(app: Flask) -> None:
    app.url_map.converters["int"] = IntegerConverter
    app.json = JsonProvider(app)
    app.before_request(narrow)
