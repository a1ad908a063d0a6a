"""What is known of a case: who started, did, decided, was asked, at each stage; "not known" is allowed everywhere."""

from dataclasses import dataclass, field

STAGES = ("initiate", "commission", "design", "pilot", "deliver", "evaluate", "report", "sustain")

GROUPS = {
    "lived": "people with lived experience",
    "carers": "carers",
    "lived-or-carers": "people with lived experience or carers",
    "peer-workers": "peer workers",
    "professionals": "professionals of the service",
    "other-professionals": "professionals of other services",
    "researchers": "researchers",
    "designers": "designers",
    "client": "the organisation that asked for the design",
    "deciding-body": "the body that has the last word",
    "community": "people of the community",
    "others": "other people",
}
PEOPLE_SIDE = ("lived", "carers", "lived-or-carers", "peer-workers")
PROFESSIONAL_SIDE = ("professionals", "other-professionals", "researchers")

DRIVERS = {
    "research": "published research, searched for and weighed",
    "own-figures": "the service's own figures",
    "lived-experience": "what people had lived through",
    "local-knowledge": "what people of the place know",
    "user-research": "what came back from those who use it",
    "policy": "a rule or policy",
}


@dataclass(frozen=True)
class Several:
    """Which of a set of words hold. `complete` is true when it is known that no others do.

    counts: pairs of (word, number of people) where records gave them. `unshown` counts people who chose to show
    nothing; they make the list incomplete.
    """

    known: tuple[str, ...] = ()
    complete: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    unshown: int = 0

    @property
    def told(self):
        """Whether anything at all is known."""
        return bool(self.known) or self.complete

    def has(self, side):
        """True when one of `side` is in, False when none is, None when it is not known."""
        if any(one in side for one in self.known):
            return True
        return False if self.complete else None

    def joined_with(self, other):
        """Both lists as one; complete only when both are."""
        counts = {**dict(other.counts), **dict(self.counts)}
        known = tuple(dict.fromkeys(self.known + other.known))
        return Several(known, self.complete and other.complete, tuple(counts.items()), max(self.unshown, other.unshown))


NOT_KNOWN = Several()


@dataclass(frozen=True, kw_only=True)
class StageFacts:
    """What is known of one stage. Every field may be left out; that means: not known.

    started, acted, decided: who. asked, told: whose view was asked, who was told. joined: who took part in what was
    on offer without running it. supported: who stood by to help. iterated_with: with whom a first version was tried
    and changed. can_undo: who could undo the decisions alone (known to be nobody: an empty, complete list).
    money_held_by: who held the money. driven_by: words of DRIVERS. answered: whether those who were asked heard what
    became of it. produced: whether anything was made. unsure: names of fields that the source only supposes.
    """

    stage: str
    happened: bool | None = None
    started: Several = NOT_KNOWN
    acted: Several = NOT_KNOWN
    decided: Several = NOT_KNOWN
    asked: Several = NOT_KNOWN
    told: Several = NOT_KNOWN
    joined: Several = NOT_KNOWN
    supported: Several = NOT_KNOWN
    iterated_with: Several = NOT_KNOWN
    can_undo: Several = NOT_KNOWN
    money_held_by: Several = NOT_KNOWN
    driven_by: Several = NOT_KNOWN
    equal_votes: bool | None = None
    answered: bool | None = None
    produced: bool | None = None
    faces_public: bool | None = None
    money_enough: bool | None = None
    unsure: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """Between whom something was meant to become more equal.

    between: groups; one of them is of the people's side. The others are the other side; with none, it is
    professionals of any kind. stages: those that it is about; empty means all. attempted and came_about: whether a
    partnership was tried, and whether it came to be. respects: the change was meant to treat people with more
    respect. equalises: it was meant to make this relationship more equal.
    """

    id: str
    words: str
    between: tuple[str, ...]
    stages: tuple[str, ...] = ()
    attempted: bool | None = None
    came_about: bool | None = None
    why_not: str = ""
    respects: bool | None = None
    equalises: bool | None = None
    mental_health_service: bool | None = None

    @property
    def other_side(self):
        """The groups across the table. One kind of professional stands for all of them."""
        others = tuple(group for group in self.between if group not in PEOPLE_SIDE)
        if not others or set(others) & set(PROFESSIONAL_SIDE):
            return tuple(dict.fromkeys(PROFESSIONAL_SIDE + others))
        return others

    @property
    def with_community(self):
        """Whether the other side is the community."""
        return "community" in self.between

    @property
    def about_design(self):
        """Whether it is the three-cornered relationship of client, designer and user."""
        return bool({"designers", "client"} & set(self.between))


@dataclass(frozen=True, kw_only=True)
class Declined:
    """People decided not to use the word, and said why; `called` is their own name for what they do."""

    reason: str
    by: str = ""
    called: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """What those who did the work say of it themselves. Reported beside the label; it never changes it."""

    said: str
    by: str = ""


EVERYBODY = Relationship(
    id="people-and-professionals",
    words="People with lived experience or carers, and professionals",
    between=("lived", "professionals"),
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A described piece of work. `outcomes` is kept and shown, and no rule reads it.

    also_lived: groups of which some have lived experience themselves. claimed: the label that somebody used for it.
    """

    title: str
    stages: tuple[StageFacts, ...] = ()
    relationships: tuple[Relationship, ...] = (EVERYBODY,)
    about: str = ""
    source: str = ""
    licence: str = ""
    claimed: str = ""
    also_lived: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    declined: Declined | None = None
    own_words: OwnWords | None = None
    outcomes: dict = field(default_factory=dict, compare=False)

    def stage(self, wanted):
        """The facts of one stage; a stage that nobody described has none."""
        return next((facts for facts in self.stages if facts.stage == wanted), StageFacts(stage=wanted))
