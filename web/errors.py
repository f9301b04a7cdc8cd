"""Every refusal mapped to HTTP once: a page in Chinese that says what failed, what is safe and what to do."""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, current_app, g, jsonify, render_template, request
from flask.globals import request_ctx
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from models import errors
from web.identity import manager
from web.sessions import SAFE, db

STATUS = {errors.Invalid: 422, errors.Forbidden: 403, errors.NotFound: 404, errors.Conflict: 409, errors.Refused: 422}
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
log = structlog.get_logger()


@dataclass(frozen=True)
class Problem:
    """What an error page or an API answer says."""

    status: int
    code: str
    message: str
    field: str | None = None
    clause: str | None = None


def status_of(error: errors.DomainError) -> int:
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 422)


def answer(problem: Problem, again: list[tuple[str, str]] | None = None):
    """The page or the API's body that says `problem`; `again`: the form to send once more."""
    if request.path.startswith("/api/"):
        body = {"code": problem.code, "message": problem.message, "field": problem.field, "clause": problem.clause}
        return jsonify(body), problem.status
    if request_ctx.url_adapter is None:  # a Host that is none: no page can be drawn, for none has an address
        return current_app.response_class(problem.message, problem.status, mimetype="text/plain")
    return render_template("errors/problem.html", problem=problem, again=again or []), problem.status


def domain(error: errors.DomainError):
    return answer(Problem(status_of(error), error.code, error.message, error.field, error.clause))


def stale(_error):
    return answer(Problem(409, "conflict", gettext("这条记录刚被别人改过。请重新打开，核对后再提交")))


def unstorable(_error: DataError):
    """A value that the database cannot even compare with: a NUL in a text, a number beyond its range."""
    return answer(Problem(400, "invalid", gettext("里面有存不了的字符或数。请删掉看不见的字符再试一次")))


def busy(error: OperationalError | OSError):
    """The database or the disk is locked, full or away: nothing was changed, and a retry may go through."""
    log.error("storage unavailable", error=str(getattr(error, "orig", error)))
    g.setdefault("_login_user", manager.anonymous_user())  # where nobody can be looked up, nobody is looked up again
    problem = Problem(503, "busy", gettext("现在打不开，请过一会儿再试一次") if request.method in ("GET", "HEAD")
                      else gettext("没有保存成功，您写的内容还在。请过一会儿再试一次"))
    try:
        response = current_app.make_response(answer(problem, typed()))
    except OperationalError:
        g._login_user = manager.anonymous_user()
        response = current_app.make_response(answer(problem, typed()))
    response.headers["Retry-After"] = "5"
    return response


def disk(error: OSError):
    return busy(error) if error.errno in NO_ROOM else unexpected(error)


def typed() -> list[tuple[str, str]]:
    """What a form carried, for one more press; nothing where a password or a file would be missing."""
    if request.method in SAFE or request.files or any("password" in name for name in request.form):
        return []
    return [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]


def http(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    messages = {
        400: gettext("请求没有写完整，请返回上一页再试一次"),
        401: gettext("请先登录"),
        403: gettext("您的身份不能打开这个页面"),
        404: gettext("没有找到这个页面"),
        405: gettext("这个地址不支持这样提交"),
        413: gettext("文件或内容太大，超过 %(size)s MB。可以分成两份上传",
                     size=min(current_app.extensions["settings"].max_upload_mb, request.max_content_length // 2**20)),
        429: gettext("操作太快了，请过一会儿再试"),
        503: gettext("暂时打不开，请过一会儿再试"),
    }
    return answer(Problem(error.code, error.name.lower().replace(" ", "_"),
                          messages.get(error.code, gettext("没有成功，请再试一次"))))


def csrf(_error: CSRFError):
    return answer(Problem(400, "csrf", gettext("页面放得太久，安全标记过期了。请返回上一页刷新，再提交一次")))


def unexpected(error: Exception):
    log.exception("unexpected error", path=request.path, endpoint=request.endpoint)
    if current_app.testing:
        raise error
    return answer(Problem(500, "error", gettext("没有成功，您的数据没有改变。我们已经记下这个问题，请再试一次")))


HANDLERS: dict[type[Exception], Callable[[Any], Any]] = {
    errors.DomainError: domain, StaleDataError: stale, IntegrityError: stale, DataError: unstorable,
    OperationalError: busy, OSError: disk, CSRFError: csrf, HTTPException: http, Exception: unexpected}


def undone(handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The handler, after the request's writes are undone: until then the session of a failed write cannot even read."""
    def handle(error: Exception):
        db().rollback()
        return handler(error)

    return handle


def init(app: Flask) -> None:
    for kind, handler in HANDLERS.items():
        app.register_error_handler(kind, undone(handler))
