"""My page, the guest door and the helper's door. The account door is in `config/signing_in.py`."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people import forms, operations, permissions, queries
from alongside.people.permissions import person_needed
from alongside.people.states import ContactKind, PersonState, Side
from alongside.record import operations as record
from alongside.refusals import Refused

FEW_TOLD, FEW_VISITS = 5, 3
asks = require_http_methods(["GET", "HEAD", "POST"])


def _question(request, form, title, *, back="people:me", **more):
    """A page with one question, and the way back to my page."""
    context = {"form": form, "title": title, "submit": "Keep this", "back_url": reverse(back), "back_words": "My page"}
    return render(request, "design/question.html", context | more)


def _do(request, act, words, to="people:me"):
    """Run one operation; say what happened, or why not and what would help; go on."""
    try:
        act()
    except Refused as stop:
        messages.error(request, stop.said)
    else:
        messages.success(request, words)
    return redirect(to)


def _mine(request):
    """The arguments by which an operation knows whose record it is, who asks, and when."""
    return {"person_id": request.person.pk, "by": request.person, "at": now()}


def _by(request):
    return {"by": request.person, "at": now()}


def _safe(request, url):
    return url if url and url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}) else "/"


# --- my page ---


@require_safe
@person_needed
def me(request):
    person = request.person
    context = {
        "person": person,
        "contacts": queries.all_contacts_of(person),
        "lenses": [] if person.helped_by else queries.lenses_of(person),
        "needs": queries.needs_of(person),
        "told": queries.told_to(person)[:FEW_TOLD],
        "visits": queries.visits_of(person)[:FEW_VISITS],
        "login": queries.login_of(person),
        "has_code": queries.has_live_claim_code(person, now()),
    }
    return render(request, "people/me.html", context)


@asks
@person_needed
def name(request):
    form = forms.NameForm(request.POST or None, initial={"shown_name": request.person.shown_name})
    if not form.is_valid():
        return _question(request, form, "Your name here")
    return _do(
        request,
        lambda: operations.rename(**_mine(request), **form.cleaned_data),
        "Others see your new name from now on.",
    )


@asks
@person_needed
def telling(request):
    person = request.person
    form = forms.TellingForm(request.POST or None, initial={"tell_by": person.tell_by, "quiet": person.quiet})
    if not form.is_valid():
        return _question(request, form, "How we tell you things")
    way = form.cleaned_data["tell_by"]
    known = way not in ContactKind or queries.contact_for(person, way)
    words = "That is how we tell you things from now on." if known else "One thing is missing: where do we reach you?"
    to = "people:me" if known else reverse("people:contact", args=[way.lower()])
    return _do(request, lambda: operations.choose_telling(**_mine(request), **form.cleaned_data), words, to)


@asks
@person_needed
def contact(request, kind):
    if kind.upper() not in ContactKind:
        raise Http404
    kind = ContactKind(kind.upper())
    held = queries.contact_for(request.person, kind)
    initial = {"value": held.value, "safe": held.safe} if held else {}
    form = forms.ContactForm(request.POST if request.method == "POST" else None, kind=kind, initial=initial)
    if not form.is_valid():
        lead = "Only those see this who were asked to tell you things."
        return _question(request, form, "How we can reach you", lead=lead)
    return _do(
        request, lambda: operations.keep_contact(kind=kind, **_mine(request), **form.cleaned_data), "We have kept this."
    )


@asks
@person_needed
def unpaid(request):
    form = forms.UnpaidForm(request.POST or None, initial={"ask": "yes" if request.person.ask_unpaid else "no"})
    if not form.is_valid():
        return _question(request, form, "Work without money")
    ask = form.cleaned_data["ask"] == "yes"
    return _do(request, lambda: operations.choose_unpaid(ask=ask, **_mine(request)), "We have kept your answer.")


@require_safe
@person_needed
def told(request):
    return render(request, "people/told.html", {"told": queries.told_to(request.person)})


# --- lenses and needs ---


@asks
@person_needed
def lens_add(request):
    form = forms.LensForm(request.POST or None)
    if not form.is_valid():
        lead = "Nobody sees this until you show it, for one activity at a time."
        return _question(request, form, "Where you look from", lead=lead)
    token, given = form.cleaned_data.pop("once"), form.cleaned_data
    return _do(
        request,
        lambda: record.once(token=token, do=lambda: operations.add_lens(**_mine(request), **given).pk),
        "It is yours. Nobody sees it until you show it.",
    )


@asks
@person_needed
def lens(request, pk):
    lens = get_object_or_404(queries.lenses_of(request.person), pk=pk)
    form = forms.SideForm(request.POST if request.method == "POST" else None, initial={"side": lens.side})
    if not form.is_valid():
        return render(request, "people/lens.html", {"lens": lens, "form": form})
    side = form.cleaned_data["side"]
    words = f"It counts as {Side(side).label} where you show it." if side else "It is not counted."
    return _do(request, lambda: operations.count_lens(lens_id=lens.pk, side=side, **_by(request)), words)


@require_POST
@person_needed
def lens_let_go(request, pk):
    lens = get_object_or_404(queries.lenses_of(request.person), pk=pk)
    return _do(request, lambda: operations.let_go_lens(lens_id=lens.pk, **_by(request)), "You have let it go.")


@asks
@person_needed
def need_add(request):
    form = forms.NeedsForm(request.POST or None)
    if not form.is_valid():
        return _question(request, form, "What you need to take part", lead="You never have to say why.")
    shared = form.cleaned_data["shared"]

    def add():
        for need, words in form.chosen():
            operations.add_need(need=need, words=words, shared=shared, **_mine(request))

    act = lambda: record.once(token=form.cleaned_data["once"], do=add)  # noqa: E731
    return _do(request, act, "It is on your page, and you need not say it again.")


@require_POST
@person_needed
def need_share(request, pk):
    need = get_object_or_404(queries.needs_of(request.person), pk=pk)
    shared = request.POST.get("shared") == "yes"
    words = "The people who host what you come to can see it." if shared else "Only you see it now."
    return _do(request, lambda: operations.share_need(need_id=need.pk, shared=shared, **_by(request)), words)


@require_POST
@person_needed
def need_let_go(request, pk):
    need = get_object_or_404(queries.needs_of(request.person), pk=pk)
    return _do(request, lambda: operations.let_go_need(need_id=need.pk, **_by(request)), "It is off your page.")


# --- breaks ---


@asks
@person_needed
def pause(request):
    form = forms.BreakForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        lead = "Your seats, your name and all you did stay as they are. You need no reason."
        return _question(request, form, "Take a break", lead=lead, submit="Take a break")
    back_on = form.cleaned_data["back_on"]
    act = lambda: operations.move(to=PersonState.PAUSED, back_on=back_on, **_mine(request))  # noqa: E731
    return _do(request, act, "You are on a break. Press “I am back” when you want to go on.")


@asks
@person_needed
def stop(request):
    if request.method != "POST":
        return render(request, "people/stop.html")
    words = "You have stopped. You can come back at any time, with everything as it was."
    return _do(request, lambda: operations.move(to=PersonState.STOPPED, **_mine(request)), words)


@require_POST
@person_needed
def come_back(request):
    words = "Welcome back. Everything is as you left it."
    return _do(request, lambda: operations.move(to=PersonState.ACTIVE, **_mine(request)), words)


# --- claim codes ---


@never_cache
@asks
@person_needed
def claim_code(request):
    """Make a code and show it once, as a card to print."""
    owner = queries.login_of(request.person)
    refusal = permissions.why_not_give_claim_code(request.person, by=request.person, owner=owner)
    if request.method != "POST" or refusal:
        return render(request, "people/claim_code.html", {"refusal": refusal})
    code = operations.make_claim_code(person=request.person, **_by(request))
    return render(request, "people/claim_card_page.html", {"card": queries.claim_card(request.person, code)})


@never_cache
@asks
def claim(request):
    """Type a claim code to take up a record: with a sign-in that has none yet, or in this browser only."""
    if request.person and request.person.helped_by:
        return redirect("people:visit_begin")
    form = forms.ClaimForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/claim.html", {"form": form})
    if not permissions.may_try_code(request):
        return ratelimit.respond_429(request)
    login_id = request.user.pk if request.user.is_authenticated else None
    try:
        person = operations.claim(typed=form.cleaned_data["code"], login_id=login_id, at=now())
    except Refused as stop:
        permissions.count_wrong_code(request, stop.refusal)
        return render(request, "people/claim.html", {"form": form, "refusal": stop.refusal})
    return _claimed(request, person, login_id)


def _claimed(request, person, login_id):
    """Go on as the person; somebody without a sign-in gets the next code, since this one is used up."""
    if login_id:
        request.session.pop(queries.GUEST_KEY, None)
        messages.success(request, f"Your sign-in now opens the record of {person.shown_name}.")
        return redirect("people:me")
    operations.seat_guest(request.session, person=person)
    request.person = person
    code = operations.make_claim_code(person=person, by=person, at=now())
    return render(request, "people/claimed.html", {"card": queries.claim_card(person, code)})


@never_cache
@asks
def welcome(request):
    """Somebody came in by the account door for the first time: what may we call them, and were they here before?"""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    to = _safe(request, request.GET.get("next"))
    if request.user.person_id:
        return redirect(to)
    guest = queries.guest_in(request.session)
    guest = None if guest is None or queries.has_login(guest) else guest
    data = request.POST or None
    form = forms.JoinFromGuestForm(data, guest=guest) if guest else forms.JoinForm(data)
    if not form.is_valid():
        return _question(request, form, "Welcome", submit="Come in", back="account_logout", back_words="Not now")
    if form.cleaned_data["code"] and not permissions.may_try_code(request):
        return ratelimit.respond_429(request)
    return _join(request, form, guest, to)


def _join(request, form, guest, to):
    """Join the sign-in to the record of the code, of the guest, or to a new one."""
    given, login = form.cleaned_data, {"login_id": request.user.pk, "at": now()}

    def act():
        if given["code"]:
            return operations.claim(typed=given["code"], **login).pk
        mine = guest if given.get("was_guest") == "yes" else None
        return operations.join(shown_name=given["shown_name"], person=mine, **login).pk

    try:
        record.once(token=given["once"], do=act)
    except Refused as stop:
        permissions.count_wrong_code(request, stop.refusal)
        form.add_error("code" if given["code"] else None, stop.said)
        return _question(request, form, "Welcome", submit="Come in", back="account_logout", back_words="Not now")
    request.session.pop(queries.GUEST_KEY, None)
    messages.success(request, "You are in. On “My page” you say how we may tell you things.")
    return redirect(to)


# --- with a helper ---


@require_safe
@person_needed
def helped(request):
    return render(request, "people/helped.html", {"visits": queries.visits_of(request.person)})


@require_safe
@person_needed
def visit(request, pk):
    """The receipt of one visit, for the person and for the helper."""
    visit = get_object_or_404(queries.visits_with(request.person), pk=pk)
    return render(request, "people/visit.html", {"visit": visit, "done": queries.done_in_visit(visit)})


def _why_not_help(request):
    return permissions.why_not_help(
        request.person,
        has_login=queries.has_login(request.person),
        busy=queries.open_visit_of(request.person) is not None,
    )


@require_safe
@person_needed
def visit_begin(request):
    """Help somebody: the two ways to begin, and a visit that was left open."""
    context = {"refusal": _why_not_help(request), "open": queries.open_visit_of(request.person)}
    return render(request, "people/visit_begin.html", context)


def _begin(request, form, meet):
    """Begin a visit by one of the two ways and act for the person from now on."""
    given = dict(form.cleaned_data)
    token = given.pop("once")
    if "code" in given:
        given["typed"] = given.pop("code")
    try:
        pk = record.once(token=token, do=lambda: meet(helper=request.person, at=now(), **given).pk)
    except Refused as stop:
        permissions.count_wrong_code(request, stop.refusal)
        form.add_error(None, stop.said)
        return None
    operations.seat_visit(request.session, visit=get_object_or_404(queries.visits_with(request.person), pk=pk))
    return redirect("people:me")


@asks
@person_needed
def visit_new(request):
    form = forms.NewcomerForm(request.POST or None)
    if form.is_valid() and (response := _begin(request, form, operations.meet_newcomer)):
        return response
    lead = "They get a record of their own, and need no e-mail and no phone."
    return _question(
        request,
        form,
        "Somebody who is new here",
        lead=lead,
        submit="Begin",
        back="people:visit_begin",
        back_words="Back",
    )


@asks
@person_needed
def visit_code(request):
    form = forms.HoldersCodeForm(request.POST or None)
    if form.is_valid():
        if not permissions.may_try_code(request):
            return ratelimit.respond_429(request)
        if response := _begin(request, form, operations.meet_by_code):
            return response
    return _question(
        request, form, "Somebody with a claim code", submit="Begin", back="people:visit_begin", back_words="Back"
    )


@asks
@person_needed
def visit_end(request):
    """End the visit that is open in this browser, and show its receipt to print."""
    visit = queries.visit_in(request.session, getattr(request.user, "person", None))
    if visit is None or request.method != "POST":
        return redirect("people:visit_begin")
    operations.end_visit(visit_id=visit.pk, by=visit.helper, at=now())
    request.session.pop(queries.VISIT_KEY)
    person, request.person = request.person, visit.helper
    card = None
    if not queries.has_login(person):
        card = queries.claim_card(person, operations.make_claim_code(person=person, by=person, at=now()))
    visit = queries.visits_with(visit.helper).get(pk=visit.pk)
    context = {"visit": visit, "done": queries.done_in_visit(visit), "card": card}
    return render(request, "people/visit.html", context)


@require_POST
@person_needed
def visit_close(request, pk):
    """End a visit from the other side, or one that was left open in another browser."""
    visit = get_object_or_404(queries.visits_with(request.person), pk=pk)
    act = lambda: operations.end_visit(visit_id=visit.pk, **_by(request))  # noqa: E731
    return _do(request, act, "The visit is over.", reverse("people:visit", args=[visit.pk]))


# --- the second factor ---


@asks
@person_needed
def second(request):
    """Why money and operator duties ask for a second thing, and the way to show or set one up."""
    to = _safe(request, request.GET.get("next"))
    if request.method == "POST" and settings.DEMO and request.user.is_authenticated:
        permissions.show_second_factor_in_demo(request)
        return redirect(to)
    ways = [way for way in get_adapter().get_reauthentication_methods(request.user) if way["id"].startswith("mfa")]
    context = {
        "used": permissions.used_second_factor(request),
        "ways": [(f"{way['url']}?{urlencode({'next': to})}", way["description"]) for way in ways],
        "is_guest": not request.user.is_authenticated,
        "next": to,
    }
    return render(request, "people/second.html", context)
