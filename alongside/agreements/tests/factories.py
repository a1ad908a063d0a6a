"""Agreements made through the operations, so that each is one that could exist."""

from datetime import date

from alongside.agreements import operations

REVIEW = date(2027, 5, 3)


def written(initiative, *, by, at):
    """A draft with two clauses."""
    version = operations.begin_version(initiative=initiative, by=by, at=at)
    version.first_clause = operations.add_clause(
        version_id=version.pk, heading="How we talk", words="One at a time.", by=by, at=at
    )
    operations.add_clause(version_id=version.pk, heading="How we decide", words="By consent.", by=by, at=at)
    return version


def proposed(initiative, *, by, chair, at):
    """A version that everybody is asked about."""
    version = written(initiative, by=by, at=at)
    return operations.propose(version_id=version.pk, why="First words.", review_on=REVIEW, by=chair, at=at)
