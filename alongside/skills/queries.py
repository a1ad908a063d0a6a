"""Reads of one's own list, and of asks for a reference, for the two whom they are between."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from alongside.calculations import papers
from alongside.design.states import BECAME, WAITS, Line, day_words
from alongside.initiatives import queries as initiatives
from alongside.skills.models import ReferenceRequest, Skill
from alongside.skills.policies import may_be_asked, proposals
from alongside.skills.states import Kept, RequestState

NEWS_DAYS = 30
__all__ = ["may_be_asked"]


def skills_of(person):
    """The lines on a person's own list, oldest first; nobody else reads them."""
    return Skill.objects.filter(person=person, kept=Kept.MINE).exclude(words="").select_related("person").order_by("pk")


def proposed(person):
    """What the records propose and the person neither took nor left: list of Proposal."""
    known = set(Skill.objects.filter(person=person).exclude(record="").values_list("record", flat=True))
    return [each for each in proposals(person) if each.key not in known]


def paper_of(person, on):
    """A person's list as data of the paper "sheet"."""
    return {
        "title": f"What I bring: {person.shown_name}",
        "facts": [[skill.words, skill.known_from or "I say so myself"] for skill in skills_of(person)],
        "foot": day_words(on, weekday=False),
    }


def pdf_of(person, on):
    """A person's list as a tagged PDF. Raises papers.CannotSet, in plain words, when it cannot be set."""
    return papers.pdf("sheet", paper_of(person, on))


def tables_of(person):
    """Initiatives in which the person sits or ever sat, each once, by the order in which they came."""
    return list({seat.initiative_id: seat.initiative for seat in initiatives.seats_ever_of(person)}.values())


def requests_to(person):
    """Asks for a reference that were made to the person, newest first."""
    return requests_of(person).filter(of=person)


def requests_of(person):
    """Asks for a reference that the person made or that were made to them, newest first; nobody else reads them."""
    if person is None:
        return ReferenceRequest.objects.none()
    own = ReferenceRequest.objects.filter(Q(person=person) | Q(of=person))
    return own.select_related("initiative", "person", "of").order_by("-asked_at", "-pk")


def today(person, on):
    """References that the person is asked to write; those that they wait for; and a no of the last days. One query."""
    if person is None:
        return []
    since = on - timedelta(days=NEWS_DAYS)
    asked = Q(of=person, state=RequestState.ASKED)
    mine = Q(person=person) & (Q(state=RequestState.ASKED) | Q(state=RequestState.NO, answered_at__date__gte=since))
    return [_line(each, person) for each in requests_of(person).filter(asked | mine)]


def _line(request, person):
    url = reverse("skills:request", args=[request.pk])
    if request.of_id == person.pk:
        return Line(f"{request.person.shown_name} asks you for a reference", url, by=request.by_on)
    if request.state == RequestState.ASKED:
        return Line(f"You asked {request.of.shown_name} for a reference", url, WAITS, by=request.by_on)
    return Line(f"{request.of.shown_name} cannot write your reference this time", url, BECAME)


def about_me(person):
    """What this room holds about a person, for their own record."""
    return {
        "what I can do": list(skills_of(person).values("words", "known_from")),
        "references that I asked for, or was asked for": [
            {
                "from": each.person.shown_name, "to": each.of.shown_name, "what for": each.purpose, "by": each.by_on,
                "state": each.get_state_display(), "words": each.kindly,
            }
            for each in requests_of(person)
        ],
    }  # fmt: skip
