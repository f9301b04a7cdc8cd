from flask import (
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user, login_user, logout_user

from models.base import now
from web import access
from web.identity import Identity, user
from web.limits import login_by_account, login_by_address
from web.localisation import COOKIE, LOCALES
from web.navigation import back, local_path
from web.session.forms import LoginForm
from web.session.logins import authenticate, end, open_login

YEAR = 365 * 24 * 3600
CARE_COOKIE = "care"


@access.public
@login_by_address
@login_by_account
def login():
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("session/login.html", form=form), 422 if form.is_submitted() else 200
    found = authenticate(form.login.data, form.password.data)
    if found is None:
        form.password.errors = [gettext("账号或密码不对。忘了密码，请带身份证到工会窗口或请管理员重设")]
        return render_template("session/login.html", form=form), 422
    if current_user.is_authenticated:
        end(current_user.login)
    session.clear()
    session.permanent = True
    session["seen"] = int(now().timestamp())
    login_user(Identity(found, open_login(found)))
    return redirect(local_path(request.args.get("next")) or url_for("desk.mine"))


@access.member
def logout():
    end(current_user.login)
    logout_user()
    session.clear()
    flash(gettext("您已退出"))
    return redirect(url_for("home.index"))


@access.public
def language():
    wanted = request.form.get("locale", "")
    if wanted in LOCALES and user():
        user().locale = wanted
    response = redirect(back())
    if wanted in LOCALES:
        response.set_cookie(COOKIE, wanted, max_age=YEAR, samesite="Lax", httponly=True,
                            secure=current_app.extensions["settings"].https)
    return response


@access.public
def care():
    on = request.form.get("care") == "1"
    if user():
        user().care_mode = on
    response = redirect(back())
    response.set_cookie(CARE_COOKIE, "1" if on else "0", max_age=YEAR, samesite="Lax", httponly=True,
                        secure=current_app.extensions["settings"].https)
    return response
