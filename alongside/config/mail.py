"""Two places for mail beside a real server: nowhere, and the demo's post box."""

import secrets

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class Off(BaseEmailBackend):
    """Mail is off: nothing is sent, and everything else works. `alongside check` says so."""

    def send_messages(self, messages):
        return len(messages)


class PostBox(BaseEmailBackend):
    """The demo's mail: one file a message in a folder, shown on /demo/post/."""

    def send_messages(self, messages):
        """Write each message as an .eml file, the newest name last in the alphabet."""
        settings.POST_BOX.mkdir(parents=True, exist_ok=True)
        for message in messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}.eml"
            (settings.POST_BOX / name).write_bytes(message.message().as_bytes())
        return len(messages)
