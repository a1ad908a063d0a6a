"""Every setting, read from the environment in one place. `docs/install.md` says what each does.

The names all start with ALONGSIDE_, but for DATABASE_URL, which every host already knows.
"""

import contextlib
import os
import secrets
import sqlite3
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP


def _switch(name, default="0"):
    return os.environ.get(name, default).lower() in {"1", "yes", "true", "on"}


def _kept_secret(path):
    """The secret in `path`; made on the first start, readable by its owner only, never seen half-written."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(half, path)  # of two that start at once, one wins and both read the same
        half.unlink()
    return path.read_text().strip()


# SQLite builds with the WAL-reset fault may corrupt a file that two processes checkpoint at once;
# there we use the rollback journal. See docs/decisions/0002-sqlite-settings.md.
_WAL_FIXED_FROM = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}  # branches that carry the repair; else 3.51.3
SQLITE_WAL_IS_SAFE = sqlite3.sqlite_version_info >= _WAL_FIXED_FROM.get(sqlite3.sqlite_version_info[:2], (3, 51, 3))


def _sqlite(path):
    """Settings that lose nothing that was acknowledged, on a power cut either."""
    journal = (
        "journal_mode=WAL; PRAGMA synchronous=FULL"
        if SQLITE_WAL_IS_SAFE
        else ("journal_mode=DELETE; PRAGMA synchronous=EXTRA")
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA {journal}; PRAGMA secure_delete=ON;",
        },
        "TEST": {"NAME": os.environ.get("ALONGSIDE_TEST_SQLITE")},
    }


def _postgres(url):
    """postgres://person:secret@host:port/name?option=value, as hosts give it."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL starts with {parts.scheme}://; postgres:// or nothing is understood.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


PACKAGE = Path(__file__).resolve().parent.parent
DEMO = _switch("ALONGSIDE_DEMO")
HOME = Path(os.environ.get("ALONGSIDE_HOME", "var")).resolve()
DATA = HOME / "demo" if DEMO else HOME
DEBUG = _switch("ALONGSIDE_DEBUG")
SECRET_KEY = os.environ.get("ALONGSIDE_SECRET_KEY") or _kept_secret(DATA / "secret.key")
ALLOWED_HOSTS = os.environ.get("ALONGSIDE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# On the open web a site is served over https; on one machine's own address it need not be.
SECURE = _switch("ALONGSIDE_HTTPS", "0" if DEMO or DEBUG else "1")
PROXIES = int(os.environ.get("ALONGSIDE_PROXIES", "0"))

_url = os.environ.get("DATABASE_URL", "")
if not _url:
    DATA.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": _postgres(_url) if _url else _sqlite(DATA / "alongside.sqlite3")}

ROOMS = [
    "record", "design", "people", "organisations", "safety", "benefits", "discretion", "rates", "ledger", "payees", "initiatives", "terms", "reflections", "candour", "bids", "media", "agreements", "gatherings",
    "conversations", "decisions", "contributions", "claims", "timebank", "credit", "skills", "payments", "runs", "audits", "labels", "reports", "front", "demo",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    *(f"alongside.{room}" for room in ROOMS),
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.config.middleware.acting_person",
    "alongside.config.middleware.not_kept_by_browsers",
]
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
FORM_RENDERER = "alongside.design.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "alongside.design.templatetags.design"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alongside.config.context.page",
            ],
        },
    }
]

# Sign-in: a typed code by mail; passkey, password and second factor as options (docs/people.md).
AUTH_USER_MODEL = "people.Login"
AUTHENTICATION_BACKENDS = ["alongside.config.adapter.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "alongside.config.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address stands here only once its code was typed (config/signing_in.py)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {
    "change_password": "alongside.config.door_forms.ChangePasswordForm",
    "set_password": "alongside.config.door_forms.SetPasswordForm",
    "reauthenticate": "alongside.config.door_forms.PasswordAgainForm",
}
# How often something may be tried: number/time/of whom. "key" is one address or one code, or for *_site everybody.
ACCOUNT_RATE_LIMITS = {
    "ask_code": "30/10m/ip,5/15m/key,20/d/key",
    "ask_code_site": "600/h/key",
    "try_code": "30/10m/ip,15/15m/key",
    "try_one_code": "5/10m/key",
    "wrong_code_site": "100/10m/key,1000/d/key",
    "claim": "10/10m/ip",
    "wrong_claim_site": "100/10m/key",
    "guest": "300/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "alongside.config.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_FORMS = {
    "authenticate": "alongside.config.door_forms.SecondCodeForm",
    "reauthenticate": "alongside.config.door_forms.SecondCodeAgainForm",
    "activate_totp": "alongside.config.door_forms.AppCodeForm",
    "add_webauthn": "alongside.config.door_forms.AddPasskeyForm",
    "edit_webauthn": "alongside.config.door_forms.NamePasskeyForm",
}

# Counters of tries stand in the database, so that they hold across workers without a cache server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_row",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "alongside.config.views.csrf_failure"
SECURE_HSTS_SECONDS = int(timedelta(days=366).total_seconds()) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "no-referrer" if SECURE else "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = DEMO or DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Pictures of receipts stand beside the database, where no address leads; thrown away once the law no longer asks for them.
RECEIPTS = DATA / "files" / "receipts"
MONEY_YEARS = int(os.environ.get("ALONGSIDE_MONEY_YEARS", "7"))
# For so many days after the money arrived who approves and who pays can still open a picture: one monthly statement of the
# bank comes in that time, against which costs are checked. After that only an audit pack holds it.
RECEIPT_DAYS = int(os.environ.get("ALONGSIDE_RECEIPT_DAYS", "31"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Mail: off until the operator turns it on; the demo's mail lands on a page of its own.
MAIL_URL = os.environ.get("ALONGSIDE_MAIL", "")
POST_BOX = DATA / "post"


def _mailer(url):
    """smtp://name:secret@host:port, or nothing: then mail is off and everything else works."""
    if DEMO:
        return {"BACKEND": "alongside.config.mail.PostBox"}
    if not url:
        return {"BACKEND": "alongside.config.mail.Off"}
    parts = urlsplit(url)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname, "port": parts.port or 587, "use_tls": parts.scheme == "smtp", "timeout": 10,
            "use_ssl": parts.scheme == "smtps",
            "username": unquote(parts.username or ""), "password": unquote(parts.password or ""),
        },
    }  # fmt: skip


MAILERS = {"default": _mailer(MAIL_URL)}
DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "Alongside <no-reply@localhost>")
SITE_ADDRESS = os.environ.get("ALONGSIDE_ADDRESS", "http://127.0.0.1:8000")
QUICK_EXIT_TO = os.environ.get("ALONGSIDE_QUICK_EXIT", "https://www.bbc.co.uk/weather")

# One currency a site: docs/decisions/0013-one-currency.md. The made-up people of the demo are paid in pounds.
CURRENCY = "GBP" if DEMO else os.environ.get("ALONGSIDE_CURRENCY", "").strip().upper() or "GBP"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = os.environ.get("ALONGSIDE_ZONE", "Europe/London")
USE_TZ = True
USE_I18N = False
DATE_FORMAT = "l j F Y"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
