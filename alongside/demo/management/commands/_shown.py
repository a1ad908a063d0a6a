"""Who asked to show Teaching together and what it said; what the Hill knows about its money; and a reference that waits."""

from alongside.decisions import operations as decisions
from alongside.decisions import queries as decided
from alongside.media import operations as media
from alongside.media import queries as shown
from alongside.media.states import AskState, Own, Want
from alongside.skills import operations as skills

KNOWN = [
    ("hamza", "place", "After four it is dark on Mill Lane, and the last bus has gone.", "I walk it", ""),
    ("jaswinder", "lived-experience", "Last winter I came twice and then not until March. It was the way home.", "", ""),
    ("sian", "counted", "Seven came in December. In June it was nineteen.", "Our own list at the door",
     "It is the same course with the same people, so the dark is what changed."),
]  # fmt: skip


def asks(w):
    """A banner was refused; a page in the paper was wanted by some, with and without their name."""
    yield 70
    teaching = w.tables["teaching"]
    said = {"initiative": teaching, "until": w.clock.day(-300), "asked_on": w.clock.on}
    banner = media.write_down(
        who="Our own publicity office", wants=[Want.PHOTO, Want.STORY], given_back="",
        purpose="A banner for the front hall: “Recovery starts here”.", **said, **w.by("oleksandr"),
    )  # fmt: skip
    yield 61
    media.answer_ask(
        ask_id=banner.pk, to=AskState.NO, answered_on=w.clock.on, decided_how="All of us, at the table",
        why="It tells our story for us, and says nothing of the teaching.", **w.by("jules"),
    )  # fmt: skip
    yield 40
    page = media.write_down(
        who="The Evening Paper", wants=[Want.PHOTO, Want.INTERVIEW], given_back="We read the page before it is printed.",
        purpose="Half a page about a course that is taught by two.", **said, **w.by("noor"),
    )  # fmt: skip
    yield 34
    media.answer_ask(
        ask_id=page.pk, to=AskState.CONDITIONS, answered_on=w.clock.on, decided_how="All of us, at the table",
        conditions="No picture of the waiting room, and nobody’s story without them.", **w.by("jules"),
    )  # fmt: skip
    asked = [w.people[key] for key in ("oleksandr", "noor", "farah")]
    media.ask_people(ask_id=page.pk, people_asked=asked, **w.by("jules"))
    yield 32
    for key, to in (("oleksandr", Own.YES), ("noor", Own.NAMELESS)):
        (answer,) = shown.answers_of(w.people[key]).filter(ask=page)
        media.say(answer_id=answer.pk, to=to, **w.by(key))
    yield 25
    (named,) = shown.said_yes(page).filter(state=Own.YES)
    media.use(ask_id=page.pk, place="The Evening Paper, page 4", used_on=w.clock.on, named=[named.pk], **w.by("jules"))


def known(w):
    """What three people know about the winter money, each of another kind."""
    yield 10
    (question,) = decided.of_initiative(w.tables["hill"]).filter(state="OPEN")
    for who, kind, says, source, why in KNOWN:
        decisions.add_evidence(decision_id=question.pk, kind=kind, says=says, source=source, why_here=why, **w.by(who))


def reference(w):
    """Oleksandr writes what he can do, and asks for a reference."""
    yield 14
    skills.write(
        words="Explaining a hard word so that nobody is ashamed", known_from="Two courses", **w.by("oleksandr")
    )
    skills.ask(
        initiative=w.tables["teaching"], of=w.people["jules"], purpose="I apply to teach Ukrainian in the evenings.",
        by_on=w.clock.day(-10), **w.by("oleksandr"),
    )  # fmt: skip


def stories(w):
    """What was asked and answered, what is known, and what somebody brings."""
    return [asks(w), known(w), reference(w)]
