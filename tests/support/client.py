"""The site's test client: it sees what the test's session holds, and the test sees what the site wrote."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.accounts import LoginSession, User
from models.base import now


class SiteClient(FlaskClient):
    """Flask's client on the test's own transaction. `session` is handed in by the `client` fixture."""

    session: Session

    def open(self, *args, **kwargs):
        self.session.flush()
        response = super().open(*args, **kwargs)
        response.request.input_stream.close()  # a body over 500 KB stands in a temporary file
        self.session.expire_all()
        return response

    def login(self, user: User) -> "SiteClient":
        """Go on as `user`, without the login form."""
        login = LoginSession(user_id=user.id)
        self.session.add(login)
        self.session.flush()
        with self.session_transaction() as cookie:
            cookie.update(_user_id=str(login.id), _fresh=True, seen=int(now().timestamp()))
        return self

    def logout(self) -> "SiteClient":
        with self.session_transaction() as cookie:
            cookie.clear()
        return self
