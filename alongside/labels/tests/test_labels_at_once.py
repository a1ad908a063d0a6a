"""Several people speak for the table at the same moment: one is heard, the others are told so."""

import threading

import pytest
from django.db import connections

from alongside.labels import operations, queries
from alongside.labels.models import LabelDeclined, LabelShown
from alongside.labels.tests.factories import LOOK
from alongside.refusals import Refused
from tests.world import AT, World

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
HANDS = 8


def together(do):
    """What so many threads that start at the same moment gave back: a code of refusal, "done", or a fault."""
    ready, given = threading.Barrier(HANDS), []

    def work():
        try:
            ready.wait()
            do()
            given.append("done")
        except Refused as stop:
            given.append(stop.refusal.code)
        except Exception as fault:
            given.append(repr(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(given)


def test_word_is_declined_once():
    scene = World().scenes["own"]
    author = scene.people["author"]
    given = together(lambda: operations.decline(initiative=scene.initiative, words="No.", by=author, at=AT))
    assert given == ["declined"] * (HANDS - 1) + ["done"]
    assert LabelDeclined.objects.count() == 1


def test_labels_shown_are_numbered_one_after_the_other():
    scene = World().scenes["own"]
    lead, mark = scene.people["lead"], queries.mark_of(queries.text_for_outside(scene.initiative, LOOK))
    given = together(lambda: operations.publish(initiative=scene.initiative, seen=mark, by=lead, at=AT, on=LOOK))
    assert given == ["done"] * HANDS
    assert sorted(LabelShown.objects.values_list("number", flat=True)) == list(range(1, HANDS + 1))
