"""From counts in the records of an initiative to its labels, with reasons that quote the counts."""

from dataclasses import dataclass, replace

from alongside.calculations.labels.case import EVERYBODY, NOT_KNOWN, Case, Several, StageFacts
from alongside.calculations.labels.sentences import who
from alongside.calculations.labels.summary import label_case

SIDES = (("lived", "lived-or-carers"), ("professional", "professionals"), ("community", "community"))


@dataclass(frozen=True, kw_only=True)
class BySide:
    """How many different people did one thing, by the lens they chose to show for this initiative.

    lived: lived experience or caring. professional: a professional of any service, or a researcher. community:
    neither. not_shown: everybody who chose to show no lens; nothing is ever supposed about them. A person who shows
    two lenses is counted under both. body: the organisation itself, above the table. more: others were in it whom
    the records do not name. counted: False when the numbers may not be said.
    """

    lived: int = 0
    professional: int = 0
    community: int = 0
    not_shown: int = 0
    body: bool = False
    more: bool = False
    counted: bool = True

    @property
    def anybody(self):
        """Whether anybody at all is counted."""
        return bool(self.lived or self.professional or self.community or self.not_shown or self.body)


@dataclass(frozen=True, kw_only=True)
class StageRecords:
    """What the records hold of one stage. None, and a count of nobody, mean: not recorded.

    stage: an id of the content "stages". happened: False when the stage was skipped.
    started: people who asked for the initiative (used at the stage "initiate").
    worked: people with work done: attendance, contributions, actions owned.
    spoke: people whose statements or matters were recorded.
    deciders: people who could decide: they had a vote, or are named as deciding, in the decisions of this stage.
    seats, chairs: people with a seat, and with the duty of chair, during the stage; quoted, not weighed.
    decisions: how many decisions were taken; votes: how many votes were cast in them; both quoted.
    proposals, proposals_answered: what the people's side put forward, and how many of them heard what became of it.
    equal_votes: every decider had one vote that counted the same, in every decision.
    undone_elsewhere: somebody who is no decider can undo a decision alone.
    research_driven: a documented search of published research drove this stage.
    """

    stage: str
    happened: bool | None = None
    started: BySide | None = None
    worked: BySide | None = None
    spoke: BySide | None = None
    deciders: BySide | None = None
    seats: BySide | None = None
    chairs: BySide | None = None
    decisions: int | None = None
    votes: int | None = None
    proposals: int | None = None
    proposals_answered: int | None = None
    equal_votes: bool | None = None
    undone_elsewhere: bool | None = None
    research_driven: bool | None = None


def from_records(records, *, title="", relationships=(EVERYBODY,), claimed="", declined=None, dissent=(), numbers=True):
    """Label an initiative from its records: an iterable of StageRecords, one a stage. Returns CaseLabels.

    A side is known only where people chose to show a lens for this initiative. People who showed none make every
    list that holds them incomplete; then "nobody with lived experience took part" is never said, and the answer is
    "not enough known" unless the people who did show a lens are enough to tell. Numbers of people under five are
    written "fewer than 5"; numbers of decisions, votes and proposals are written out.
    numbers: False leaves all numbers of people out, for what is read outside the initiative.
    Raises ValueError when a stage comes twice.
    """
    stages = tuple(_facts(one if numbers else without_numbers(one)) for one in records)
    if len({one.stage for one in stages}) < len(stages):
        raise ValueError("from_records: a stage comes twice.")
    case = Case(
        title=title,
        stages=stages,
        relationships=relationships,
        claimed=claimed,
        declined=declined,
        dissent=tuple(dissent),
    )
    return label_case(case)


def without_numbers(one):
    """The same records, with who did what and no number of people. Seats and chairs are only numbers, so they go."""
    named = ("started", "worked", "spoke", "deciders")
    return replace(one, **{name: _nameless(getattr(one, name)) for name in named}, seats=None, chairs=None, votes=None)


def _nameless(counts):
    return counts and replace(counts, counted=False)


def _facts(one):
    return StageFacts(
        stage=one.stage,
        happened=one.happened,
        started=_several(one.started),
        acted=_several(one.worked),
        decided=_several(one.deciders),
        asked=_several(one.spoke),
        can_undo=_undo(one.undone_elsewhere),
        driven_by=Several(("research",) if one.research_driven else (), complete=one.research_driven is not None),
        equal_votes=one.equal_votes,
        answered=_answered(one),
        notes=_notes(one),
    )


def _several(counts):
    if counts is None or not counts.anybody:
        return NOT_KNOWN
    named = tuple((group, getattr(counts, side)) for side, group in SIDES if getattr(counts, side))
    known = tuple(group for group, _ in named) + (("deciding-body",) if counts.body else ())
    complete = not (counts.not_shown or counts.more)
    if not counts.counted:
        return Several(known, complete)
    return Several(known, complete, counts=named, unshown=counts.not_shown)


def _undo(undone_elsewhere):
    if undone_elsewhere is None:
        return NOT_KNOWN
    return Several(("deciding-body",) if undone_elsewhere else (), complete=True)


def _answered(one):
    if not one.proposals or one.proposals_answered is None:
        return None
    return one.proposals_answered >= one.proposals


def _notes(one):
    notes = []
    if one.decisions is not None:
        votes = f", with {one.votes} votes" if one.votes is not None else ""
        notes.append(f"Decisions taken: {one.decisions}{votes}.")
    if one.proposals is not None and one.proposals_answered is not None:
        notes.append(f"Answered: {one.proposals_answered} of {one.proposals} things put forward.")
    for name, words in (("seats", "Seats"), ("chairs", "Chairs")):
        held = _several(getattr(one, name))
        if held.known:
            notes.append(f"{words}: {who(held)}.")
    return tuple(notes)
