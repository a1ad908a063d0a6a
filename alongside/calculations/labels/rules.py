"""The rules for one stage, seen from one relationship. They read what was done and decided, never what came of it.

Source: the criteria of "Co-Production is Good, but Other Things are Good Too" (Cambridge University Press, 2023), in
the order that docs/labels.md explains. The first rule that answers gives the label; others may be added beside it.
"""

from dataclasses import dataclass, replace

from alongside.calculations.labels.case import (
    PEOPLE_SIDE,
    PROFESSIONAL_SIDE,
    Case,
    Relationship,
    Several,
    StageFacts,
)
from alongside.calculations.labels.sentences import told_facts, who
from alongside.calculations.labels.verdicts import Verdict

EARLY = ("initiate", "commission", "design")
AUTHORITY = (*PROFESSIONAL_SIDE, "designers", "client", "deciding-body")
OUTSIDE = ("evidence-based-practice", "professionally-led", "consultation", "informing")
FOR_SHOW = "Were people asked for show? Ask those who were asked what became of it."
NEEDED = {
    "acted": "Who did the work of this stage.",
    "decided": "Who decided.",
    "iterated_with": "With whom a first version was tried, and what changed.",
}


@dataclass(frozen=True)
class View:
    """One stage seen from one relationship. Each answer is True, False, or None for not known."""

    case: Case
    relationship: Relationship
    facts: StageFacts
    acted: Several
    decided: Several

    @property
    def people_acted(self):
        return self.acted.has(PEOPLE_SIDE)

    @property
    def people_decided(self):
        return self.decided.has(PEOPLE_SIDE)

    @property
    def others_acted(self):
        return self.acted.has(self.relationship.other_side)

    @property
    def others_decided(self):
        return self.decided.has(self.relationship.other_side)

    @property
    def people_in(self):
        return either(self.people_acted, self.people_decided)

    @property
    def others_in(self):
        return either(self.others_acted, self.others_decided)

    @property
    def partners(self):
        """The other side in words, those of them who acted or decided first."""
        there = self.acted.joined_with(self.decided)
        named = who(there, only=self.relationship.other_side)
        return named if named != "nobody" else who(Several(self.relationship.other_side))


def either(one, other):
    """True when one of them is; None when it may be; else False."""
    if one or other:
        return True
    return None if one is None or other is None else False


def view_of(case, relationship, facts):
    """Look at a stage. To start something is to act; where nothing else is told, it is to decide as well."""
    acted, decided = facts.acted, facts.decided
    if facts.stage == "initiate" and facts.started.told:
        if not acted.told and not decided.told:
            decided = facts.started
        acted = acted.joined_with(facts.started) if acted.told else facts.started
    return View(case, relationship, facts, acted, decided)


def label_stage(case, relationship, facts):
    """The Verdict for one stage in one relationship; "not-enough-known" is one of the answers.

    A stage that is known not to have happened gives None.
    """
    if facts.happened is False:
        return None
    view = view_of(case, relationship, facts)
    verdict = _first_answer(view)
    return replace(
        verdict,
        also=tuple(dict.fromkeys(verdict.also + _beside(view, verdict.label))),
        reasons=verdict.reasons + told_facts(facts) + _context(view),
        sure=verdict.sure and not set(facts.unsure) & {"started", "acted", "decided", "joined", "produced"},
    )


def _first_answer(view):
    if view.facts.produced is False and view.people_in is not True:
        return nothing_made(view)
    if view.relationship.with_community:
        return with_community(view) or not_enough(view)
    if view.relationship.about_design and view.facts.iterated_with.has(PEOPLE_SIDE):
        return designed_with(view)
    if view.people_in is None:
        return asked(view) or not_enough(view)
    if view.people_in is False:
        return without_people(view) or not_enough(view)
    return with_people(view)


def nothing_made(view):
    """Nothing was made: then nothing was made together. It may still open a door."""
    if view.relationship.with_community:
        return Verdict(label="inclusion-measure", reasons=("People share a place or an activity; nothing was made.",))
    return Verdict(label="rights-or-transparency", reasons=("Something was opened to people; nothing was made.",))


def with_community(view):
    """The relationship between people with lived experience and everybody else in the place."""
    facts, side = view.facts, view.relationship.other_side
    shared = facts.joined.has(PEOPLE_SIDE) and either(facts.joined.has(side), view.others_in)
    if shared and view.people_in is not True:
        return Verdict(
            label="inclusion-measure", reasons=("Both took part in it; neither side made it with the other.",)
        )
    if view.others_in:
        together = f"together with {who(view.acted.joined_with(view.decided), only=PEOPLE_SIDE)}"
        reason = f"People of the community acted{', ' + together if view.people_in else ''}."
        return Verdict(label="community-involvement", reasons=(reason,))
    if view.people_in and view.others_in is False:
        return Verdict(label="no-part", reasons=("People of the community had no part in this stage.",))
    return without_people(view) if view.people_in is False else None


def designed_with(view):
    """A thing made in rounds, changed by those who use it."""
    reasons = [f"A first version was tried with {who(view.facts.iterated_with, only=PEOPLE_SIDE)}, and changed."]
    if {"designers", "client"} & set(view.case.also_lived):
        reasons.append(
            "Designers had lived experience themselves, so the usual order of who stands above whom is gone."
        )
    return Verdict(label="user-centred-design", reasons=tuple(reasons))


def asked(view):
    """People were asked and others decided. None when that is not what is known."""
    if not view.facts.asked.has(PEOPLE_SIDE) or view.people_decided is not False:
        return None
    questions = () if view.facts.answered else (FOR_SHOW,)
    reasons = (f"{who(view.facts.asked, only=PEOPLE_SIDE).capitalize()} gave their view; others decided.",)
    also = ("evidence-based-practice",) if view.facts.driven_by.has(("research",)) else ()
    missing = (NEEDED["acted"],) if view.people_acted is None else ()
    return Verdict(
        label="consultation", also=also, reasons=reasons, questions=questions, missing=missing, sure=not missing
    )


def without_people(view):
    """Nobody with lived experience and no carer acted or decided. None when nobody else is known either."""
    if verdict := asked(view):
        return verdict
    if view.facts.told.has(PEOPLE_SIDE):
        return Verdict(label="informing", reasons=("People were told; they had no part in the work or the decision.",))
    nobody = "No people with lived experience and no carers acted or decided."
    if research_drove(view):
        return Verdict(label="evidence-based-practice", reasons=(nobody, "Published research drove it."))
    there = set(view.acted.known) | set(view.decided.known)
    if there & set(AUTHORITY):
        return Verdict(label="professionally-led", reasons=(nobody,))
    if "community" in there:
        return Verdict(label="community-involvement", reasons=(nobody, "People of the community acted."))
    return None


def research_drove(view):
    """Whether research drove this stage; where a later stage does not say, the early ones speak for it."""
    here = view.facts.driven_by
    if here.told:
        return here.has(("research",)) is True
    return any(view.case.stage(early).driven_by.has(("research",)) for early in EARLY)


def with_people(view):
    """People with lived experience or carers acted or decided: alone, together with others, or under others."""
    if view.people_decided is False and view.decided.known:
        return involved(view)
    if view.others_in is False or (view.others_acted is False and not view.others_decided):
        return led_by_people(view)
    if view.people_decided and view.others_decided:
        return together(view)
    if view.people_decided and view.others_decided is False:
        return led_by_people(view)
    if view.people_decided and view.others_acted:
        return in_part(view)
    return not_enough(view)


def involved(view):
    """People did some of the work; others decided."""
    people = who(view.acted, only=PEOPLE_SIDE)
    return Verdict(label="involvement", reasons=(f"{people.capitalize()} did some of the work; others decided.",))


def led_by_people(view):
    """The professionals stood outside, or worked under the decision of people with lived experience."""
    people = who(view.acted.joined_with(view.decided), only=PEOPLE_SIDE).capitalize()
    if view.others_acted:
        reason = f"{people} decided; {view.partners} helped and did not decide."
    else:
        reason = f"{people} acted here without {who(Several(view.relationship.other_side))}."
    reasons = [reason]
    held = view.facts.money_held_by
    if held.known and held.complete and set(held.known) <= set(PEOPLE_SIDE):
        reasons.append("They held the money too, which goes further than equal partners.")
    missing = (NEEDED["decided"],) if view.people_decided is None or view.others_decided is None else ()
    return Verdict(label="service-user-led", reasons=tuple(reasons), missing=missing, sure=not missing)


def in_part(view):
    """People decided and others worked on it, but whether those others decided too is not known."""
    reason = f"{who(view.decided, only=PEOPLE_SIDE).capitalize()} had a say, and {view.partners} worked on it too."
    return Verdict(
        label="co-production-partial",
        reasons=(reason,),
        missing=("Who else decided, and how.", *_missing_for_equal(view)),
        sure=False,
    )


def together(view):
    """Both sides decided: co-production, and by equal partners when nothing is missing and nothing stands against it."""
    people = who(view.decided, only=PEOPLE_SIDE).capitalize()
    reason = f"{people} decided together with {view.partners}."
    against = tuple(no for value, no, _ in equal_terms(view) if value is False)
    missing = _missing_for_equal(view)
    label = "co-production-broad" if against or missing else "co-production-equal"
    return Verdict(label=label, reasons=(reason,), against=against, missing=missing)


def equal_terms(view):
    """The terms of equal partners: (holds, what stands against it, what we would need to know) each."""
    start, look = view.case.stage("initiate"), view.case.stage("evaluate")
    undo = view.facts.can_undo
    return (
        (view.facts.equal_votes, "Votes did not count the same.", "Whether every vote counted the same."),
        (
            not undo.known if undo.told else None,
            f"{who(undo).capitalize()} could undo it alone.",
            "Whether anybody could undo the decision alone.",
        ),
        (_both(view, start.started), "It was started by one side.", "Who started it."),
        (_both(view, look.acted), "One side alone looked at how it went.", "Who looked at how it went."),
    )


def _both(view, several):
    sides = (several.has(PEOPLE_SIDE), several.has(view.relationship.other_side))
    if False in sides:
        return False
    return None if None in sides else True


def _missing_for_equal(view):
    return tuple(need for value, _, need in equal_terms(view) if value is None)


def not_enough(view):
    """The honest answer when the facts do not carry a label."""
    needed = [NEEDED[name] for name in ("acted", "decided") if not getattr(view, name).complete]
    if view.relationship.about_design and not view.facts.iterated_with.told:
        needed.append(NEEDED["iterated_with"])
    return Verdict(
        label="not-enough-known",
        reasons=("What is known does not show who took part and who decided.",),
        missing=tuple(needed),
        sure=True,
    )


def _beside(view, label):
    """Labels that hold beside the first one."""
    facts, case = view.facts, view.case
    found = []
    started = facts.started
    if facts.stage == "initiate" and started.complete and started.known and set(started.known) <= set(PEOPLE_SIDE):
        found.append("agenda-from-people")
    designs = any(one.about_design for one in case.relationships)
    if facts.iterated_with.has(PEOPLE_SIDE) and not designs:
        found.append("user-centred-design")
    if facts.faces_public and label in OUTSIDE:
        found.append("public-facing")
    if view.relationship.respects and not view.relationship.equalises and label in (*OUTSIDE, "rights-or-transparency"):
        found.append("respectful-improvement")
    return tuple(found)


def _context(view):
    """What a reader should know of the relationship before reading the label."""
    if view.relationship.mental_health_service is False:
        return ("This is not a mental health service.",)
    return ()
