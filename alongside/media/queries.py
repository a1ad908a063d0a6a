"""Reads of asks: the log for the table, what anybody may read, and what a person said for themselves."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.urls import reverse

from alongside.calculations.sheets import safe_rows
from alongside.design.states import Line
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import LEADING
from alongside.media.models import Answer, Ask, InUse, Openness, Used
from alongside.media.policies import open_uses
from alongside.media.states import OF_PEOPLE, SAID_YES, AskState, Own, Want
from alongside.people import queries as people

HEADS = (
    "Asked on", "Who asked", "What they wanted", "What for and where", "Until", "Given back", "Answer", "Answered on",
    "Conditions or why not", "Decided how", "People",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One ask with what the reader may know of its people. wants: in words; people: a sentence, "" when nobody was asked."""

    ask: object
    wants: str
    people: str


def wants_words(ask):
    """What was asked for, in words: "A photograph, an interview"."""
    first, *others = (Want(each).label for each in ask.wants)
    return ", ".join([first, *(label[:1].lower() + label[1:] for label in others)])


def needs_quotes(ask):
    """Whether words of people are asked for, which need a yes of their own."""
    return bool(OF_PEOPLE & set(ask.wants))


# --- whose it is to read ---


def tables_of(person):
    """Initiatives whose log the person may read: those at whose table they are."""
    return initiatives.table_of(person).select_related("organisation")


def led_by(person):
    """Initiatives whose refusals the person may show."""
    return initiatives.led_by(person)


def seen_by(person):
    """Initiatives whose own page the person may open."""
    return initiatives.visible_to(person)


def _asks():
    return Ask.objects.select_related("initiative__organisation").order_by("-asked_on", "-pk")


def asks_visible_to(person):
    """Asks of tables where the person may read, newest first."""
    return _asks().filter(initiatives.at_table(person))


def asks_led_by(person):
    """Asks of initiatives that the person leads or chairs, newest first."""
    return _asks().filter(initiatives.asked_to(person, LEADING))


def uses_led_by(person):
    """Uses of initiatives that the person leads or chairs, newest first."""
    found = Used.objects.filter(initiatives.asked_to(person, LEADING, "ask__initiative"))
    return found.select_related("ask__initiative").order_by("-used_on", "-pk")


def answers_of(person):
    """What the person was asked for themselves, newest first; nobody else reads these rows."""
    own = Answer.objects.filter(person=person).select_related("ask__initiative", "person")
    return own.order_by("-asked_at", "-pk")


# --- the log ---


def asks_of(initiative):
    """Every ask of one initiative, refusals included, newest first."""
    return _asks().filter(initiative=initiative)


def log_of(asks, *, leads):
    """Asks as Rows, in their order.

    Who leads reads how many said yes; the table reads whether everybody did. Nobody reads who.
    """
    asks = list(asks)
    counts = _counts(asks)
    return [Row(ask, wants_words(ask), _people_words(counts[ask.pk], leads)) for ask in asks]


def row_of(ask, *, leads):
    """One ask as a Row."""
    return Row(ask, wants_words(ask), _people_words(_counts([ask])[ask.pk], leads))


def _counts(asks):
    counts = defaultdict(Counter)
    for ask, state in Answer.objects.filter(ask__in=asks).order_by("pk").values_list("ask", "state"):
        counts[ask]["asked"] += 1
        counts[ask]["yes"] += state in SAID_YES
    return counts


def _people_words(count, leads):
    asked, yes = count["asked"], count["yes"]
    if not asked:
        return ""
    if leads:
        return f"{yes} of {asked} said yes."
    return "Everybody who was asked said yes." if yes == asked else "Not everybody who was asked has said yes."


def log_file(rows):
    """The log as rows with commas for any spreadsheet, as bytes."""
    lines = [
        [
            row.ask.asked_on.isoformat(), row.ask.who, row.wants, row.ask.purpose, row.ask.until.isoformat(),
            row.ask.given_back, row.ask.get_state_display(),
            row.ask.answered_on.isoformat() if row.ask.answered_on else "", row.ask.conditions or row.ask.why,
            row.ask.decided_how, row.people,
        ]
        for row in rows
    ]  # fmt: skip
    return safe_rows([HEADS, *lines]).encode("utf-8-sig")


def is_shown(initiative):
    """Whether anybody may read what the initiative said no to; no before who leads shows it."""
    return Openness.objects.filter(initiative=initiative, shown=True).exists()


def refused(initiative):
    """What the initiative said no to, as (day asked, what was wanted, why), newest first; None when it is not shown.

    Who asked is not here: it may be the name of somebody who only did their work.
    """
    if not is_shown(initiative):
        return None
    asks = _asks().filter(initiative=initiative, state=AskState.NO)
    return [(ask.asked_on, wants_words(ask), ask.why) for ask in asks]


# --- one ask ---


def may_be_asked(ask):
    """Persons who sit or sat here and were not asked yet, by name."""
    ever = initiatives.seats_ever(ask.initiative).order_by().values("person")
    asked = Answer.objects.filter(ask=ask).values("person")
    return people.people(ever).exclude(state="ERASED").exclude(pk__in=asked)


def said_yes(ask):
    """Answers that hold, with the person, by name. For who leads and needs to know whom they may show."""
    found = Answer.objects.filter(ask=ask, state__in=sorted(SAID_YES)).select_related("person")
    return found.order_by("person__shown_name", "pk")


def uses_of(ask):
    """Where it was used, newest first, as (Used, whether it has to be taken down)."""
    due = set(open_uses().filter(ask=ask).values_list("pk", flat=True))
    return [(used, used.pk in due) for used in Used.objects.filter(ask=ask).order_by("-used_on", "-pk")]


# --- the person's own ---


def own_rows(person):
    """[(Answer, what was wanted, [places where the person is in it])] for the person themselves, newest first."""
    answers = list(answers_of(person))
    places = defaultdict(list)
    rows = InUse.objects.filter(answer__in=answers).order_by("-used__used_on", "-pk")
    for answer, place in rows.values_list("answer", "used__place"):
        places[answer].append(place)
    return [(answer, wants_words(answer.ask), places[answer.pk]) for answer in answers]


def today(person, on):
    """Asks to answer for oneself; for who leads, asks that wait for the table and places to be told. One query."""
    if person is None:
        return []
    mine = Answer.objects.filter(person=person, state=Own.ASKED, ask__until__gte=on).exclude(ask__state=AskState.NO)
    parts = [_part(mine, "answer", F("ask__who"), F("ask__initiative"))]
    if initiatives.is_asked(person, LEADING):
        asks = Ask.objects.filter(initiatives.asked_to(person, LEADING), state=AskState.ASKED)
        uses = open_uses().filter(initiatives.asked_to(person, LEADING, "ask__initiative"))
        parts += [_part(asks, "ask", F("who"), F("initiative")), _part(uses, "use", F("place"), F("ask"))]
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return [_line(*row) for row in sorted(rows)]


def _part(rows, kind, words, behind):
    return rows.order_by().values_list(Value(kind, output_field=CharField()), "pk", words, behind)


def _line(kind, pk, words, behind):
    if kind == "answer":
        return Line(f"Say for yourself whether you may be in it: {words}", reverse("media:answer", args=[pk]))
    if kind == "ask":
        return Line(f"Answer together what {words} asks for", reverse("media:ask", args=[pk]))
    return Line(f"A yes was taken back. Tell them to take it down: {words}", reverse("media:ask", args=[behind]))


def about_me(person):
    """What this room holds about a person, for their own record."""
    return {
        "where I may be shown": [
            {
                "who asks": answer.ask.who, "what": wants, "initiative": answer.ask.initiative.name,
                "my answer": answer.get_state_display(), "places": ", ".join(places),
            }
            for answer, wants, places in own_rows(person)
        ]
    }  # fmt: skip
