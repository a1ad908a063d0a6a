"""What the people of Teaching together made, how each is named for it, and words that wait for a yes."""

from alongside.credit import operations as credit
from alongside.credit import queries as named
from alongside.credit.states import NameForm, Order, OutputKind, Source, Standing, Use

# Each chose a form of their own; who is not here has not answered yet, and stands nowhere.
NAMES = [
    ("chidi", NameForm.FULL, "Dr Chidi Okafor", Standing.AUTHOR, ("supervision",)),
    ("jules", NameForm.FULL, "Jules Marchetti", Standing.AUTHOR, ("teaching", "writing-original-draft")),
    ("oleksandr", NameForm.FIRST, "Oleksandr Bondar", Standing.AUTHOR, ("writing-original-draft",)),
    ("brendan", NameForm.INITIALS, "Brendan Clarke", Standing.AUTHOR, ("writing-review-editing",)),
    ("farah", NameForm.PSEUDONYM, "A colleague from both sides", Standing.AUTHOR, ("emotional-work",)),
    ("noor", NameForm.GROUP, "", Standing.AUTHOR, ("writing-review-editing",)),
    ("kit", NameForm.NONE, "", Standing.THANKED, ("validation",)),
]


def handbook(w):
    """A handbook: everybody is asked, and says how they are named."""
    yield 30
    made = credit.add_output(
        initiative=w.tables["teaching"], title="The first hour: a handbook for co-teachers", kind=OutputKind.COURSE,
        begun_on=w.clock.day(150), group_name="the Teaching together group", **w.by("jules"),
    )  # fmt: skip
    credit.ask_everybody(output_id=made.pk, **w.by("jules"))
    yield 28
    credit.choose_order(
        output_id=made.pk, order=Order.GROUP_FIRST, agreed="By all of us, at the table, when the answers came back.",
        **w.by("jules"),
    )  # fmt: skip
    asked = {each.person_id: each for each in named.credits_of(made)}
    for who, form, name, standing, roles in NAMES:
        credit.say_how(
            credit_id=asked[w.people[who].pk].pk, form=form, name=name, standing=standing, roles=roles, **w.by(who)
        )


def words(w):
    """One sentence may be used, in a report and in teaching; another waits for Aoife to read it."""
    yield 26
    first = _written(w, "oleksandr", "“Insight” was the word for agreeing with them. I would like a better word.")
    yield 22
    seen = named.newest_draft(first)
    credit.approve(
        quote_id=first.pk, seen=seen.pk, form=NameForm.FIRST, name="Oleksandr Bondar",
        uses=[Use.REPORT, Use.TEACHING], until=w.clock.day(-365), today=w.clock.on, **w.by("oleksandr"),
    )  # fmt: skip
    yield 8
    _written(w, "aoife", "I know every chair in that waiting room, and which one nobody can see you in.")


def _written(w, who, said):
    quote = credit.capture(
        initiative=w.tables["teaching"], speaker=w.people[who], words=said, source=Source.GATHERING,
        said_on=w.clock.on, **w.by("noor"),
    )  # fmt: skip
    return credit.show(quote_id=quote.pk, **w.by("noor"))


def stories(w):
    """What was made, and what was said."""
    return [handbook(w), words(w)]
