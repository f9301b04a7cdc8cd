"""Token login: POST an account and a password, get a bearer token that is shown once."""

import datetime as dt
import hashlib
import secrets

from flask import request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import select

from models.accounts import ApiToken
from models.audit import record
from models.base import now
from models.errors import Invalid
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.identity import me
from web.limits import login_by_account, login_by_address
from web.session.logins import authenticate
from web.sessions import db

blueprint = resource("tokens", "登录")
LIFETIME = dt.timedelta(days=30)


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")

    login: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)


class Token(BaseModel):
    token: str
    expires_at: AwareDatetime


class Person(BaseModel):
    """The account behind a token. Phone and e-mail stay out: a token need not carry them."""

    id: str
    name: str
    roles: list[str]


@blueprint.post("/tokens")
@blueprint.input(Credentials, arg_name="credentials")
@blueprint.output(Token, status_code=201)
@blueprint.doc(summary="用账号换令牌", responses=problems(400, 415, 422))
@access.public
@login_by_address
@login_by_account
def create_token(credentials: Credentials):
    found = authenticate(credentials.login, credentials.password)
    if found is None:
        raise Invalid("账号或密码不对", field="password")
    secret = secrets.token_urlsafe(32)
    token = ApiToken(user_id=found.id, digest=hashlib.sha256(secret.encode()).hexdigest(),
                     expires_at=now() + LIFETIME)
    db().add(token)
    db().flush()
    record(db(), found, "token.create", token)
    return Token(token=secret, expires_at=token.expires_at)


@blueprint.delete("/tokens/current")
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="作废这枚令牌", responses=problems(), security="BearerAuth")
@access.member
def revoke_token():
    digest = hashlib.sha256(request.headers["Authorization"].removeprefix("Bearer ").encode()).hexdigest()
    token = db().scalars(select(ApiToken).where(ApiToken.digest == digest)).one()
    token.revoked_at = now()
    record(db(), me(), "token.revoke", token)
    return ""


@blueprint.get("/me")
@blueprint.output(Person)
@blueprint.doc(summary="我是谁", responses=problems(), security="BearerAuth")
@access.member
def whoami():
    return Person(id=str(me().id), name=me().name, roles=sorted(me().roles))
