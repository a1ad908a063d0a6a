"""What changes in an initiative."""

from django.db import transaction
from django.urls import reverse

from alongside.initiatives import permissions, policies
from alongside.initiatives.models import (
    Advert,
    AdvertReply,
    ChangeOfDirection,
    Initiative,
    InitiativeDuty,
    Move,
    Partner,
    Review,
    Seat,
    Stage,
)
from alongside.initiatives.states import CHANGES, AdvertState, PayKind, ReplyState
from alongside.organisations import operations as organisations
from alongside.organisations.queries import local_day
from alongside.people import operations as people
from alongside.people.states import Channel
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if


def _lock(model, pk, *with_them):
    """The row, locked until the transaction ends, with what hangs on it."""
    return model.objects.select_for_update(of=("self",)).select_related(*with_them).get(pk=pk)


def _locked(initiative_id):
    return _lock(Initiative, initiative_id, "organisation")


def _note(what, subject, initiative, *, by, at, **facts):
    record.note(
        what=f"initiatives.{what}",
        subject=subject,
        by=by,
        at=at,
        organisation_id=initiative.organisation_id,
        initiative=initiative.pk,
        **facts,
    )


def _save(thing, **changes):
    """Change some fields of a thing, and save only these."""
    for field, value in changes.items():
        setattr(thing, field, value)
    thing.save(update_fields=list(changes))


# --- the initiative ---


@transaction.atomic
def begin(*, organisation, name, kind, by, at, on, lead=True, **details):
    """Begin an initiative as a draft; `by` gets a seat, and the duty to lead it unless lead=False.

    on: the local day. details: about, area, origin answers and the like. Returns the Initiative.
    Raises Refused when the organisation has one of this name.
    """
    _stop_if_name_used(organisation.pk, name)
    initiative = Initiative.objects.create(organisation=organisation, name=name, kind=kind, made_at=at, **details)
    _note("initiative.begun", initiative, initiative, by=by, at=at)
    give_seat(initiative=initiative, person=by, role="Began this initiative", on=on, by=by, at=at)
    if lead:
        ask_to(initiative=initiative, person=by, kind="LEAD", on=on, by=by, at=at)
    return initiative


@transaction.atomic
def begin_here(*, organisation, name, kind, by, at, on, **details):
    """Begin an initiative as a member of the organisation; see `begin`, which stands before rules."""
    stop_if(permissions.why_not_begin(organisation.pk, by=by))
    return begin(organisation=organisation, name=name, kind=kind, by=by, at=at, on=on, **details)


def _stop_if_name_used(organisation_id, name):
    if Initiative.objects.filter(organisation=organisation_id, name=name).exists():
        raise Refused(Refusal("name-used", f"There is an initiative called {name} already.", "Choose another name."))


@transaction.atomic
def write(*, initiative_id, words, by, at):
    """Write words ({field of WORDS: text}) into an initiative; once it is public only into places that are empty."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_write(initiative, words, by=by))
    if words.get("name", initiative.name) != initiative.name:
        _stop_if_name_used(initiative.organisation_id, words["name"])
    _save(initiative, **words)
    _note("initiative.written", initiative, initiative, by=by, at=at, fields=sorted(words))
    return initiative


@transaction.atomic
def change_direction(*, initiative_id, what, now, reason, raised_by, by, at):
    """Turn one of the words of an initiative, keeping what stood before, the reason and who raised it.

    what: a field of WORDS. raised_by: a Person, or None for somebody who is not at the table.
    """
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_change(initiative, by=by))
    if what == "name":
        _stop_if_name_used(initiative.organisation_id, now)
    before = getattr(initiative, what)
    _save(initiative, **{what: now})
    return _turned(initiative, what, before=before, now=now, reason=reason, raised_by=raised_by, by=by, at=at)


def _turned(initiative, what, *, before, now, reason, raised_by, by, at):
    """Write down one change of direction of what CHANGES names."""
    if what not in CHANGES:
        raise ValueError(f"{what} is nothing that turns.")
    if not reason.strip():
        raise Refused(Refusal("reason", "A change of direction has a reason.", "Write why, in a sentence."))
    change = ChangeOfDirection.objects.create(
        initiative=initiative, what=what, before=before, now=now, reason=reason, raised_by=raised_by, at=at
    )
    _note("direction.changed", change, initiative, by=by, at=at, what_turned=what)
    return change


@transaction.atomic
def move(*, initiative_id, to, reason, by, at):
    """Open, pause, go on with or end an initiative, with the reason. Opens only when its origin is answered."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_move(initiative, to, by=by))
    if not reason.strip():
        raise Refused(Refusal("reason", "A move has a reason.", "Write why, in a sentence. Everybody can read it."))
    moved = Move.objects.create(initiative=initiative, before=initiative.state, now=to, reason=reason, by=by, at=at)
    _save(initiative, state=to)
    _note("initiative.moved", initiative, initiative, by=by, at=at, now=str(to))
    return moved


@transaction.atomic
def freeze_aim(*, initiative_id, on, by, at, reason="", raised_by=None):
    """Say from which day the aim stood fast. Saying another day later is a change of direction and has a reason."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_change(initiative, by=by))
    before = initiative.aim_frozen_on
    if before == on:
        return initiative
    if before is not None:
        kept = {"before": before.isoformat(), "now": on.isoformat(), "reason": reason}
        _turned(initiative, "aim_frozen_on", **kept, raised_by=raised_by, by=by, at=at)
    _save(initiative, aim_frozen_on=on)
    _note("aim.frozen", initiative, initiative, by=by, at=at, on=on.isoformat())
    return initiative


@transaction.atomic
def review(*, initiative_id, words, next_on, by, at):
    """Write down what the table said of how it goes, and when it looks again (a day, or None). Returns the Review."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_record(initiative, by=by))
    made = Review.objects.create(initiative=initiative, words=words, next_on=next_on, by=by, at=at)
    _save(initiative, review_on=next_on)
    _note("review.written", made, initiative, by=by, at=at)
    return made


# --- stages and partners ---


@transaction.atomic
def add_stage(*, initiative_id, kind, from_on, by, at, to_on=None, ladder="", rung=""):
    """Set down a stage of content from a day (to another, not included), with the rung its people aim at, or none."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_add_stage(initiative, kind, by=by))
    if Stage.objects.filter(initiative=initiative, kind=kind, from_on=from_on).exists():
        raise Refused(Refusal("stage-once", "This stage begins on that day already.", "Choose another day."))
    aims = {"ladder": ladder, "target_rung": rung, "aimed_at": policies.aimed_at(ladder, rung)}
    stage = Stage.objects.create(initiative=initiative, kind=kind, from_on=from_on, to_on=to_on, **aims)
    _note("stage.set", stage, initiative, by=by, at=at, kind=kind, rung=rung)
    return stage


@transaction.atomic
def end_stage(*, stage_id, on, by, at):
    """Say that a stage is over: `on` is the first day after it."""
    stage = _lock(Stage, stage_id, "initiative")
    stop_if(permissions.why_not_change(stage.initiative, by=by))
    if on <= stage.from_on:
        raise Refused(Refusal("before-it-began", "A stage ends after it began.", "Choose a later day."))
    _save(stage, to_on=on)
    _note("stage.ended", stage, stage.initiative, by=by, at=at)
    return stage


@transaction.atomic
def aim(*, stage_id, ladder, rung, by, at, reason="", raised_by=None):
    """Say at which rung a stage aims. Aiming elsewhere later is a change of direction and has a reason."""
    stage = _lock(Stage, stage_id, "initiative")
    stop_if(permissions.why_not_change(stage.initiative, by=by))
    before, now = stage.aimed_at, policies.aimed_at(ladder, rung)
    if stage.target_rung:
        kept = {"before": f"{stage.kind}: {before}", "now": f"{stage.kind}: {now}"}
        _turned(stage.initiative, "stage", **kept, reason=reason, raised_by=raised_by, by=by, at=at)
    _save(stage, ladder=ladder, target_rung=rung, aimed_at=now)
    _note("stage.aimed", stage, stage.initiative, by=by, at=at, rung=rung)
    return stage


@transaction.atomic
def add_partner(*, initiative_id, name, brings, on, by, at):
    """Name a body or group that takes part from `on`, and what it brings."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_change(initiative, by=by))
    partner = Partner.objects.create(initiative=initiative, name=name, brings=brings, since=on)
    _note("partner.added", partner, initiative, by=by, at=at)
    return partner


@transaction.atomic
def end_partner(*, partner_id, on, by, at):
    """Say that a body or group no longer takes part."""
    partner = _lock(Partner, partner_id, "initiative")
    stop_if(permissions.why_not_change(partner.initiative, by=by))
    _save(partner, until=max(on, partner.since))
    _note("partner.ended", partner, partner.initiative, by=by, at=at)
    return partner


# --- seats and duties ---


@transaction.atomic
def give_seat(*, initiative, person, role, on, by, at):
    """Give a person a seat from `on`, and so a place in the organisation; who sits here keeps their seat.

    Stands before rules: for other operations, the installer and the demo. Returns the Seat.
    """
    organisations.welcome(person=person, organisation=initiative.organisation, on=on, by=by, at=at)
    seat, fresh = Seat.objects.get_or_create(
        initiative=initiative, person=person, left_on=None, defaults={"role": role, "joined_on": on}
    )
    if fresh:
        _note("seat.taken", seat, initiative, by=by, at=at, person=person.pk)
    return seat


@transaction.atomic
def seat_somebody(*, initiative_id, person, role, on, by, at, spoken=False):
    """Give a seat to somebody who has said yes. Raises Refused for a vague role or somebody who sits here."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_seat(initiative, role, by=by, person=person, spoken=spoken))
    seat = give_seat(initiative=initiative, person=person, role=role, on=on, by=by, at=at)
    words, url = f"You have a seat in {initiative.name}: {role}.", reverse("front:initiative", args=[initiative.pk])
    people.tell(to=person, about=f"seat:{seat.pk}:taken", words=words, url=url, by=by, at=at)
    return seat


@transaction.atomic
def set_empty_seat(*, initiative_id, role, by, at, asked=None, spoken=False):
    """Set a place that waits: for anybody, or for the person `asked`, who is told and says yes or no. Returns the Seat."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_seat(initiative, role, by=by, person=asked, spoken=spoken))
    if asked and Seat.objects.filter(initiative=initiative, asked=asked, left_on=None).exists():
        raise Refused(Refusal("asked", f"{asked.shown_name} was asked already.", "Wait for their answer."))
    seat = Seat.objects.create(initiative=initiative, role=role, asked=asked)
    _note("seat.set", seat, initiative, by=by, at=at, asked=asked.pk if asked else None)
    if asked:
        words = f"{initiative.name} asks you to take a seat: {role}. You can say yes or no."
        url = reverse("initiatives:answer_seat", args=[seat.pk])
        people.tell(to=asked, about=f"seat:{seat.pk}:asked", words=words, url=url, by=by, at=at)
    return seat


@transaction.atomic
def answer_seat(*, seat_id, yes, on, by, at):
    """Say yes to a seat that was kept for `by`, or no: then it stands open for others. Returns the Seat."""
    seat = _lock(Seat, seat_id, "initiative__organisation")
    stop_if(permissions.why_not_answer_seat(seat, by=by))
    _save(seat, asked=None)
    if yes:
        return _sit(seat, by, on=on, by=by, at=at)
    _note("seat.declined", seat, seat.initiative, by=by, at=at, person=by.pk)
    return seat


def _sit(seat, person, *, on, by, at):
    """Let a person sit on an empty seat."""
    organisations.welcome(person=person, organisation=seat.initiative.organisation, on=on, by=by, at=at)
    _save(seat, person=person, joined_on=on)
    _note("seat.taken", seat, seat.initiative, by=by, at=at, person=person.pk)
    return seat


@transaction.atomic
def take_back(*, seat_id, on, by, at):
    """Take an empty seat back."""
    seat = _lock(Seat, seat_id, "initiative")
    stop_if(permissions.why_not_take_back(seat, by=by))
    _save(seat, asked=None, left_on=on)
    _note("seat.taken_back", seat, seat.initiative, by=by, at=at)
    return seat


@transaction.atomic
def show(*, seat_id, lens, public, by, at):
    """Choose how `by` is shown here: which of their own lenses the table sees (or None), and whether outsiders see
    their name and role. Only the person themself."""
    seat = _lock(Seat, seat_id, "initiative")
    stop_if(permissions.why_not_own(seat, by=by))
    if lens is not None and (lens.person_id != by.pk or lens.let_go_at is not None):
        raise Refused(Refusal("not-yours", "This is not one of your lenses.", "Choose one of your own."))
    _save(seat, lens=lens, shown_public=public)
    _note("seat.shown", seat, seat.initiative, by=by, at=at)
    return seat


@transaction.atomic
def leave(*, seat_id, on, by, at):
    """Leave a seat, at any time and without a reason. The duties here end with it; what was given stays credited."""
    seat = _lock(Seat, seat_id, "initiative")
    stop_if(permissions.why_not_own(seat, by=by))
    _save(seat, left_on=max(on, seat.joined_on))
    InitiativeDuty.objects.filter(initiative=seat.initiative_id, person=by, until=None).update(until=on)
    _note("seat.left", seat, seat.initiative, by=by, at=at, person=by.pk)
    return seat


@transaction.atomic
def ask_to(*, initiative, person, kind, on, by, at):
    """Give a person a duty in the initiative from `on`; asking twice asks once. Stands before rules, like give_seat."""
    duty, fresh = InitiativeDuty.objects.get_or_create(
        initiative=initiative, person=person, kind=kind, until=None, defaults={"since": on}
    )
    if fresh:
        _note("duty.given", duty, initiative, by=by, at=at, kind=str(kind), person=person.pk)
    return duty


@transaction.atomic
def give_duty(*, initiative_id, person, kind, on, by, at):
    """Ask somebody at the table to take a duty. Raises Refused by the rule of who may be asked what."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_give(initiative, kind, to=person, by=by))
    return ask_to(initiative=initiative, person=person, kind=kind, on=on, by=by, at=at)


@transaction.atomic
def end_duty(*, duty_id, on, by, at):
    """End a duty: by its holder, or by who leads."""
    duty = _lock(InitiativeDuty, duty_id, "initiative")
    stop_if(permissions.why_not_end_duty(duty, by=by))
    _save(duty, until=max(on, duty.since))
    _note("duty.ended", duty, duty.initiative, by=by, at=at, kind=duty.kind, person=duty.person_id)
    return duty


# --- adverts ---


@transaction.atomic
def write_advert(*, initiative_id, by, at, **words):
    """Write a new advert that nobody sees yet. words: title, task, pay_kind, pay_words and the like."""
    initiative = _locked(initiative_id)
    stop_if(permissions.why_not_change(initiative, by=by))
    advert = Advert.objects.create(initiative=initiative, **words)
    _note("advert.written", advert, initiative, by=by, at=at)
    return advert


@transaction.atomic
def rewrite_advert(*, advert_id, by, at, **words):
    """Write on at an advert that nobody has seen yet."""
    advert = _lock(Advert, advert_id, "initiative")
    stop_if(permissions.why_not_write_advert(advert, by=by))
    _save(advert, **words)
    _note("advert.rewritten", advert, advert.initiative, by=by, at=at)
    return advert


@transaction.atomic
def publish(*, advert_id, by, at):
    """Open an advert for answers. Refused until it says pay or plainly that there is none, access, time, benefits."""
    advert = _lock(Advert, advert_id, "initiative")
    stop_if(permissions.why_not_publish(advert, by=by))
    _save(advert, state=AdvertState.PUBLISHED, published_at=at, published_by=by)
    _note("advert.published", advert, advert.initiative, by=by, at=at, paid=advert.pay_kind == PayKind.PAID)
    return advert


@transaction.atomic
def close(*, advert_id, by, at):
    """Close an advert; who has answered still gets an answer."""
    advert = _lock(Advert, advert_id, "initiative")
    stop_if(permissions.why_not_close(advert, by=by))
    _save(advert, state=AdvertState.CLOSED)
    _note("advert.closed", advert, advert.initiative, by=by, at=at)
    return advert


@transaction.atomic
def reply(*, advert_id, person, words, on, at, channel=None):
    """Answer an advert as `person`, who acts here on a screen or with a helper. Returns the AdvertReply."""
    advert = _lock(Advert, advert_id, "initiative")
    stop_if(permissions.why_not_reply(advert, person=person, on=on))
    return _replied(advert, person, words, channel or person.channel, by=person, at=at)


@transaction.atomic
def reply_as_guest(*, advert_id, shown_name, words, on, at):
    """Answer an advert without an account. Returns (AdvertReply, claim code): the code is shown once."""
    advert = _lock(Advert, advert_id, "initiative")
    stop_if(permissions.why_not_reply(advert, person=None, on=on))
    person, code = people.welcome_guest(shown_name=shown_name, at=at)
    return _replied(advert, person, words, Channel.SCREEN, by=person, at=at), code


@transaction.atomic
def enter_reply(*, advert_id, words, channel, on, by, at, person=None, shown_name="", mail="", phone=""):
    """Write down an answer that came by phone, on paper or in person: of a known person, or of somebody new by name.

    Somebody new belongs to the organisation from now on, so that they stand on its phone list when they are answered.
    """
    advert = _lock(Advert, advert_id, "initiative__organisation")
    stop_if(permissions.why_not_record(advert.initiative, by=by))
    stop_if(permissions.why_not_reply(advert, person=person, on=on))
    if person is None:
        person = people.add_person(shown_name=shown_name, mail=mail, phone=phone, by=by, at=at)
        organisations.welcome(person=person, organisation=advert.initiative.organisation, on=on, by=by, at=at)
    return _replied(advert, person, words, channel, by=by, at=at)


def _replied(advert, person, words, channel, *, by, at):
    made = AdvertReply.objects.create(advert=advert, person=person, words=words, channel=channel, at=at)
    _note("advert.answered", made, advert.initiative, by=by, at=at, channel=str(channel), person=person.pk)
    return made


@transaction.atomic
def welcome_reply(*, reply_id, role, on, by, at, spoken=False):
    """Welcome somebody who answered an advert: an empty seat of this role, or a new one. They are told by their way."""
    given = _lock(AdvertReply, reply_id, "person", "advert__initiative__organisation")
    initiative = given.advert.initiative
    stop_if(permissions.why_not_answer(given, by=by))
    stop_if(permissions.why_not_seat(initiative, role, by=by))
    if not policies.is_seated(given.person, initiative):
        stop_if(permissions.why_not_bring(initiative, given.person, spoken=spoken))
    seat = _fill_or_give(initiative, given.person, role, on=on, by=by, at=at)
    _save(given, state=ReplyState.WELCOMED, answered_at=at, answered_by=by)
    _note("advert.welcomed", given, initiative, by=by, at=at, seat=seat.pk)
    _tell_answer(given, f"Welcome. You have a seat in {initiative.name}: {role}.", by, at)
    return given


def _fill_or_give(initiative, person, role, *, on, by, at):
    """The oldest open seat of this role, now theirs, or a new one; who sits here already keeps their seat."""
    open_seats = Seat.objects.select_for_update().filter(initiative=initiative, person=None, asked=None, left_on=None)
    seat = None if policies.is_seated(person, initiative) else open_seats.filter(role=role).order_by("pk").first()
    if seat is None:
        return give_seat(initiative=initiative, person=person, role=role, on=on, by=by, at=at)
    return _sit(seat, person, on=on, by=by, at=at)


@transaction.atomic
def not_now(*, reply_id, reason, by, at):
    """Say no to somebody who answered an advert, with the reason. They are told by their own way."""
    given = _lock(AdvertReply, reply_id, "person", "advert__initiative__organisation")
    stop_if(permissions.why_not_answer(given, by=by))
    if not reason.strip():
        raise Refused(Refusal("reason", "A no has a reason.", "Write it as you would say it to them."))
    _save(given, state=ReplyState.NOT_NOW, reason=reason, answered_at=at, answered_by=by)
    _note("advert.not_now", given, given.advert.initiative, by=by, at=at)
    words = f"{given.advert.initiative.name}: not this time. {reason} Thank you for answering."
    _tell_answer(given, words, by, at)
    return given


def _tell_answer(given, words, by, at):
    url = reverse("initiatives:advert", args=[given.advert_id])
    people.tell(to=given.person, about=f"advert_reply:{given.pk}", words=words, url=url, by=by, at=at)


@transaction.atomic
def withdraw(*, reply_id, by, at):
    """Take one's own answer to an advert back while nobody has answered it."""
    given = _lock(AdvertReply, reply_id, "advert__initiative")
    stop_if(permissions.why_not_withdraw(given, by=by))
    _save(given, state=ReplyState.WITHDRAWN, answered_at=at)
    _note("advert.withdrawn", given, given.advert.initiative, by=by, at=at)
    return given


@transaction.atomic
def erase_words(*, person, at):
    """What this room does when a person is erased: they leave every seat and duty; their words and lens go.

    Rows stay, without a name, so that counts and what was decided remain true.
    """
    Seat.objects.filter(asked=person).update(asked=None)
    Seat.objects.filter(person=person).update(lens=None, shown_public=False)
    for model, ends in ((Seat, "left_on"), (InitiativeDuty, "until")):
        for row in model.objects.filter(person=person, **{ends: None}).select_related("initiative__organisation"):
            setattr(row, ends, local_day(row.initiative.organisation, at))
            row.save(update_fields=[ends])
    AdvertReply.objects.filter(person=person).update(words="", reason="")
    AdvertReply.objects.filter(person=person, state=ReplyState.ASKED).update(state=ReplyState.WITHDRAWN, answered_at=at)
