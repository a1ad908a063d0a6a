"""Reads of decisions, and what became of what people said."""

from collections import Counter

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from alongside.calculations import content
from alongside.conversations import queries as conversations
from alongside.decisions.models import Basis, Decision, Evidence, Option, View
from alongside.decisions.states import DecisionState
from alongside.design.states import Line, Step, Thread
from alongside.initiatives import queries as initiatives
from alongside.people import queries as people

MOST_ASKED = 10  # on the first page; the list of a table has them all


def decisions_visible_to(person):
    """Decisions of tables where the person may read, newest first."""
    return (
        Decision.objects.filter(initiatives.at_table(person))
        .select_related("initiative", "outcome", "owner")
        .order_by("-opened_at", "-pk")
    )


def decisions_about(person):
    """Decisions taken that this person spoke on, by a statement or a view, newest first: theirs to read wherever they sit."""
    mine = conversations.statements_of_author(person).order_by().values("pk")
    answered = Basis.objects.filter(statement__in=mine).values("decision")
    viewed = View.objects.filter(person=person).values("decision")
    return (
        Decision.objects.filter(Q(pk__in=answered) | Q(pk__in=viewed))
        .exclude(state=DecisionState.OPEN)
        .select_related("initiative", "outcome", "owner")
        .order_by("-decided_at", "-pk")
    )


def of_initiative(initiative):
    """Decisions of one initiative, newest first."""
    return (
        Decision.objects.filter(initiative=initiative).select_related("outcome", "owner").order_by("-opened_at", "-pk")
    )


def listed(initiative):
    """Decisions of one initiative with what a list shows of them: question, state, outcome; newest first."""
    found = of_initiative(initiative).select_related(None).select_related("outcome")
    return found.only("question", "state", "outcome__words")


def options_of(decision):
    """What may be chosen, in order."""
    return Option.objects.filter(decision=decision).order_by("place")


def options_preferred(decision, views):
    """What may be chosen, in order, each with how many of these views prefer it."""
    prefer = Counter(view["option"] for view in views)
    return [(option, prefer[option.pk]) for option in options_of(decision)]


def option(decision, pk):
    """One option of this decision; None when it belongs to another."""
    return Option.objects.filter(decision=decision, pk=pk).first()


def views_on(decision):
    """What people at the table said, by name: dicts (person, name, option, prefers: its words, harm, words)."""
    rows = View.objects.filter(decision=decision).order_by("person__shown_name", "pk")
    return rows.values(
        "person", "option", "harm", "words", name=F("person__shown_name"), prefers=F("option__words")
    )  # fmt: skip


def views_in(initiative):
    """What people said on the decisions of one initiative under their own name, oldest first; to propose credit from."""
    return View.objects.filter(decision__initiative=initiative).order_by("pk")


def view_of(decision, person):
    """What this person said; None when they said nothing."""
    return View.objects.filter(decision=decision, person=person).first()


def harms(decision):
    """Names of who sees harm in going ahead."""
    return list(views_on(decision).filter(harm=True).values_list("person__shown_name", flat=True))


def basis_of(decision):
    """The statements that the decision answers, in no order of time: dicts (statement, words)."""
    rows = Basis.objects.filter(decision=decision).order_by("statement__number", "pk")
    return rows.values("statement", words=F("statement__words"))


def known(decision):
    """[(kind of evidence, what was brought of it, oldest first)] for every kind, in the order of the list.

    Every kind is there, with nothing too; none is counted and none stands above another.
    """
    brought = {}
    for each in _evidence().filter(decision=decision).order_by("pk"):
        brought.setdefault(each.kind, []).append(each)
    return [(kind, brought.get(kind.id, [])) for kind in content.evidence_kinds()]


def nobody_brought(decision):
    """Words of the kinds of evidence of which nobody brought any, in the order of the list."""
    return [kind.words for kind, brought in known(decision) if not brought]


def evidence_of(person):
    """What the person brought and did not take back, newest first."""
    return _evidence().filter(added_by=person).select_related("decision").order_by("-added_at", "-pk")


def _evidence():
    return Evidence.objects.filter(back_at=None).exclude(says="").select_related("added_by")


def about(decision):
    """The name under which people are told about this decision; overturning it is told as a thing of its own."""
    over = ":overturned" if decision.state == DecisionState.OVERTURNED else ""
    return f"decision:{decision.pk}{over}"


def to_be_told(decision):
    """Persons who spoke: authors of the statements answered, and who gave a view. Each once, by name."""
    statements = Basis.objects.filter(decision=decision).values_list("statement", flat=True)
    authors = conversations.authors_of(list(statements)).values_list("pk", flat=True)
    views = View.objects.filter(decision=decision).values_list("person", flat=True)
    return people.people({*authors, *views})


def tellings(decision):
    """Who was or is to be told about it as it stands now."""
    return people.tellings_about(about(decision))


def told_openly(told, views):
    """(named, unnamed): of the people told, those who spoke under their name, and the others, who stay without one.

    Who wrote a statement without their name must not be found by reading who was told about it.
    """
    signed = {view["person"] for view in views}
    return [each for each in told if each.person_id in signed], [each for each in told if each.person_id not in signed]


def waiting(decision):
    """How many people still wait to be told."""
    return tellings(decision).filter(told_at=None).count()


def thread(decision, told=0, to_tell=0):
    """The life of a decision: asked, talked about, decided, everybody told, looked at again."""
    state = decision.state
    decided = state != DecisionState.OPEN
    done = state == DecisionState.TOLD
    if state == DecisionState.OVERTURNED:
        last = Step("overturned", "done", decision.overturned_who, _day(decision.overturned_at))
        return Thread("This decision", [Step("talked about", "done"), Step("decided", "done"), last])
    owner = decision.owner.shown_name if decision.owner else ""
    return Thread(
        "This decision",
        [
            Step("talked about", "done") if decided else Step("to talk about", "now", decision.who_decides),
            Step("decided", "done" if decided else "next", by=_day(decision.decided_at)),
            Step(
                f"told {told} of {to_tell}" if decided else "everybody told",
                "done" if done else "now" if decided else "next",
                by=_day(decision.told_at),
            ),
            Step("to look at again", "now" if done else "next", owner, decision.review_on),
        ],
    )


def statement_thread(decision):
    """What became of a statement that this decision answers: said, talked about, decided, told."""
    decided = decision.state != DecisionState.OPEN
    return Thread(
        "What you said",
        [
            Step("said", "done"),
            Step("talked about", "done"),
            Step("decided", "done", by=_day(decision.decided_at)) if decided else Step("to decide", "now"),
            Step("told", "done" if decided else "next"),
        ],
    )


def _day(moment):
    return timezone.localdate(moment) if moment else None


def today(person, on):
    """Decisions to speak on, reviews the person owns, and what became of what they said."""
    spoken = View.objects.filter(person=person).values("decision")
    seats = initiatives.seated_in(person)
    asked = (
        Decision.objects.filter(initiative__in=seats, state=DecisionState.OPEN)
        .exclude(pk__in=spoken)
        .order_by("opened_at", "pk")
        .values_list("pk", "question")[:MOST_ASKED]
    )
    due = Decision.objects.filter(owner=person, state=DecisionState.TOLD, review_on__lte=on).order_by("review_on", "pk")
    due = due.values_list("pk", "question", "review_on")
    return [
        *(Line(f"Say what you think: {question}", _url(pk), "needs") for pk, question in asked),
        *(Line(f"Time to look again: {question}", _url(pk), "needs", review_on) for pk, question, review_on in due),
        *_answered(person),
    ]


def _answered(person):
    """What became of what the person said, of the newest five decisions that answer it."""
    found = decisions_about(person).select_related(None).select_related("outcome")
    for each in found.only("question", "state", "decided_at", "outcome__words")[:5]:
        url = reverse("decisions:answer", args=[each.pk])
        thread = statement_thread(each)
        yield Line(f"You spoke about: {each.question} We decided: {each.outcome.words}", url, "became", thread=thread)


def _url(pk):
    return reverse("decisions:decision", args=[pk])


def about_me(person):
    """What this room holds about a person, for their own record."""
    views = View.objects.filter(person=person).select_related("decision", "option").order_by("at", "pk")
    return {
        "what I thought of decisions": [
            {
                "decision": each.decision.question,
                "preferred": each.option.words if each.option else "",
                "saw harm": each.harm,
                "words": each.words,
                "on": each.at,
            }
            for each in views
        ],
        "what I brought to decisions": [
            {
                "decision": each.decision.question, "kind": each.kind, "says": each.says, "from where": each.source,
                "why it should count": each.why_here,
            }
            for each in evidence_of(person)
        ],
        "decisions that answered me": [
            {"decision": each.question, "outcome": each.outcome.words, "reason": each.reason}
            for each in decisions_about(person)
        ],
    }  # fmt: skip


def voices_in(decisions):
    """{decision pk: how many people gave a view}; decisions without a view are left out."""
    found = View.objects.filter(decision__in=decisions).order_by().values_list("decision")
    return dict(found.annotate(Count("pk")))


def statements_told(initiative):
    """Keys of the statements of one initiative whose authors were told what was decided: a set."""
    told = Basis.objects.filter(decision__initiative=initiative, decision__told_at__isnull=False)
    return set(told.values_list("statement", flat=True))


def taken(organisation, from_on, to_on, initiative=None):
    """Decisions taken in [from_on, to_on), with initiative and outcome, oldest first; of one initiative when given."""
    rows = Decision.objects.filter(
        initiative__organisation=organisation, decided_at__date__gte=from_on, decided_at__date__lt=to_on
    )
    rows = rows.filter(initiative=initiative) if initiative else rows
    return rows.select_related("initiative", "outcome").order_by("decided_at", "pk")


def taken_up(decisions):
    """(statements that these decisions answer, persons who openly preferred what was decided): two sets of keys."""
    statements = Basis.objects.filter(decision__in=decisions).values_list("statement", flat=True)
    agreed = View.objects.filter(decision__in=decisions, option=F("decision__outcome")).values_list("person", flat=True)
    return set(statements), set(agreed)


def answering(decisions):
    """Those of these decisions that answer something people said."""
    return decisions.filter(pk__in=Basis.objects.values("decision"))


def figures(organisation, from_on, to_on, initiative=None):
    """{what: pks} of decisions taken in [from_on, to_on); of one initiative when given."""
    then = taken(organisation, from_on, to_on, initiative).order_by("pk")
    return {
        "decisions taken": _pks(then),
        "substantive decisions": _pks(then.filter(substantive=True)),
        "decisions with everybody told": _pks(then.filter(state=DecisionState.TOLD)),
        "decisions that answer something people said": _pks(answering(then)),
        "decisions overturned": _pks(then.filter(state=DecisionState.OVERTURNED)),
    }


def _pks(rows):
    return list(rows.values_list("pk", flat=True))
