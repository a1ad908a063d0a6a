"""Labels as plain tables, ready for JSON, with the words of each label beside its id."""

from dataclasses import asdict

from alongside.calculations import content
from alongside.calculations.labels.case import GROUPS
from alongside.calculations.labels.reading import FORMAT, read_case
from alongside.calculations.labels.summary import label_case


def as_json(labels):
    """A CaseLabels as tables and lists that json.dumps takes, labels with their words."""
    return {
        "format": FORMAT,
        "title": labels.title,
        "label": _verdict(labels.verdict),
        "records_show": _verdict(labels.records_show),
        "relationships": [_relationship(one) for one in labels.relationships],
        "declined": asdict(labels.declined) if labels.declined else None,
        "own_words": asdict(labels.own_words) if labels.own_words else None,
        "claim": {**asdict(labels.claim), "label": _named(labels.claim.label)} if labels.claim else None,
        "dissent": list(labels.dissent),
    }


def label_file(path):
    """Read CASE.toml and label it: the answer of `alongside label CASE.toml --json`.

    Raises CaseError, in plain words that name the key, when the file cannot be read.
    """
    return as_json(label_case(read_case(path)))


def _relationship(one):
    return {
        "id": one.id,
        "words": one.words,
        "between": [{"id": group, "words": GROUPS[group]} for group in one.between],
        "label": _verdict(one.verdict),
        "stages": [
            {"id": stage.stage, "words": content.stage(stage.stage).words, "label": _verdict(stage.verdict)}
            for stage in one.stages
        ],
    }


def _verdict(verdict):
    return {
        **_named(verdict.label),
        "means": content.label(verdict.label).means,
        "does_not_claim": content.label(verdict.label).does_not_claim,
        "also": [_named(one) for one in verdict.also],
        "reasons": list(verdict.reasons),
        "against": list(verdict.against),
        "missing": list(verdict.missing),
        "questions": list(verdict.questions),
        "sure": verdict.sure,
    }


def _named(label):
    return {"id": label, "words": content.label(label).words}
