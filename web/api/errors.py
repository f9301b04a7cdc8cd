"""What the API answers when it refuses: one shape for every cause."""

from apiflask.exceptions import HTTPError
from flask import jsonify
from pydantic import BaseModel

from web.sessions import db


class Problem(BaseModel):
    """Why nothing was done. `message` is Chinese for a person; `field` and `clause` say where and by which rule."""

    code: str
    message: str
    field: str | None = None
    clause: str | None = None


PROBLEM = Problem.model_json_schema()
DESCRIPTIONS = {
    400: "不是合法的请求",
    401: "没有令牌，或令牌已失效",
    403: "身份不允许",
    404: "没有这条记录",
    409: "状态已变或重复提交",
    413: "内容太大",
    415: "内容类型不支持",
    422: "内容不合要求",
    429: "太频繁",
    503: "暂时不可用",
}


def problems(*statuses: int) -> dict[int, str]:
    """The documented refusals of an operation; 401, 429 and 503 go without saying, so they are always said."""
    return {status: DESCRIPTIONS[status] for status in sorted({401, 429, 503, *statuses})}


def refused(error: HTTPError):
    """A body or query that does not fit its schema."""
    db().rollback()
    field, message = next(iter(flatten(error.detail)), (None, error.message))
    return jsonify(Problem(code="invalid", message=message, field=field).model_dump()), error.status_code


def flatten(detail: dict):
    """(field, message) of each validation error; `detail` is location → field → messages."""
    for location in detail.values():
        for field, messages in location.items():
            yield field, messages[0]
