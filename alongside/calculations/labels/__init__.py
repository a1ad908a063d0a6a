"""The honest label: per stage and per relationship, from what was done and decided, never from what came of it.

Doors: `read_case(path)`, `label_case(case)`, `as_json(labels)`, `label_file(path)`, `from_records(records)`,
`cases()`. The rules, the format of CASE.toml and a worked example: docs/labels.md.
"""

from alongside.calculations.content.files import content_root
from alongside.calculations.labels.case import (
    DRIVERS,
    GROUPS,
    PEOPLE_SIDE,
    PROFESSIONAL_SIDE,
    STAGES,
    Case,
    Declined,
    OwnWords,
    Relationship,
    Several,
    StageFacts,
)
from alongside.calculations.labels.reading import CaseError, read_case
from alongside.calculations.labels.records import BySide, StageRecords, from_records
from alongside.calculations.labels.summary import check_claim, label_case, label_relationship
from alongside.calculations.labels.verdicts import CaseLabels, Claim, RelationshipLabels, StageLabel, Verdict
from alongside.calculations.labels.writing import as_json, label_file

__all__ = [
    "DRIVERS",
    "GROUPS",
    "PEOPLE_SIDE",
    "PROFESSIONAL_SIDE",
    "STAGES",
    "BySide",
    "Case",
    "CaseError",
    "CaseLabels",
    "Claim",
    "Declined",
    "OwnWords",
    "Relationship",
    "RelationshipLabels",
    "Several",
    "StageFacts",
    "StageLabel",
    "StageRecords",
    "Verdict",
    "as_json",
    "cases",
    "check_claim",
    "from_records",
    "label_case",
    "label_file",
    "label_relationship",
    "read_case",
]


def cases():
    """The described cases that come with the product: {id: Case}, a to z."""
    found = sorted((p for p in (content_root() / "cases").iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return {path.name.removesuffix(".toml"): read_case(path) for path in found}
