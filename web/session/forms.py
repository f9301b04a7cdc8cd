from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length


class LoginForm(FlaskForm):
    login = StringField(_l("手机号或邮箱"), validators=[DataRequired(_l("写手机号或邮箱")), Length(max=200)])
    password = PasswordField(_l("密码"), validators=[DataRequired(_l("写密码")), Length(max=200)])
