"""Who belongs where, and who was asked to do what."""

from datetime import timedelta

from alongside.calculations import sheets
from alongside.organisations.models import Area, Duty, Membership, Organisation, RegisterUpload
from alongside.organisations.policies import (
    carry,
    duty_rows,
    holds,
    is_member,
    keeps,
    local_day,
    organisations_where,
    where_held,
)
from alongside.organisations.states import KEEPERS, Review
from alongside.people import queries as people
from alongside.refusals import Refused

__all__ = [
    "carry",
    "duty_rows",
    "holds",
    "is_member",
    "keeps",
    "local_day",
    "organisations_where",
    "where_held",
]

UPLOAD_LIVES = timedelta(days=1)


def of(person):
    """Organisations to which the person belongs now, by name."""
    if person is None:
        return Organisation.objects.none()
    here = Membership.objects.filter(person=person, until=None).values("organisation")
    return Organisation.objects.filter(pk__in=here).order_by("name", "pk")


def kept_by(person):
    """Organisations whose register the person keeps now, by name."""
    return organisations_where(person, *KEEPERS)


def organisation(pk):
    """One Organisation by key; None when there is none."""
    return Organisation.objects.filter(pk=pk).first()


def first():
    """The oldest Organisation of this installation; None when there is none yet."""
    return Organisation.objects.order_by("pk").first()


def every():
    """All Organisations of this installation, by name."""
    return Organisation.objects.order_by("name", "pk")


def members_of(organisation, words=""):
    """Current Memberships with their person, by shown name; those whose name holds `words` when given."""
    here = Membership.objects.filter(organisation=organisation, until=None).select_related("person")
    here = here.filter(person__shown_name__icontains=words) if words else here
    return here.order_by("person__shown_name", "pk")


def members_among(organisations):
    """Keys of all persons who belong to one of these organisations now, as a subquery. Unordered."""
    return Membership.objects.filter(organisation__in=organisations, until=None).values("person")


def memberships_of(person):
    """The person's own current Memberships, oldest first."""
    return Membership.objects.filter(person=person, until=None).order_by("pk")


def memberships_kept_by(person):
    """Current Memberships in the organisations whose register the person keeps, with both ends, by name."""
    return (
        Membership.objects.filter(organisation__in=kept_by(person).order_by().values("pk"), until=None)
        .select_related("person", "organisation")
        .order_by("person__shown_name", "pk")
    )


def ever_here(organisation):
    """Keys of all persons who belong or belonged to the organisation; nobody is counted twice. Unordered."""
    return Membership.objects.filter(organisation=organisation).values("person").distinct()


def known_mails(organisation):
    """The e-mail addresses, small letters, of everybody who belongs or belonged here: a set."""
    return people.mails_of(ever_here(organisation)) - {""}


def areas_of(organisation):
    """Areas of an organisation, widest first."""
    return Area.objects.filter(organisation=organisation).select_related("parent").order_by("-level", "name", "pk")


def duty_holders(organisation, *kinds):
    """Current Duties of these kinds with their person, by kind then name; all kinds when none is named."""
    duties = Duty.objects.filter(organisation=organisation, until=None)
    duties = duties.filter(kind__in=kinds) if kinds else duties
    return duties.select_related("person").order_by("kind", "person__shown_name", "pk")


def duties_of(person):
    """Current Duties that the person holds, with the organisation, oldest first."""
    return Duty.objects.filter(person=person, until=None).select_related("organisation").order_by("since", "pk")


def duties_kept_by(person):
    """Current Duties in organisations whose register the person keeps, with person and organisation, oldest first."""
    return (
        Duty.objects.filter(organisation__in=kept_by(person).order_by().values("pk"), until=None)
        .select_related("person", "organisation")
        .order_by("pk")
    )


def still_to_tell(organisation, viewer=None):
    """The phone and letter lists of an organisation: what its members still wait to be told, oldest first."""
    members = Membership.objects.filter(organisation=organisation, until=None).values("person")
    return people.still_to_tell(members, viewer)


def to_tell_rows(organisation, viewer):
    """The phone and letter lists with the way to reach each: list of (ToTell, Contact or None), oldest first."""
    tellings = list(still_to_tell(organisation, viewer))
    ways = people.ways_to_reach({telling.person_id for telling in tellings})
    return [(telling, ways.get(telling.person_id, {}).get(telling.tell_by)) for telling in tellings]


def tellings_kept_by(person):
    """What is still to be told to members of the organisations whose register the person keeps, oldest first."""
    here = kept_by(person).order_by().values("pk")
    members = Membership.objects.filter(organisation__in=here, until=None).values("person")
    return people.still_to_tell(members, person)


def uploads_kept_by(person, at):
    """Registers that were sent less than a day before `at`, in organisations whose register the person keeps."""
    return (
        RegisterUpload.objects.filter(
            organisation__in=kept_by(person).order_by().values("pk"), made_at__gt=at - UPLOAD_LIVES
        )
        .select_related("organisation")
        .order_by("-made_at", "-pk")
    )


def review(upload):
    """What a waiting register would do: a Review. When no column gives a name, a Review that says so."""
    sheet = sheets.read_sheet(upload.name, bytes(upload.content))
    columns = sheets.choose(
        sheets.propose_columns(sheet), {int(place): field for place, field in upload.chosen.items()}
    )
    try:
        register = sheets.read_register(sheet, columns)
    except Refused as stop:
        return Review(columns=columns.columns, notes=sheet.notes, refusal=stop.refusal)
    mails = known_mails(upload.organisation)
    known = tuple(row for row in register.rows if row.mail.casefold() in mails)
    fresh = tuple(row for row in register.rows if row.mail.casefold() not in mails)
    names = {m.person.shown_name.casefold() for m in members_of(upload.organisation)}
    return Review(
        columns=columns.columns,
        fresh=fresh,
        known=known,
        refused=register.refused,
        alike=frozenset(row.line for row in fresh if row.shown_name.casefold() in names),
        notes=(*sheet.notes, *register.notes),
    )


def about_me(person):
    """What this room holds about a person, for their own record: lists of plain rows by title."""
    memberships = Membership.objects.filter(person=person).select_related("organisation").order_by("since", "pk")
    duties = Duty.objects.filter(person=person).select_related("organisation").order_by("since", "pk")
    return {
        "Organisations you belong to": [
            {"organisation": m.organisation.name, "from": m.since, "until": m.until} for m in memberships
        ],
        "Duties in an organisation": [
            {"organisation": d.organisation.name, "duty": d.get_kind_display(), "from": d.since, "until": d.until}
            for d in duties
        ],
    }
