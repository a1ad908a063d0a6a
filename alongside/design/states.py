"""The shapes that pages hand to the pictures: small, frozen, and free of any word of the subject.

Nothing here reads a clock, a database or a request. A room fills these in; `templatetags/design.py` draws them.
"""

from dataclasses import dataclass
from datetime import date

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

MOST_WORDS_OF_A_NAME = 3  # more are a group in words: "everybody with a seat"
DONE, NOW, NEXT = "done", "now", "next"
NEEDS, WAITS, BECAME = "needs", "waits", "became"


def day_words(day, *, weekday=True):
    """A day in full: `Friday 4 December 2026`, or without its weekday; empty words for None."""
    if day is None:
        return ""
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {words}" if weekday else words


@dataclass(frozen=True)
class Step:
    """One step of a thread.

    words: what the step is, short ("talked about"). state: "done", "now" or "next".
    whose: whose turn it is ("Bo", "the group"), or "you"; of a done step, who did it.
    by: the day it is promised for; of a done step, the day it was done.
    late: True when the promised day has passed.
    """

    words: str
    state: str = NEXT
    whose: str = ""
    by: date | None = None
    late: bool = False

    def __post_init__(self):
        if self.state not in (DONE, NOW, NEXT):
            raise ValueError(f"A step is done, now or next, not {self.state!r}.")

    @property
    def turn(self):
        """Whose turn it is, in words: `your turn`, `Bo’s turn`, `for everybody with a seat`, or nothing."""
        if self.state == DONE or not self.whose:
            return ""
        if self.whose.lower() == "you":
            return "your turn"
        if len(self.whose.split()) > MOST_WORDS_OF_A_NAME:
            return f"for {self.whose[0].lower()}{self.whose[1:]}"
        return f"{self.whose}’s turn"

    @property
    def when(self):
        """The day in words: `on 4 March 2026` for what is done, `by Friday 4 December 2026` for what is not."""
        if self.by is None:
            return ""
        return f"on {day_words(self.by, weekday=False)}" if self.state == DONE else f"by {day_words(self.by)}"

    @property
    def detail(self):
        """What stands under the step: who, and when."""
        who = f"by {self.whose}" if self.state == DONE and self.whose else self.turn
        late = "late" if self.late else ""
        return ", ".join(filter(None, (who, self.when, late)))

    @property
    def sentence(self):
        """The step as one line of text: `approved (Bo’s turn, by Friday 4 December 2026)`."""
        return f"{self.words} ({self.detail})" if self.detail else self.words


@dataclass(frozen=True)
class Thread:
    """The life of one thing that somebody gave, as a line of steps. label says what the thing is."""

    label: str
    steps: tuple[Step, ...] | list[Step]

    @property
    def present(self):
        """The step that is happening now; None before the first and after the last."""
        return next((step for step in self.steps if step.state == NOW), None)

    @property
    def sentence(self):
        """Where the thing is, whose turn it is and by when, in one short sentence."""
        if self.present:
            return (
                f"Now: {self.present.words}" + "".join(f", {self.present.detail}" if self.present.detail else "") + "."
            )
        done = [step for step in self.steps if step.state == DONE]
        if not done:
            return "Not started yet."
        ending = f"{done[-1].words} {done[-1].when}".strip()
        return f"Finished: {ending}." if len(done) == len(self.steps) else f"So far: {ending}."

    @property
    def as_line(self):
        """The whole thread as one line of text, for print and for plain mail."""
        steps = (f"[now: {step.sentence}]" if step.state == NOW else step.words for step in self.steps)
        return f"{self.label}: {' → '.join(steps)}"


@dataclass(frozen=True)
class Line:
    """One line of a today page: what it is and where it opens.

    kind: "needs" (needs you), "waits" (you wait for) or "became" (what became of what you gave).
    by: the promised day, or None. thread: its thread, drawn small, or None.
    instead_of: where the lines open that this one takes the place of.
    """

    words: str
    url: str
    kind: str = NEEDS
    by: date | None = None
    thread: Thread | None = None
    instead_of: tuple[str, ...] = ()

    def __post_init__(self):
        if self.kind not in (NEEDS, WAITS, BECAME):
            raise ValueError(f"A line is needs, waits or became, not {self.kind!r}.")


@dataclass(frozen=True)
class Panel:
    """A part of a page that belongs to another room: its own template and context, in an agreed order."""

    title: str
    template: str
    context: dict
    url: str = ""
    order: int = 50


@dataclass(frozen=True)
class TableSeat:
    """A place at the table. An empty one is an invitation: role says for whom, url where to take it."""

    name: str
    role: str = ""
    empty: bool = False
    url: str = ""


Seat = TableSeat


@dataclass(frozen=True)
class MirrorRow:
    """One thing said beside one thing shown. same: whether the two agree; None when nothing is recorded."""

    about: str
    say: str
    shown: str
    same: bool | None = True
    url: str = ""


@dataclass(frozen=True)
class Ladder:
    """A ladder with two marks. rungs: lowest first. said and shown: places in `rungs`, or None."""

    label: str
    rungs: tuple[str, ...] | list[str]
    said: int | None = None
    shown: int | None = None

    @property
    def sentence(self):
        """Both marks in words."""
        if self.said is None and self.shown is None:
            return "Nothing is marked on the ladder yet."
        if self.said == self.shown:
            return f"We say “{self.rungs[self.said]}”, and the records show the same."
        said = "We do not say yet" if self.said is None else f"We say “{self.rungs[self.said]}”"
        if self.shown is None:
            return f"{said}. The records do not show enough yet."
        return f"{said}. The records show “{self.rungs[self.shown]}”."


@dataclass(frozen=True)
class Bar:
    """One bar of a chart.

    count: a whole number, or None when it is hidden because it is small.
    share: 0 to 1, the length of the bar; None when hidden. tone: "", "leaf", "clay", "sky" or "quiet"
    (each has its own pattern, so no meaning hangs on colour).
    """

    label: str
    count: int | None
    share: float | None
    note: str = ""
    tone: str = ""

    @property
    def percent(self):
        """The length of the bar in whole hundredths, kept between 0 and 100; None when hidden."""
        return None if self.share is None else round(min(max(self.share, 0), 1) * 100)

    @property
    def hidden(self):
        """True when the number is kept back."""
        return self.count is None


@dataclass(frozen=True)
class Answer:
    """One line of a page that shows answers before they are sent: the question, the answer, where to change it."""

    question: str
    answer: str
    url: str = ""
