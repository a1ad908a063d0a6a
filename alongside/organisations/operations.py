"""What changes in an organisation."""

from django.db import transaction

from alongside.calculations import sheets
from alongside.organisations import permissions, queries
from alongside.organisations.models import Area, Duty, Membership, Organisation, RegisterUpload
from alongside.organisations.states import DutyKind, UploadState
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if


@transaction.atomic
def found(*, name, at, by=None, **details):
    """Make an Organisation. details: about, country, zone, promise_days. For the installer and the demo."""
    organisation = Organisation.objects.create(name=name, made_at=at, **details)
    record.note(
        what="organisations.organisation.founded", subject=organisation, by=by, at=at, organisation_id=organisation.pk
    )
    return organisation


@transaction.atomic
def begin(*, name, shown_name, mail, at, country="GB", zone="Europe/London"):
    """Make an organisation with its first person, who leads co-production and runs the installation. For the installer.

    mail: the address that person signs in with; somebody who signs in with it already is taken. Returns the Organisation.
    """
    stop_if(permissions.why_not_begin(name=name, mail=mail))
    organisation = found(name=name.strip(), country=country, zone=zone, at=at)
    login = people.open_login(address=mail)
    person = login.person or people.join(login_id=login.pk, shown_name=shown_name, at=at)
    on = queries.local_day(organisation, at)
    welcome(person=person, organisation=organisation, on=on, at=at)
    for kind in (DutyKind.LEAD, DutyKind.OPERATOR):
        ask_to(person=person, kind=kind, organisation=organisation, on=on, at=at)
    return organisation


@transaction.atomic
def add_area(*, organisation, level, name, at, parent=None, by=None):
    """Add an Area to an organisation. A name is used once; `by` keeps the register, or is the installer (None)."""
    if by is not None:
        stop_if(permissions.why_not_keep(organisation.pk, by=by))
    if Area.objects.filter(organisation=organisation, name=name).exists():
        raise Refused(Refusal("name-used", f"There is an area called {name} already.", "Give this one another name."))
    area = Area.objects.create(organisation=organisation, level=level, name=name, parent=parent)
    record.note(what="organisations.area.added", subject=area, by=by, at=at, organisation_id=organisation.pk)
    return area


@transaction.atomic
def welcome(*, person, organisation, on, at, by=None):
    """Let a person belong to an organisation from `on`; somebody who belongs already stays as they are."""
    membership, fresh = Membership.objects.get_or_create(
        person=person, organisation=organisation, until=None, defaults={"since": on}
    )
    if fresh:
        record.note(
            what="organisations.membership.begun", subject=membership, by=by, at=at, organisation_id=organisation.pk
        )
    return membership


@transaction.atomic
def add_by_hand(*, organisation, shown_name, on, by, at, mail="", phone="", tell_by=None):
    """Add a person known by one name, who may have neither mail nor phone. Returns their Membership.

    Raises Refused when `by` does not keep the register, or somebody with this mail is known here already.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    stop_if(permissions.why_not_keep(organisation.pk, by=by))
    stop_if(permissions.why_not_add(mail=mail, known=queries.known_mails(organisation)))
    person = people.add_person(shown_name=shown_name, mail=mail, phone=phone, tell_by=tell_by, by=by, at=at)
    return welcome(person=person, organisation=organisation, on=on, by=by, at=at)


@transaction.atomic
def end_membership(*, membership_id, on, by, at):
    """Let a person no longer belong, on their own wish; their duties here end with it. Ending twice ends once."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.until is None:
        membership.until = max(on, membership.since)
        membership.save(update_fields=["until"])
        held = Duty.objects.filter(person=membership.person_id, organisation=membership.organisation_id, until=None)
        held.update(until=on)
        record.note(
            what="organisations.membership.ended",
            subject=membership,
            by=by,
            at=at,
            organisation_id=membership.organisation_id,
        )
    return membership


@transaction.atomic
def ask_to(*, person, kind, organisation, on, at, by=None):
    """Give a person a duty from `on`; asking twice asks once. For the installer and the demo, who stand before rules."""
    duty, fresh = Duty.objects.get_or_create(
        person=person, organisation=organisation, kind=kind, until=None, defaults={"since": on}
    )
    if fresh:
        record.note(
            what="organisations.duty.given",
            subject=duty,
            by=by,
            at=at,
            organisation_id=organisation.pk,
            kind=str(kind),
            person=person.pk,
        )
    return duty


@transaction.atomic
def give_duty(*, person, kind, organisation, on, by, at):
    """Ask a member to take a duty from `on`. Raises Refused when the rule of who may give it stands in the way."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    stop_if(permissions.why_not_give(kind, to=person, organisation_id=organisation.pk, by=by))
    return ask_to(person=person, kind=kind, organisation=organisation, on=on, by=by, at=at)


@transaction.atomic
def end_duty(*, duty_id, on, by, at):
    """End a duty on `on`: by its holder, or by somebody who keeps the register. Never the last lead or operator."""
    duty = Duty.objects.get(pk=duty_id)
    Organisation.objects.select_for_update().get(pk=duty.organisation_id)
    duty = Duty.objects.select_for_update().get(pk=duty_id)
    stop_if(permissions.why_not_end_duty(duty, by=by))
    duty.until = max(on, duty.since)
    duty.save(update_fields=["until"])
    record.note(
        what="organisations.duty.ended",
        subject=duty,
        by=by,
        at=at,
        organisation_id=duty.organisation_id,
        kind=duty.kind,
        person=duty.person_id,
    )
    return duty


# --- a register of people, from a spreadsheet ---


@transaction.atomic
def send_register(*, organisation, name, content, by, at):
    """Keep a file between two pages, after a look that it can be read. Writes nothing else. Returns the upload.

    Raises Refused when the file cannot be read, or `by` does not keep the register.
    """
    stop_if(permissions.why_not_keep(organisation.pk, by=by))
    sheets.read_sheet(name, content)
    forget_uploads(at=at)
    upload = RegisterUpload.objects.create(
        organisation=organisation, by=by, name=name[:200], content=content, made_at=at
    )
    record.note(what="organisations.register.sent", subject=upload, by=by, at=at, organisation_id=organisation.pk)
    return upload


@transaction.atomic
def choose_columns(*, upload_id, fields, by, at):
    """Keep which column of a waiting register is what. fields: {place: field, or "" to leave the column out}."""
    upload = RegisterUpload.objects.select_for_update().get(pk=upload_id)
    stop_if(permissions.why_not_take(upload, by=by))
    sheet = sheets.read_sheet(upload.name, bytes(upload.content))
    sheets.choose(sheets.propose_columns(sheet), fields)
    upload.chosen = {str(place): field for place, field in fields.items()}
    upload.save(update_fields=["chosen"])
    record.note(
        what="organisations.register.columns", subject=upload, by=by, at=at, organisation_id=upload.organisation_id
    )
    return upload


@transaction.atomic
def take_register(*, upload_id, on, by, at):
    """Write the ready rows of a waiting register: a Person and a Membership each, all of them or none.

    A row whose mail belongs to somebody who is or was here is left as it is. The file is emptied; the refused rows
    stay for taking away until the day is over. Returns the upload with its counts.
    """
    upload = RegisterUpload.objects.select_for_update().select_related("organisation").get(pk=upload_id)
    stop_if(permissions.why_not_take(upload, by=by))
    Organisation.objects.select_for_update().get(pk=upload.organisation_id)
    review = queries.review(upload)
    for row in review.fresh:
        _add_row(row, upload.organisation, on=on, by=by, at=at)
    upload.counts = {"added": len(review.fresh), "known": len(review.known), "refused": len(review.refused)}
    upload.refused = sheets.refused_csv(review.refused) if review.refused else ""
    upload.content, upload.state = b"", UploadState.TAKEN
    upload.save(update_fields=["counts", "refused", "content", "state"])
    record.note(
        what="organisations.register.taken",
        subject=upload,
        by=by,
        at=at,
        organisation_id=upload.organisation_id,
        **upload.counts,
    )
    return upload


def _add_row(row, organisation, *, on, by, at):
    """One person of a register; a day of leaving in the file is kept, so that nobody is called back by a list."""
    person = people.add_person(shown_name=row.shown_name, mail=row.mail, phone=row.phone, by=by, at=at)
    membership = welcome(person=person, organisation=organisation, on=row.joined_on or on, by=by, at=at)
    if row.left_on and row.left_on <= on:
        membership.until = max(row.left_on, membership.since)
        membership.save(update_fields=["until"])


@transaction.atomic
def drop_register(*, upload_id, by, at):
    """Say no to a waiting register: the file goes, nothing was written."""
    upload = RegisterUpload.objects.select_for_update().get(pk=upload_id)
    stop_if(permissions.why_not_take(upload, by=by))
    record.note(
        what="organisations.register.dropped", subject=upload, by=by, at=at, organisation_id=upload.organisation_id
    )
    upload.delete()


def forget_uploads(*, at):
    """Remove every sent register that is older than a day. Returns how many. For each new file and the daily round."""
    old = RegisterUpload.objects.filter(made_at__lte=at - queries.UPLOAD_LIVES)
    return old.delete()[0]


@transaction.atomic
def erase_words(*, person, at):
    """What this room does when a person is erased: they belong nowhere and hold no duty; the rows stay, nameless."""
    for membership in Membership.objects.filter(person=person, until=None).order_by("pk"):
        on = queries.local_day(membership.organisation, at)
        end_membership(membership_id=membership.pk, on=on, by=person, at=at)
    for duty in Duty.objects.filter(person=person, until=None).select_related("organisation").order_by("pk"):
        duty.until = queries.local_day(duty.organisation, at)
        duty.save(update_fields=["until"])
    RegisterUpload.objects.filter(by=person).delete()
