"""What the gallery shows: made-up things in neutral words, one of every state. Nothing here is read from a database."""

from datetime import date

from alongside.design.states import (
    BECAME,
    DONE,
    NEEDS,
    NEXT,
    NOW,
    WAITS,
    Answer,
    Bar,
    Ladder,
    Line,
    MirrorRow,
    Step,
    TableSeat,
    Thread,
)

FRIDAY = date(2026, 12, 4)


def threads():
    """A thread on its way, one just begun, one late, one finished, one not begun."""
    march, april = date(2026, 3, 4), date(2026, 4, 20)
    return {
        "on_its_way": Thread(
            "The garden gate",
            [
                Step("said", DONE, "Asha", march),
                Step("talked about", DONE, by=april),
                Step("to decide", NOW, "Bo", FRIDAY),
                Step("changed", NEXT),
                Step("told", NEXT, by=date(2027, 1, 15)),
            ],
        ),
        "begun": Thread(
            "The new shelf", [Step("to propose", NOW, "you", FRIDAY), Step("signed"), Step("in use until spring")]
        ),
        "late": Thread(
            "The seed money",
            [
                Step("offered", DONE),
                Step("yes", DONE),
                Step("done", DONE),
                Step("to approve", NOW, "Dee", april, late=True),
            ]
            + [Step("sent"), Step("arrived")],
        ),
        "finished": Thread(
            "The kettle",
            [Step("said", DONE, by=march), Step("decided", DONE, by=march), Step("told", DONE, by=april)],
        ),
        "not_begun": Thread("The roof", [Step("aimed at"), Step("recorded"), Step("shown")]),
    }


def lines():
    """Lines of each kind, as on a today page."""
    drawn = threads()
    return [
        Line("Say yes or no to the new shelf", "#lines", NEEDS, FRIDAY, drawn["begun"]),
        Line("Read the notes of Tuesday", "#lines", NEEDS),
        Line("The seed money, from Dee", "#lines", WAITS, FRIDAY, drawn["late"]),
        Line(
            "You said the kettle is too heavy. There is a smaller one now.", "#lines", BECAME, None, drawn["finished"]
        ),
    ]


def small_table():
    """A few places, two of them empty."""
    return [
        TableSeat("Asha", "knows the soil"),
        TableSeat("Bo", "keeps the keys"),
        TableSeat("Cy"),
        TableSeat("Dee", "minds the money"),
        TableSeat("Wilhelmina Fotheringay-Oyelaran", "brings the tea and the long table cloth"),
        TableSeat("A seat for somebody from the street", "Could it be you?", empty=True, url="#table"),
        TableSeat("", "Not promised to anybody", empty=True),
    ]


def long_table():
    """More places than two sides of a table hold."""
    return [TableSeat(f"Guest {number}", "came in spring" if number % 3 else "") for number in range(1, 15)]


def mirror_rows():
    """What is said beside what is shown: alike, different, and not recorded."""
    return [
        MirrorRow("Who chose the seeds", "All of us", "All of us: 7 of 9 names are on the list", True),
        MirrorRow("When we met", "Every week", "Every third week", False, "#mirror"),
        MirrorRow("Who carried the water", "We took turns", "Nothing is written down", None),
    ]


def ladders():
    """A ladder whose marks differ, one whose marks agree, one with only a claim."""
    rungs = ["told about it", "asked about it", "in it", "doing it together", "leading it"]
    return [
        Ladder("Watering", rungs, 3, 1),
        Ladder("Sowing", rungs, 2, 2),
        Ladder("Harvest", rungs, 4, None),
    ]


def bars():
    """Bars of each tone, one hidden, one of nothing."""
    return [
        Bar("Tomatoes", 12, 0.6, tone="leaf"),
        Bar("Beans", 6, 0.3, "two of them climb", tone="clay"),
        Bar("No opinion", 2, 0.1, tone="quiet"),
        Bar("Marrows", 0, 0.0),
    ]


def hidden_bars():
    """The same kind of chart with a number kept back."""
    return [Bar("Before noon", 14, 0.7), Bar("In the evening", None, None, "fewer than 5")]


def answers():
    """A page of answers before they are sent."""
    return [
        Answer("What shall we call it?", "The gate that opens", "#answers"),
        Answer("When does it start?", "Friday 4 December 2026", "#answers"),
        Answer("Anything else?", ""),
    ]


def icons():
    """The names of all drawings."""
    return [
        "alongside",
        "back",
        "cup",
        "day",
        "differs",
        "done",
        "download",
        "eye",
        "find",
        "hands",
        "help",
        "info",
        "leaf",
        "letter",
        "lock",
        "look",
        "on",
        "paper",
        "pause",
        "pencil",
        "people",
        "phone",
        "plus",
        "print",
        "purse",
        "same",
        "seat",
        "talk",
        "unknown",
    ]


def everything():
    """All of it, by the names that the gallery's template uses."""
    return {
        "threads": threads(),
        "today": lines(),
        "small_table": small_table(),
        "long_table": long_table(),
        "mirror_rows": mirror_rows(),
        "ladders": ladders(),
        "bars": bars(),
        "hidden_bars": hidden_bars(),
        "answers": answers(),
        "icons": icons(),
    }
