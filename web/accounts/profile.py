"""A person's own page: who they are here, how to reach them, what they chose, and what the platform holds on them."""


from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from ingestion import exports, profiles
from ingestion.profiles import ContactForm, OrganisationProfile, ProfileForm
from models.accounts import Admission, Broker, Expert
from models.audit import Notice
from models.base import now, today
from models.errors import DomainError, Invalid, NotFound
from web import access, paging
from web.identity import me
from web.limits import EXPORT, limiter
from web.notices import notice_url
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

PAGE_SIZE = 20


@access.member
def show():
    return page()


@access.member
def contact():
    fields = request.form
    form = ContactForm(fields.get("name", ""), fields.get("phone", ""), fields.get("email", ""),
                       fields.get("password", ""))
    return saved(lambda: profiles.update_contact(db(), me(), form), _("联系方式已改"))


@access.member
@limiter.limit("5/minute")
def password():
    fields = request.form
    return saved(lambda: profiles.change_password(db(), me(), fields.get("present_password", ""),
                                                  fields.get("new_password", ""), current_user.login),
                 _("密码已改，别处的登录都退出了"))


@access.member
def preferences():
    chosen = {name: name in request.form for name in ("personalised", "care_mode", "shortcuts")}
    return saved(lambda: profiles.set_preferences(db(), me(), **chosen), _("偏好已保存"))


@access.member
def expert():
    fields = request.form
    form = ProfileForm(*(fields.get(name, "") for name in ("title", "field", "bio", "district_code", "capacity")))
    return saved(lambda: profiles.update_expert(db(), me(), own(Expert), form), _("专家资料已改"))


@access.member
def broker():
    return saved(lambda: profiles.update_broker(db(), me(), own(Broker), request.form.get("bio", "")), _("资料已改"))


@access.member
def organisation():
    """The organisation one acts for. Name and code are staff's to change: they are what was checked."""
    firms = [grant.organisation for grant in me().grants
             if grant.status is Admission.approved and grant.organisation is not None]
    firm = next((one for one in firms if str(one.id) == request.values.get("id")), firms[0] if firms else None)
    if firm is None:
        raise NotFound(_("您还没有入驻的单位"))
    refusal = NONE
    if request.method == "POST":
        fields = request.form
        form = OrganisationProfile(*(fields.get(name, "") for name in ("short_name", "district_code", "industry_code",
                                                                       "address")))
        try:
            profiles.update_organisation(db(), me(), firm, form)
            flash(_("单位资料已改"), "success")
            return redirect(url_for("accounts.organisation", id=firm.id))
        except Invalid as error:
            refusal = refusal_of(error)
    return render_template("accounts/organisation.html", firm=firm, firms=list(dict.fromkeys(firms)),
                           people=profiles.people_of(db(), firm), typed=request.form or vars(firm), refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


@access.member
def messages():
    """The platform's messages to the reader; a POST marks all as read."""
    mine = select(Notice).where(Notice.user_id == me().id).order_by(Notice.created_at.desc(), Notice.id)
    if request.method == "POST":
        for notice in db().scalars(mine.where(Notice.read_at.is_(None))):
            notice.read_at = now()
        return redirect(url_for("accounts.messages"))
    count = select(func.count()).select_from(Notice).where(Notice.user_id == me().id)
    asked = paging.asked(db().scalar(count), PAGE_SIZE)
    return render_template("accounts/messages.html", page=asked, notice_url=notice_url,
                           unread=db().scalar(count.where(Notice.read_at.is_(None))),
                           notices=db().scalars(mine.offset(asked.offset).limit(asked.size)).all())


@access.member
@limiter.limit(EXPORT)
def data():
    """Everything held on the reader, as JSON to keep (个人信息保护法 art. 45)."""
    response = jsonify(exports.personal_data(db(), me()))
    response.headers["Content-Disposition"] = f"attachment; filename=jiebang-{today():%Y%m%d}.json"
    return response


def own(kind: type[Expert] | type[Broker]):
    found = db().scalar(select(kind).where(kind.user_id == me().id))
    if found is None:
        raise NotFound(_("您还没有这个身份"))
    return found


def saved(change, message: str):
    """Make a change and come back to the page, or show it again with what is wrong."""
    try:
        change()
    except DomainError as error:
        return page(refusal_of(error))
    flash(message, "success")
    return redirect(url_for("accounts.profile"))


def page(refusal: Refusal = NONE):
    profile = {kind.__tablename__: db().scalar(select(kind).where(kind.user_id == me().id))
               for kind in (Expert, Broker)}
    typed = request.form if refusal.problems else {}
    return render_template("accounts/profile.html", person=me(), profile=profile, typed=typed, refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status
