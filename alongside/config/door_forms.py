"""The questions of the doors. Those of the sign-in library keep its checks and get our words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms

from alongside.design.forms import Form

LONG_WORDS = "At least 12 characters. Three or four words that only you would put together are good."
DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short", "maxlength": "20"}


class AddressForm(Form):
    address = forms.EmailField(
        label="Your e-mail address",
        help_text="We send six digits to it. It does not matter whether you were here before.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class NewAddressForm(AddressForm):
    address = forms.EmailField(
        label="Your new e-mail address",
        help_text="We send six digits to it.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(Form):
    code = forms.CharField(
        label="The six digits from the mail", max_length=20, widget=forms.TextInput(attrs=DIGITS | {"autofocus": True})
    )


class PasswordForm(Form):
    address = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Your password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


def _ask(form, name, *, label, hint="", **attrs):
    """Put our words on one field of a form that is not ours, and take its placeholder away."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)
    form.use_required_attribute = False


class SecondCodeForm(second.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "code", label="The six digits that your app shows now, or a spare code", **DIGITS)


class SecondCodeAgainForm(second.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "code", label="The six digits that your app shows now, or a spare code", **DIGITS)


class AppCodeForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "code", label="The six digits that your app shows now", **DIGITS)


class AddPasskeyForm(passkey.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "name", label="What do you call this device?", hint="For example: my phone.")
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class NamePasskeyForm(passkey.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "name", label="What do you call this device?")


class PasswordAgainForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "password", label="Your password")


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "password1", label="A password", hint=LONG_WORDS)
        _ask(self, "password2", label="The same password once more")


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", label="Your password now")
        _ask(self, "password1", label="A new password", hint=LONG_WORDS)
        _ask(self, "password2", label="The same new password once more")
