"""The pages by which people begin, run and join an initiative."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.calculations import content
from alongside.discretion import queries as discretion
from alongside.initiatives import forms, operations, permissions, queries
from alongside.initiatives.states import CHANGES, NEXT, WORDS, AdvertState, InitiativeState
from alongside.organisations import queries as organisations
from alongside.people import operations as people_operations
from alongside.people import queries as people
from alongside.people.permissions import may_welcome_guest, person_needed
from alongside.record import operations as record
from alongside.refusals import Refused

A_PAGE = 20
MOVE_WORDS = {
    InitiativeState.OPEN: "Open it: everybody can see it and people can take part",
    InitiativeState.PAUSED: "Pause it: nothing is asked of anybody for a while",
    InitiativeState.ENDED: "End it: it stays readable, nothing more happens",
}
question = require_http_methods(["GET", "HEAD", "POST"])


def asks(view):
    """A question page of somebody who acts."""
    return question(person_needed(view))


def shows(view):
    """A page for reading, of somebody who acts."""
    return require_GET(person_needed(view))


def presses(view):
    """A button of somebody who acts."""
    return require_POST(person_needed(view))


def _ask(request, form, do, then, *, words="", **page):
    """Show a question page. After a good answer do(**answers), once for each showing of a form that creates; then go
    to the address `then`, or to what `then` makes of the new thing's key. A refusal stands beside the answers."""
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        token = answers.pop("once", None)
        try:
            made = record.once(token=token, do=lambda: do(**answers).pk) if token else do(**answers).pk
        except Refused as stop:
            form.add_error(None, stop.said)
        else:
            if words:
                messages.success(request, words)
            return redirect(then(made) if callable(then) else then)
    return render(request, page.pop("template", "design/question.html"), {"form": form, **page})


def _press(request, do, words, then):
    """Do one thing on a press; say what happened, or why it may not; go on to `then`."""
    try:
        do()
        messages.success(request, words)
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect(then)


def _find(request, things, pk):
    """(thing, who acts and when, the local day): one of `things`, each an initiative or hanging on one; else 404."""
    thing = get_object_or_404(things, pk=pk)
    advert = getattr(thing, "advert", thing)
    initiative = getattr(advert, "initiative", advert)
    at = timezone.now()
    return thing, {"by": request.person, "at": at}, organisations.local_day(initiative.organisation, at)


def _led(request, pk):
    return _find(request, queries.led_by(request.person), pk)


def _to(name, pk):
    return reverse(f"initiatives:{name}", args=[pk])


def _back(initiative, name="run", words=""):
    return {"back_url": _to(name, initiative.pk), "back_words": words or f"Look after {initiative.name}"}


def _page(initiative):
    return {"back_url": reverse("front:initiative", args=[initiative.pk]), "back_words": initiative.name}


# --- begin and run ---


@asks
def begin(request):
    places = queries.places_for(request.person)
    if not places:
        return render(request, "initiatives/nowhere.html", {"title": "Begin something together"})
    at = timezone.now()

    def do(*, organisation, **answers):
        on = organisations.local_day(organisation, at)
        return operations.begin_here(organisation=organisation, by=request.person, at=at, on=on, **answers)

    form = forms.BeginForm(request.POST or None, places=places)
    lead = "It starts as a draft that only its table sees. You ask others in, and open it when you are ready."
    then = partial(_to, "origin")
    return _ask(request, form, do, then, title="Begin something together", lead=lead, submit="Begin")


@shows
def run(request, pk):
    """All that somebody who leads can do here, with what still stands in the way of opening."""
    initiative, _, _ = _led(request, pk)
    draft = initiative.state == InitiativeState.DRAFT
    context = {
        "initiative": initiative,
        "kind": content.kind(initiative.kind),
        "moves": NEXT[initiative.state],
        "stops": permissions.why_not_move(initiative, InitiativeState.OPEN, by=request.person) if draft else None,
        "seats": queries.seated(initiative),
        "empty_seats": queries.empty_seats(initiative),
        "duties": queries.duties_in(initiative),
        "stages": [(stage, content.stage(stage.kind)) for stage in queries.stages_of(initiative)],
        "partners": queries.partners_of(initiative),
        "adverts": queries.adverts_of(initiative, drafts=True),
    }
    return render(request, "initiatives/run.html", {**context, **_page(initiative)})


@asks
def write(request, pk, fields, needed):
    initiative, acts, _ = _led(request, pk)
    draft = initiative.state == InitiativeState.DRAFT
    empty = [field for field in fields if draft or not getattr(initiative, field)]
    if not empty:
        messages.info(request, "This is public already. Say what turns, and why.")
        return redirect("initiatives:change", pk)
    initial = {field: getattr(initiative, field) for field in empty}
    form = forms.WordsForm(request.POST or None, fields=empty, needed=needed, initial=initial)

    def do(**answers):
        return operations.write(initiative_id=pk, words=answers, **acts)

    page = {"title": WORDS[fields[0]] if len(fields) == 1 else initiative.name, "submit": "Keep these answers"}
    lead = "Everybody can read these answers once the initiative is open."
    return _ask(request, form, do, _to("run", pk), words="Kept.", lead=lead, **page, **_back(initiative))


@asks
def change(request, pk):
    initiative, acts, _ = _led(request, pk)
    people_here = [seat.person for seat in queries.seated(initiative)]
    form = forms.ChangeForm(request.POST or None, initiative=initiative, people=people_here)
    do = partial(operations.change_direction, initiative_id=pk, **acts)
    page = {"title": "A change of direction", "submit": "Change it", **_back(initiative)}
    words = "The change stands, with its reason. What stood before is kept."
    return _ask(request, form, do, _to("changes", pk), words=words, **page)


@shows
def changes(request, pk):
    initiative, _, _ = _find(request, queries.table_of(request.person), pk)
    context = {
        "initiative": initiative,
        "moves": queries.moves_of(initiative),
        "changes": [(one, CHANGES[one.what]) for one in queries.changes_of(initiative)],
        "reviews": queries.reviews_of(initiative),
        "gaps": queries.first_contribution_gap(initiative),
        "leads": permissions.why_not_lead(initiative, by=request.person) is None,
        "records": permissions.why_not_record(initiative, by=request.person) is None,
    }
    return render(request, "initiatives/changes.html", {**context, **_page(initiative)})


@asks
def move(request, pk):
    initiative, acts, _ = _led(request, pk)
    ways = [(state.value, words) for state, words in MOVE_WORDS.items() if state in NEXT[initiative.state]]
    form = forms.MoveForm(request.POST or None, moves=ways)
    do = partial(operations.move, initiative_id=pk, **acts)
    title = f"{initiative.name} is {initiative.get_state_display().lower()}"
    return _ask(request, form, do, _page(initiative)["back_url"], title=title, submit="Do this", **_back(initiative))


@asks
def freeze_aim(request, pk):
    initiative, acts, _ = _led(request, pk)
    form = forms.FreezeForm(request.POST or None, initial={"on": initiative.aim_frozen_on})
    do = partial(operations.freeze_aim, initiative_id=pk, raised_by=request.person, **acts)
    lead = "Somebody who comes in after this day can no longer shape what it is for. The records show who came when."
    page = {"title": "When the aim stood fast", "lead": lead, "submit": "Keep", **_back(initiative)}
    return _ask(request, form, do, _to("run", pk), words="Kept. Everybody can read it.", **page)


@asks
def review(request, pk):
    initiative, acts, _ = _find(request, queries.noted_by(request.person), pk)
    do = partial(operations.review, initiative_id=pk, **acts)
    page = {"title": f"How {initiative.name} goes", "submit": "Keep", **_back(initiative, "changes", "What changed")}
    return _ask(request, forms.ReviewForm(request.POST or None), do, _to("changes", pk), **page)


# --- stages and partners ---


@asks
def add_stage(request, pk):
    initiative, acts, _ = _led(request, pk)
    do = partial(operations.add_stage, initiative_id=pk, **acts)
    page = {"title": "Set down a stage", "submit": "Set it down", **_back(initiative)}
    return _ask(request, forms.StageForm(request.POST or None), do, _to("run", pk), **page)


@asks
def end_stage(request, pk):
    stage, acts, today = _find(request, queries.stages_led_by(request.person), pk)
    form = forms.StageEndForm(request.POST or None, initial={"on": today})
    do = partial(operations.end_stage, stage_id=pk, **acts)
    title = f"When was “{content.stage(stage.kind).words}” over?"
    then = _to("run", stage.initiative_id)
    return _ask(request, form, do, then, title=title, submit="Keep", **_back(stage.initiative))


@asks
def aim(request, pk):
    stage, acts, _ = _find(request, queries.stages_led_by(request.person), pk)
    now = f"{stage.ladder}:{stage.target_rung}" if stage.ladder else ""
    form = forms.AimForm(request.POST or None, initial={"target": now})
    do = partial(operations.aim, stage_id=pk, raised_by=request.person, **acts)
    title = f"How far “{content.stage(stage.kind).words}” aims"
    then = _to("run", stage.initiative_id)
    return _ask(request, form, do, then, title=title, submit="Keep", **_back(stage.initiative))


@asks
def add_partner(request, pk):
    initiative, acts, on = _led(request, pk)
    do = partial(operations.add_partner, initiative_id=pk, on=on, **acts)
    page = {"title": "Who else takes part?", "submit": "Add", **_back(initiative)}
    return _ask(request, forms.PartnerForm(request.POST or None), do, _to("run", pk), **page)


@presses
def end_partner(request, pk):
    partner, acts, on = _find(request, queries.partners_led_by(request.person), pk)
    do = partial(operations.end_partner, partner_id=pk, on=on, **acts)
    return _press(request, do, f"{partner.name} no longer takes part.", _to("run", partner.initiative_id))


# --- seats and duties ---


@shows
def seats(request, pk):
    initiative, _, _ = _find(request, queries.table_of(request.person), pk)
    own = request.person.pk
    context = {
        "initiative": initiative,
        "table": queries.table_seats(initiative, inside=True),
        "rows": [(seat, seat.person_id == own) for seat in queries.seated(initiative)],
        "duties": [(duty, duty.person_id == own) for duty in queries.duties_in(initiative)],
        "leads": permissions.why_not_lead(initiative, by=request.person) is None,
    }
    return render(request, "initiatives/seats.html", {**context, **_page(initiative)})


@asks
def add_seat(request, pk):
    initiative, acts, on = _led(request, pk)
    known = queries.may_be_asked(initiative, by=request.person, seated_too=request.method == "POST")
    form = forms.SeatForm(request.POST or None, people=known)

    def do(*, how, person, **said):
        if how == "give":
            return operations.seat_somebody(initiative_id=pk, person=person, on=on, **said, **acts)
        asked = person if how == "ask" else None
        return operations.set_empty_seat(initiative_id=pk, asked=asked, **said, **acts)

    page = {"title": "A new seat", "submit": "Set this seat", **_back(initiative)}
    return _ask(request, form, do, _to("seats", pk), **page)


@asks
def answer_seat(request, pk):
    seat, acts, on = _find(request, queries.seats_asked_of(request.person), pk)
    do = partial(operations.answer_seat, seat_id=pk, on=on, **acts)
    keeps = discretion.keeps_anything(request.person)
    page = {"template": "initiatives/answer_seat.html", "seat": seat, "keeps": keeps, "submit": "Send my answer"}
    title = f"A seat in {seat.initiative.name}"
    words = "Your answer is kept."
    return _ask(request, forms.YesNoForm(request.POST or None), do, "front:today", words=words, title=title, **page)


@asks
def show(request, pk):
    seat, acts, _ = _find(request, queries.seats_of(request.person), pk)
    initial = {"lens": seat.lens_id or "", "public": seat.shown_public}
    form = forms.ShowForm(request.POST or None, lenses=people.lenses_of(request.person), initial=initial)
    do = partial(operations.show, seat_id=pk, **acts)
    page = {"title": "How you are shown here", "submit": "Keep", **_back(seat.initiative, "seats", "The table")}
    words = "Kept. You can change it at any time."
    return _ask(request, form, do, _to("seats", seat.initiative_id), words=words, **page)


@asks
def leave(request, pk):
    seat, acts, on = _find(request, queries.seats_of(request.person), pk)
    form = forms.SureForm(request.POST if request.method == "POST" else None)
    do = partial(operations.leave, seat_id=pk, on=on, **acts)
    lead = "You need no reason. What you gave stays credited to you, and you can come back."
    page = {"title": f"Leave {seat.initiative.name}?", "lead": lead, "submit": "Leave my seat"}
    words = f"You have left {seat.initiative.name}. What you gave stays yours."
    back = _back(seat.initiative, "seats", "The table")
    return _ask(request, form, do, "front:today", words=words, **page, **back)


@presses
def take_back(request, pk):
    seat, acts, on = _find(request, queries.seats_led_by(request.person), pk)
    do = partial(operations.take_back, seat_id=pk, on=on, **acts)
    return _press(request, do, "The empty seat is gone.", _to("run", seat.initiative_id))


@asks
def give_duty(request, pk):
    initiative, acts, on = _led(request, pk)
    form = forms.DutyForm(request.POST or None, people=[seat.person for seat in queries.seated(initiative)])
    do = partial(operations.give_duty, initiative_id=pk, on=on, **acts)
    lead = "A duty is something to do for the others. It is never a rank."
    page = {"title": "Ask somebody to take a duty", "lead": lead, "submit": "Give this duty", **_back(initiative)}
    return _ask(request, form, do, _to("seats", pk), **page)


@presses
def end_duty(request, pk):
    return _end_duty(request, queries.duties_led_by(request.person), pk)


@presses
def lay_down(request, pk):
    return _end_duty(request, queries.duties_of(request.person), pk)


def _end_duty(request, duties, pk):
    duty, acts, on = _find(request, duties, pk)
    do = partial(operations.end_duty, duty_id=pk, on=on, **acts)
    words = "This duty has ended. It stays in the record that it was held."
    return _press(request, do, words, _page(duty.initiative)["back_url"])


# --- adverts ---


@require_GET
def adverts(request):
    words = request.GET.get("find", "").strip()[:100]
    found = queries.open_adverts(timezone.localdate(), words)
    context = {
        "title": "What you could join",
        "page_obj": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "find_words": "Find something by a word or a place",
        "find_value": words,
    }
    return render(request, "initiatives/adverts.html", context)


@require_GET
def advert(request, pk):
    advert, acts, on = _find(request, queries.adverts_visible_to(request.person), pk)
    by, own = request.person, queries.reply_to(advert, request.person)
    leads = by is not None and permissions.why_not_lead(advert.initiative, by=by) is None
    draft = advert.state == AdvertState.DRAFT
    context = {
        "advert": advert,
        "own": own,
        "thread": queries.reply_thread(own) if own else None,
        "stops": permissions.why_not_reply(advert, person=by, on=on),
        "leads": leads,
        "records": by is not None and permissions.why_not_record(advert.initiative, by=by) is None,
        "not_yet": permissions.why_not_publish(advert, by=by) if leads and draft else None,
        "back_url": reverse("initiatives:adverts"),
        "back_words": "What you could join",
    }
    return render(request, "initiatives/advert.html", context)


@asks
def write_advert(request, pk):
    initiative, acts, _ = _led(request, pk)
    initial = {"benefit_line": queries.proposed_benefit_line(initiative.organisation)}
    do = partial(operations.write_advert, initiative_id=pk, **acts)
    page = {"title": "An advert", "lead": "Nobody sees it before you publish it.", "submit": "Keep and look at it"}
    form = forms.AdvertForm(request.POST or None, initial=initial)
    return _ask(request, form, do, partial(_to, "advert"), **page, **_back(initiative))


@asks
def rewrite_advert(request, pk):
    advert, acts, _ = _find(request, queries.adverts_led_by(request.person), pk)
    initial = {name: getattr(advert, name) for name in forms.AdvertWords.base_fields}
    form = forms.AdvertWords(request.POST or None, initial=initial)
    do = partial(operations.rewrite_advert, advert_id=pk, **acts)
    page = {"title": "An advert", "submit": "Keep and look at it", **_back(advert.initiative)}
    return _ask(request, form, do, _to("advert", pk), **page)


@presses
def publish(request, pk):
    _, acts, _ = _find(request, queries.adverts_led_by(request.person), pk)
    do = partial(operations.publish, advert_id=pk, **acts)
    return _press(request, do, "Everybody can read and answer it now.", _to("advert", pk))


@presses
def close(request, pk):
    _, acts, _ = _find(request, queries.adverts_led_by(request.person), pk)
    do = partial(operations.close, advert_id=pk, **acts)
    return _press(request, do, "It is closed. Who has answered still gets an answer.", _to("advert", pk))


@question
def reply(request, pk):
    """Answer an advert: as the person who acts, or as somebody new by a name of their choice."""
    advert, acts, on = _find(request, queries.adverts_visible_to(request.person), pk)
    stop = permissions.why_not_reply(advert, person=request.person, on=on)
    if stop and request.method != "POST":
        return render(request, "initiatives/no_answer.html", {"advert": advert, "stop": stop})
    acts = {"advert_id": pk, "at": acts["at"], "on": on}
    page = {"title": f"Answer: {advert.title}", "submit": "Send my answer"}
    page |= {"back_words": "The advert", "back_url": _to("advert", pk)}
    if request.person is None:
        return _reply_as_guest(request, acts, page)
    do = partial(operations.reply, person=request.person, **acts)
    words = "Thank you. Your answer is with the people who lead this."
    return _ask(request, forms.ReplyForm(request.POST or None), do, page["back_url"], words=words, **page)


def _reply_as_guest(request, acts, page):
    """The guest's door: act first, with a code to take the record up later; shown once, on the page that follows."""
    made = []

    def do(**answers):
        made.extend(operations.reply_as_guest(**acts, **answers))
        return made[0]

    form = forms.GuestReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not may_welcome_guest(request):
        return render(request, "429.html", status=429)
    answer = _ask(request, form, do, "initiatives:adverts", words="Your answer is sent.", **page)
    if not made:  # not sent yet, or a second press of the same page: the code was shown after the first
        return answer
    given, code = made
    people_operations.seat_guest(request.session, person=given.person)
    context = {"card": people.claim_card(given.person, code), "thread": queries.reply_thread(given)}
    return render(request, "initiatives/guest_told.html", context)


@asks
def enter_reply(request, pk):
    advert, acts, on = _find(request, queries.adverts_noted_by(request.person), pk)
    known = queries.may_be_asked(advert.initiative, by=request.person)
    do = partial(operations.enter_reply, advert_id=pk, on=on, **acts)
    lead = "For an answer that came by phone, on paper or in person. It counts like any other."
    page = {"title": "Write down an answer", "lead": lead, "submit": "Write it down", "back_words": "The advert"}
    form = forms.EnterReplyForm(request.POST or None, people=known)
    return _ask(request, form, do, _to("advert", pk), words="It is written down.", back_url=_to("advert", pk), **page)


@shows
def replies(request, pk):
    advert, _, _ = _find(request, queries.adverts_led_by(request.person), pk)
    rows = [(given, queries.reply_thread(given)) for given in queries.replies_to(advert)]
    context = {"advert": advert, "rows": rows, "back_url": _to("advert", pk), "back_words": "The advert"}
    return render(request, "initiatives/replies.html", context)


@asks
def welcome(request, pk):
    given, acts, on = _find(request, queries.replies_led_by(request.person), pk)
    form = forms.WelcomeForm(request.POST or None, initial={"role": given.advert.title})
    then, name = _to("replies", given.advert_id), given.person.shown_name
    do = partial(operations.welcome_reply, reply_id=pk, on=on, **acts)
    page = {"title": f"Welcome {name}", "submit": "Give them a seat", "back_url": then, "back_words": "All answers"}
    return _ask(request, form, do, then, words=f"{name} has a seat and is told.", **page)


@asks
def not_now(request, pk):
    given, acts, _ = _find(request, queries.replies_led_by(request.person), pk)
    then, name = _to("replies", given.advert_id), given.person.shown_name
    do = partial(operations.not_now, reply_id=pk, **acts)
    page = {"title": f"Not this time: {name}", "submit": "Send this", "back_url": then, "back_words": "All answers"}
    return _ask(request, forms.NotNowForm(request.POST or None), do, then, words=f"{name} is told why.", **page)


@presses
def withdraw(request, pk):
    given, acts, _ = _find(request, queries.replies_of(request.person), pk)
    do = partial(operations.withdraw, reply_id=pk, **acts)
    return _press(request, do, "Your answer is taken back.", _to("advert", given.advert_id))
