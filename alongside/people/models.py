"""Five different things are kept apart: person, login, payee (room payments), shown name, lens."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from alongside.declared import declare
from alongside.people.states import Channel, ContactKind, PersonState, Side, TellBy


class Person(models.Model):
    """Somebody who takes part. There is no kind of person here, and no role: lenses and duties stand elsewhere.

    A person may exist without a login, an e-mail address or a phone. The name is one field of any letters.
    """

    DECLARED = declare("""
        shown_name    table   personal  until-erased
        state         table   personal  until-erased
        back_on       table   personal  until-erased
        tell_by       duties  personal  until-erased
        quiet         self    personal  until-erased
        ask_unpaid    duties  personal  until-erased
        made_at       duties  personal  with-the-record
    """)
    # How they came in this time; set on the acting person for one request, never stored here.
    helped_by = None
    channel = Channel.SCREEN
    only_shows = False  # a request that changes nothing: what the person may do is read once for the whole page

    shown_name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=PersonState, default=PersonState.ACTIVE)
    back_on = models.DateField(null=True, help_text="When a person on a break thinks of coming back.")
    tell_by = models.CharField(max_length=6, choices=TellBy, default=TellBy.NONE)
    quiet = models.BooleanField(default=False, help_text="Nothing is sent; everything waits here.")
    ask_unpaid = models.BooleanField(default=False, help_text="May be asked for work without money.")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "person"

    def __str__(self):
        return self.shown_name


class Logins(BaseUserManager):
    """The manager that Django's sign-in asks for."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Login(AbstractBaseUser):
    """A way in through the account door: an e-mail address, and a password only if its owner wanted one."""

    DECLARED = declare("""
        email       self    personal  until-erased
        person      nobody  personal  until-erased
        is_active   nobody  personal  until-erased
        password    nobody  personal  until-erased
        last_login  self    personal  until-erased
        closings    nobody  personal  until-erased
    """)
    email = models.EmailField(max_length=254, unique=True)
    person = models.OneToOneField("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    closings = models.PositiveIntegerField(default=0, help_text="How often its owner signed out everywhere.")

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = Logins()

    class Meta:
        db_table = "login"
        constraints = [models.CheckConstraint(name="login_address_in_one_spelling", condition=Q(email=Lower("email")))]

    def has_usable_password(self):
        return bool(self.password) and super().has_usable_password()

    def get_session_auth_hash(self):
        """Sessions die when the password changes, and when their owner signs out everywhere."""
        return self._digest_for_sessions(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self):
        """The same under each earlier secret key."""
        return (self._digest_for_sessions(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _digest_for_sessions(self, secret):
        return salted_hmac(
            "alongside.people.Login", f"{self.password}|{self.closings}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Lens(models.Model):
    """Something a person says of where they look from, in their own words. Private until shown for one activity."""

    DECLARED = declare("""
        person     nobody  personal  with-the-record
        words      chosen  personal  until-erased
        side       chosen  personal  until-erased
        added_at   self    personal  with-the-record
        let_go_at  self    personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=120)
    side = models.CharField(
        max_length=12,
        blank=True,
        choices=Side,
        help_text="If the person wants this lens counted when a label is worked out. Blank: not counted.",
    )
    added_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "lens"


class Contact(models.Model):
    """A way to reach a person."""

    DECLARED = declare("""
        person  nobody  personal  with-the-record
        kind    duties  personal  with-the-record
        value   duties  personal  until-erased
        safe    duties  personal  until-erased
        since   duties  not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=ContactKind)
    value = models.CharField(max_length=300, blank=True, help_text="Blank once its owner took it away.")
    safe = models.CharField(max_length=200, blank=True, help_text="When or how it is safe to use this.")
    since = models.DateTimeField(help_text="When this number or address was written down.")

    class Meta:
        db_table = "contact"
        constraints = [models.UniqueConstraint("person", "kind", name="contact_one_of_a_kind")]


class AccessNeed(models.Model):
    """What a person needs to take part. The need, never the reason. Seen by hosts only while shared."""

    DECLARED = declare("""
        person     nobody  personal  with-the-record
        need       chosen  personal  until-erased
        words      chosen  personal  until-erased
        shared     self    personal  until-erased
        let_go_at  self    personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=60, blank=True, help_text="Id of the content list, or blank for own words.")
    words = models.CharField(max_length=200)
    shared = models.BooleanField(default=False)
    let_go_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_need"
        constraints = [
            models.UniqueConstraint(
                "person", "need", condition=Q(let_go_at=None) & ~Q(need=""), name="access_need_listed_once"
            )
        ]


class ClaimCode(models.Model):
    """A code on paper or screen by which somebody who acted first takes up their record later."""

    DECLARED = declare("""
        person      nobody  personal  while-needed
        digest      nobody  personal  while-needed
        made_at     nobody  personal  while-needed
        expires_at  nobody  personal  while-needed
        used_at     nobody  personal  while-needed
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "claim_code"


class AssistedVisit(models.Model):
    """A helper acts with a person who is there. Begun with a note of presence, ended with a printed receipt."""

    DECLARED = declare("""
        person      self    personal  with-the-record
        helper      self    personal  with-the-record
        present     self    personal  until-erased
        channel     self    personal  with-the-record
        started_at  self    personal  with-the-record
        ended_at    self    personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    present = models.CharField(max_length=200, help_text="How the helper knows that the person is there and agrees.")
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ASSISTED)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "assisted_visit"
        constraints = [
            models.CheckConstraint(name="assisted_visit_by_somebody_else", condition=~Q(person=models.F("helper"))),
            models.UniqueConstraint("helper", condition=Q(ended_at=None), name="assisted_visit_one_at_a_time"),
        ]


class ToTell(models.Model):
    """Something a person is to be told: sent by mail, or standing on the phone or letter list until somebody did it."""

    DECLARED = declare("""
        person    duties  personal      with-the-record
        about     duties  not-personal  with-the-record
        words     duties  personal      until-erased
        url       duties  not-personal  with-the-record
        tell_by   duties  personal      with-the-record
        made_at   duties  not-personal  with-the-record
        told_at   duties  not-personal  with-the-record
        told_by   duties  not-personal  with-the-record
        secret    duties  not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80, help_text="Event and thing, such as `decision:12`.")
    words = models.CharField(max_length=1000)
    url = models.CharField(max_length=300, blank=True)
    tell_by = models.CharField(max_length=6, choices=TellBy)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    secret = models.BooleanField(default=False, help_text="Comes only by the way itself, and is blanked after that.")

    class Meta:
        db_table = "to_tell"
        constraints = [models.UniqueConstraint("person", "about", name="to_tell_once_about_a_thing")]
