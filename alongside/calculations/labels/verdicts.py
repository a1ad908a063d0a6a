"""What comes out: a label with its reasons, for a stage, a relationship and a case."""

from dataclasses import dataclass

from alongside.calculations.labels.case import Declined, OwnWords


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One label (an id of the content "labels") and why.

    also: further labels that hold beside it. reasons: which facts led to it. against: what stands against a
    stricter name. missing: what we would need to know. questions: for the group to ask itself; never a grade.
    sure: false where it rests on something that is only supposed.
    """

    label: str
    also: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, kw_only=True)
class StageLabel:
    """The verdict for one stage, seen from one relationship."""

    stage: str
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class RelationshipLabels:
    """The verdict for one relationship, with those of its stages. `between` names the partners."""

    id: str
    words: str
    between: tuple[str, ...]
    verdict: Verdict
    stages: tuple[StageLabel, ...]

    def stage(self, wanted):
        """The verdict of one stage; None when this relationship is not about it."""
        return next((one.verdict for one in self.stages if one.stage == wanted), None)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A label that somebody used, beside what the facts show. `holds` is None when not enough is known."""

    label: str
    holds: bool | None
    words: str


@dataclass(frozen=True, kw_only=True)
class CaseLabels:
    """All labels of a case. `verdict` is what is shown first; `records_show` is what the facts alone say.

    They differ only when the label was declined: then `verdict` says so, with the reason.
    """

    title: str
    verdict: Verdict
    records_show: Verdict
    relationships: tuple[RelationshipLabels, ...]
    declined: Declined | None = None
    own_words: OwnWords | None = None
    claim: Claim | None = None
    dissent: tuple[str, ...] = ()

    def relationship(self, wanted):
        """The labels of one relationship, by id; None when there is none."""
        return next((one for one in self.relationships if one.id == wanted), None)
