"""From the stages to a relationship, and from relationships to the case: named, never averaged."""

from alongside.calculations import content
from alongside.calculations.labels.case import STAGES
from alongside.calculations.labels.rules import OUTSIDE, label_stage
from alongside.calculations.labels.sentences import listed
from alongside.calculations.labels.verdicts import CaseLabels, Claim, RelationshipLabels, StageLabel, Verdict

SHARED = ("co-production-equal", "co-production-broad", "co-production-partial")
SILENT = ("not-enough-known", "no-part")


def label_case(case):
    """All labels of a Case, per relationship and stage, with their reasons. Outcomes are never read.

    Returns CaseLabels. When the people who do the work decline the label, that is what is shown first, with their
    reason and their own name for it; what the facts show stays readable in `records_show`.
    """
    relationships = tuple(label_relationship(case, one) for one in case.relationships)
    shown = _over_relationships(relationships)
    return CaseLabels(
        title=case.title,
        verdict=_declined(case, shown) if case.declined else shown,
        records_show=shown,
        relationships=relationships,
        declined=case.declined,
        own_words=case.own_words,
        claim=check_claim(case.claimed, shown) if case.claimed else None,
        dissent=case.dissent,
    )


def label_relationship(case, relationship):
    """The labels of one relationship: each stage that was described, and one verdict over them."""
    wanted = relationship.stages or STAGES
    stages = []
    for stage in STAGES:
        described = any(facts.stage == stage for facts in case.stages)
        if stage in wanted and described and (verdict := label_stage(case, relationship, case.stage(stage))):
            stages.append(StageLabel(stage=stage, verdict=verdict))
    verdict = _over_stages(relationship, stages)
    return RelationshipLabels(
        id=relationship.id,
        words=relationship.words,
        between=relationship.between,
        verdict=verdict,
        stages=tuple(stages),
    )


def _over_stages(relationship, stages):
    """One name when the stages agree, "mixed" when they do not. Either side may start; so the start does not weigh."""
    later = [one for one in stages if one.stage != "initiate" and one.verdict.label not in SILENT]
    weighed = later or [one for one in stages if one.verdict.label not in SILENT]
    label = _one_name([one.verdict.label for one in weighed], [one.verdict.label for one in stages])
    tried = relationship.attempted and relationship.came_about is False
    if tried and label not in SHARED and label != "mixed":
        label = "attempted-not-achieved"
    return Verdict(
        label=label,
        also=_others(label, [one.verdict for one in stages]),
        reasons=_attempt(relationship) + _by_label(stages),
        against=_gathered(stages, "against"),
        missing=_gathered(stages, "missing") if stages else ("Anything about its stages.",),
        questions=_gathered(stages, "questions"),
        sure=all(one.verdict.sure for one in weighed),
    )


def _one_name(weighed, every):
    names = set(weighed)
    if not names:
        return "no-part" if every and set(every) == {"no-part"} else "not-enough-known"
    if names <= set(OUTSIDE):
        return next(one for one in OUTSIDE if one in names)
    if names <= set(SHARED):
        return names.pop() if len(names) == 1 else "co-production-broad"
    return names.pop() if len(names) == 1 else "mixed"


def _attempt(relationship):
    if not relationship.attempted:
        return ()
    if relationship.came_about is False:
        why = f" {relationship.why_not}" if relationship.why_not else ""
        return (f"A partnership was tried and did not come about.{why}",)
    return ("A partnership was tried.",)


def _by_label(stages):
    """For example: "Led by professionals: Start and Design."."""
    found = {}
    for one in stages:
        found.setdefault(one.verdict.label, []).append(content.stage(one.stage).words)
    return tuple(f"{content.label(label).words}: {listed(names)}." for label, names in found.items())


def _gathered(stages, name):
    return tuple(dict.fromkeys(sentence for one in stages for sentence in getattr(one.verdict, name)))


def _others(label, verdicts):
    found = [name for verdict in verdicts for name in (verdict.label, *verdict.also)]
    return tuple(dict.fromkeys(name for name in found if name != label and name not in SILENT))


def _over_relationships(relationships):
    verdicts = [one.verdict for one in relationships]
    speaking = [verdict for verdict in verdicts if verdict.label not in SILENT]
    label = _one_name([verdict.label for verdict in speaking], [verdict.label for verdict in verdicts])
    if len(relationships) == 1:
        return verdicts[0]
    return Verdict(
        label=label,
        also=_others(label, verdicts),
        reasons=tuple(f"{one.words}: {content.label(one.verdict.label).words}." for one in relationships),
        against=tuple(dict.fromkeys(s for verdict in verdicts for s in verdict.against)),
        missing=tuple(dict.fromkeys(s for verdict in verdicts for s in verdict.missing)),
        questions=tuple(dict.fromkeys(s for verdict in verdicts for s in verdict.questions)),
        sure=all(verdict.sure for verdict in speaking),
    )


def _declined(case, shown):
    by = case.declined.by or "The people who do the work"
    reasons = [f"{by} declined the label: {case.declined.reason}"]
    if case.declined.called:
        reasons.append(f"Their own name for it: {case.declined.called}")
    return Verdict(label="label-declined", also=(shown.label,), reasons=tuple(reasons), sure=True)


def check_claim(claimed, shown):
    """A label that somebody used, beside what the facts show."""
    if claimed == shown.label:
        return Claim(label=claimed, holds=True, words="The facts show the same.")
    open_to_it = claimed == "co-production-equal" and shown.label == "co-production-broad" and not shown.against
    if (
        open_to_it
        or shown.label == "not-enough-known"
        or (claimed in SHARED and shown.label == "co-production-partial")
    ):
        return Claim(label=claimed, holds=None, words="Not enough is known to say so. See what is missing.")
    if shown.label == "co-production-equal" and claimed == "co-production-broad":
        return Claim(label=claimed, holds=True, words="The facts show it, and more.")
    if claimed in shown.also:
        return Claim(label=claimed, holds=False, words="The facts show it for a part only. See which.")
    return Claim(label=claimed, holds=False, words="The facts show something else.")
