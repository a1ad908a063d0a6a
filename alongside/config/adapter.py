"""The seam to the sign-in library: which login is whose, and what its mail may say."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from alongside.people import queries as people


class Backend(AuthenticationBackend):
    def get_user(self, user_id):
        """The login with its person in one query; None when it was closed."""
        login = people.login(user_id)
        return login if login and self.user_can_authenticate(login) else None


class Adapter(DefaultAccountAdapter):
    def format_email_subject(self, subject):
        """Neutral on purpose: whoever holds the phone sees the subject."""
        return "Your code"
