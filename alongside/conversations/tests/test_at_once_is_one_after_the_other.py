"""Many at the same moment, on the database that lets them: PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from alongside.conversations.models import Ballot, Issued
from alongside.conversations.tests import factories as make
from alongside.refusals import Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 8


def together(jobs):
    """Run the jobs at one moment; what each gave, or the code of its refusal."""
    gate = Barrier(len(jobs))

    def run(job):
        try:
            gate.wait()
            return job()
        except Refused as stop:
            return stop.refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def cast():
    return make.table()


def test_one_press_at_once_gives_one_paper(cast):
    found = make.conversation(cast)
    codes = together([lambda: make.paper(found, cast.asha)] * AT_ONCE)
    assert len(set(codes)) == 1
    assert Issued.objects.count() == 1


def test_several_windows_at_once_give_one_paper(cast):
    found = make.conversation(cast)
    got = together([lambda press=press: make.paper(found, cast.asha, press=press) for press in range(AT_ONCE)])
    assert sorted(got).count("has-paper") == AT_ONCE - 1
    assert Issued.objects.count() == 1


def test_the_same_answer_at_once_counts_once(cast):
    found = make.conversation(cast)
    code, statement = make.paper(found, cast.asha), make.up(found)[0]
    together(
        [lambda choice=choice: make.answer(found, code, statement, choice, cast.asha) for choice in (1, -1, 0) * 3]
    )
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("round_", range(5))
def test_no_answer_slips_in_behind_the_close(cast, round_):
    found = make.conversation(cast, [f"Statement {place}" for place in range(AT_ONCE)])
    code, statements = make.paper(found, cast.asha), make.up(found)
    key = make.key(found, code)
    make.answer(found, code, statements[0], 1, cast.asha)
    answers = [lambda each=each: make.answer(found, code, each, 1, cast.asha) for each in statements[1:]]
    got = together([*answers, lambda: make.closed(found, cast.dee) and "closed"])
    counted = 1 + got.count(None)
    assert set(got) <= {None, "closed"}
    assert not Ballot.objects.filter(voter_key=key).exists()
    assert (Ballot.objects.count(), make.fresh(found).votes) == (counted, counted)
