"""Pages of asks to use an initiative for publicity."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.design.states import day_words
from alongside.downloads import download
from alongside.media import forms, operations, permissions, queries
from alongside.organisations.queries import local_day
from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press_once, question
from alongside.refusals import Refused

A_PAGE = 30


def _today(initiative):
    return local_day(initiative.organisation, timezone.now())


def _table(request, initiative_id):
    return get_object_or_404(queries.tables_of(request.person), pk=initiative_id)


def _led(request, ask_id):
    return get_object_or_404(queries.asks_led_by(request.person), pk=ask_id)


# --- the log ---


@require_safe
@person_needed
def log(request, initiative_id):
    """Every ask with its answer, refusals included; for the table."""
    here = _table(request, initiative_id)
    refusal = permissions.why_not_open(here, by=request.person)
    page = Paginator(queries.asks_of(here), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "initiative": here,
        "page_obj": page,
        "rows": queries.log_of(page.object_list, leads=refusal is None),
        "refusal": refusal,
        "shown": queries.is_shown(here),
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "media/log.html", context)


@require_safe
@person_needed
def log_file(request, initiative_id):
    """The log for a spreadsheet."""
    here = _table(request, initiative_id)
    leads = permissions.why_not_open(here, by=request.person) is None
    data = queries.log_file(queries.log_of(queries.asks_of(here), leads=leads))
    return download(data, "asks.csv", "text/csv; charset=utf-8")


@require_safe
def refused(request, initiative_id):
    """What an initiative said no to, for anybody, where who leads shows it."""
    here = get_object_or_404(queries.seen_by(request.person), pk=initiative_id)
    context = {
        "initiative": here,
        "rows": queries.refused(here),
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "media/refused.html", context)


@require_POST
@person_needed
def show(request, initiative_id):
    """Show refusals to anybody, or not any more."""
    here = get_object_or_404(queries.led_by(request.person), pk=initiative_id)
    shown = request.POST.get("shown") == "1"
    try:
        operations.show_refusals(initiative=here, shown=shown, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("media:log", here.pk)


# --- one ask ---


@ASK
@person_needed
def write_down(request, initiative_id):
    """Write down that somebody asks."""
    here = _table(request, initiative_id)
    form = forms.AskForm(request.POST or None, initial={"asked_on": _today(here)})

    def do(**said):
        return operations.write_down(initiative=here, **said)

    if press_once(request, form, do, "wants"):
        return redirect("media:log", here.pk)
    lead = "As they said it. The table answers it together, and each person for themselves."
    context = {"form": form, "title": "Somebody asks to use our work", "lead": lead, "submit": "Write it down"}
    return question(request, context, "media:log", "Asks", here.pk)


@require_safe
@person_needed
def ask(request, ask_id):
    """One ask: what the table said, whether people said yes, and where it was used."""
    shown = get_object_or_404(queries.asks_visible_to(request.person), pk=ask_id)
    refusal = permissions.why_not_open(shown.initiative, by=request.person)
    today = _today(shown.initiative)
    context = {
        "row": queries.row_of(shown, leads=refusal is None),
        "uses": queries.uses_of(shown),
        "quotes": queries.needs_quotes(shown),
        "refusal": refusal,
        "open": shown.state == "ASKED",
        "may_use": permissions.why_not_use(shown, by=request.person, used_on=today) is None,
        "back_url": reverse("media:log", args=[shown.initiative_id]),
        "back_words": "Asks",
    }
    return render(request, "media/ask.html", context)


@ASK
@person_needed
def answer_ask(request, ask_id):
    """What the table says, written down by who leads."""
    shown = _led(request, ask_id)
    today = _today(shown.initiative)
    form = forms.TableForm(request.POST or None, state=shown.state, initial={"answered_on": today})

    def do(**said):
        return operations.answer_ask(ask_id=shown.pk, **said)

    if press_once(request, form, do, "to"):
        return redirect("media:ask", shown.pk)
    lead = f"{shown.who} asks for: {queries.wants_words(shown)}. A no needs no reason, and it stays in the log."
    context = {"form": form, "title": "The answer of the table", "lead": lead, "submit": "Write it down"}
    return question(request, context, "media:ask", "The ask", shown.pk)


@ASK
@person_needed
def ask_people(request, ask_id):
    """Ask people for their own answer."""
    shown = _led(request, ask_id)
    form = forms.PeopleForm(request.POST or None, people=queries.may_be_asked(shown))

    def do(people, **acts):
        operations.ask_people(ask_id=shown.pk, people_asked=people, **acts)
        return shown

    if press_once(request, form, do, "people", told="They are asked, each by the way they chose."):
        return redirect("media:ask", shown.pk)
    context = {"form": form, "title": "Ask people for themselves", "lead": shown.who, "submit": "Ask them"}
    return question(request, context, "media:ask", "The ask", shown.pk)


@ASK
@person_needed
def use(request, ask_id):
    """Where it was used."""
    shown = _led(request, ask_id)
    today = _today(shown.initiative)
    form = forms.UseForm(request.POST or None, answers=list(queries.said_yes(shown)), initial={"used_on": today})

    def do(**said):
        return operations.use(ask_id=shown.pk, **said)

    if press_once(request, form, do, "place"):
        return redirect("media:ask", shown.pk)
    lead = "Only what the table said yes to, and only with people who said yes for themselves."
    context = {"form": form, "title": "Where it was used", "lead": lead, "submit": "Write it down"}
    return question(request, context, "media:ask", "The ask", shown.pk)


@require_POST
@person_needed
def told(request, used_id):
    """Say that a place was told to take it down."""
    used = get_object_or_404(queries.uses_led_by(request.person), pk=used_id)
    try:
        operations.say_told(used_id=used.pk, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    else:
        messages.success(request, "It is written down that they were told.")
    return redirect("media:ask", used.ask_id)


# --- for oneself ---


@require_safe
@person_needed
def mine(request):
    """What I said for myself, and where I can be seen."""
    refusal = permissions.why_not_read_own(request.person, by=request.person)
    context = {
        "refusal": refusal,
        "rows": [] if refusal else queries.own_rows(request.person),
        "back_url": reverse("people:me"),
        "back_words": "My page",
    }
    return render(request, "media/mine.html", context)


@ASK
@person_needed
def answer(request, answer_id):
    """My own answer to one ask; may be changed at any time."""
    asked = get_object_or_404(queries.answers_of(request.person), pk=answer_id)
    form = forms.OwnForm(request.POST or None)

    def do(**said):
        return operations.say(answer_id=asked.pk, **said)

    if press_once(request, form, do, "to", told="Kept. You can say it otherwise here at any time."):
        return redirect("media:mine")
    about = asked.ask
    back = f" They give back: {about.given_back}." if about.given_back else " They give nothing back."
    lead = f"{about.who} asks for: {queries.wants_words(about)}. What for: {about.purpose} Until {day_words(about.until, weekday=False)}.{back}"
    context = {"form": form, "title": f"May you be in it? {about.initiative.name}", "lead": lead, "submit": "Answer"}
    return question(request, context, "media:mine", "Where I may be shown")
