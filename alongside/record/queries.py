"""Reads of the journal."""

from alongside.record.models import JournalLine
from alongside.record.policies import digest_of


def lines_by(person):
    """What `person` did, oldest first; for their own record."""
    return JournalLine.objects.filter(by_person=person.pk).order_by("pk")


def lines_about(subject):
    """What was done to one thing, oldest first."""
    return JournalLine.objects.filter(subject=f"{subject._meta.model_name}:{subject.pk}").order_by("pk")


def lines_on(subjects):
    """What was done to many things, each named like payment:12, oldest first."""
    return JournalLine.objects.filter(subject__in=subjects).order_by("pk")


def first_broken_line():
    """The pk of the first line whose digest does not follow from the one before; None when the chain is whole."""
    before = ""
    for line in JournalLine.objects.order_by("pk").iterator(chunk_size=2000):
        if line.digest != digest_of(before, line):
            return line.pk
        before = line.digest
    return None
