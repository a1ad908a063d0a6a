"""When numbers show, and which."""

import pytest

from alongside.conversations import operations, permissions, queries
from alongside.conversations.models import StatementTally
from alongside.conversations.tests import factories as make

pytestmark = pytest.mark.django_db
TOO_FEW = "too few to show"


@pytest.fixture
def cast():
    return make.table()


def code_of(refusal):
    return refusal.code if refusal else None


def answered(cast, choices, **options):
    """A closed conversation in which these people answered one statement."""
    found = make.conversation(cast, ["Nights are too loud."], **options)
    make.voters(found, [[choice] for choice in choices], cast.asha)
    make.closed(found, cast.dee)
    return queries.conversation(found.pk)


def test_nothing_is_counted_while_it_is_open(cast):
    found = make.conversation(cast)
    make.voters(found, [[1, 1, 1]] * 40, cast.asha)
    assert code_of(permissions.why_not_results(found)) == "open"
    assert not StatementTally.objects.exists()
    assert make.fresh(found).voters == 0


@pytest.mark.parametrize(
    ("people", "needed", "expected"),
    [(0, 5, "too-few"), (4, 5, "too-few"), (5, 5, None), (11, 12, "too-few"), (12, 12, None)],
)
def test_results_wait_for_enough_people(cast, people, needed, expected):
    found = answered(cast, [1] * people, needed=needed)
    assert code_of(permissions.why_not_results(found)) == expected


def test_an_organisation_can_raise_the_floor(cast):
    cast.organisation.small_number = 9
    cast.organisation.save(update_fields=["small_number"])
    assert code_of(permissions.why_not_results(answered(cast, [1] * 8))) == "too-few"


@pytest.mark.parametrize(
    ("agree", "disagree", "shown"),
    [
        (4, 4, (TOO_FEW, TOO_FEW)),
        (11, 1, (TOO_FEW, TOO_FEW)),
        (12, 0, (TOO_FEW, TOO_FEW)),
        (14, 1, (TOO_FEW, TOO_FEW)),
    ],
)
def test_small_numbers_and_what_is_left_of_them_stay_hidden(cast, agree, disagree, shown):
    found = answered(cast, [1] * agree + [-1] * disagree)
    ((_, tally),) = queries.results(found)["table"]
    assert (tally.agree, tally.disagree) == shown


def test_numbers_that_point_at_nobody_are_shown(cast):
    found = answered(cast, [1] * 9 + [-1] * 8 + [0] * 7)
    results = queries.results(found)
    ((statement, tally),) = results["table"]
    assert (tally.agree, tally.disagree, tally.passed, tally.seen) == (9, 8, 7, 24)
    assert statement.words == "Nights are too loud."
    (title, ((_, _, bars),), more) = results["parts"][0]
    assert title == "People differ"
    assert [(bar.label, bar.count) for bar in bars] == [("Agree", 9), ("Disagree", 8), ("Pass", 7)]
    assert more == 0


def test_a_small_public_group_needs_eight_in_a_cell(cast):
    choices = [1] * 7 + [-1] * 7 + [0] * 7
    ((_, tally),) = queries.results(answered(cast, choices))["table"]
    assert tally.agree == 7
    ((_, tally),) = queries.results(answered(cast, choices, question="Public?", opens_for="PUBLIC"))["table"]
    assert tally.agree == TOO_FEW


def test_declined_statements_are_in_no_result(cast):
    found = make.conversation(cast)
    make.voters(found, [[1, -1, 0]] * 10, cast.asha)
    gone = make.up(found)[0]
    operations.decline(statement_id=gone.pk, reason="It names somebody.", by=cast.dee, at=make.AT)
    make.closed(found, cast.dee)
    assert gone not in [statement for statement, _ in queries.results(queries.conversation(found.pk))["table"]]


# --- in steps ---


@pytest.fixture
def stepping(cast):
    return make.conversation(cast, ["Nights are too loud."], opens_for="PUBLIC", results="IN_STEPS")


def more(found, cast, choices):
    make.voters(found, [[choice] for choice in choices], cast.asha)
    operations.release_step(conversation_id=found.pk)
    tally = StatementTally.objects.filter(statement__conversation=found).first()
    return make.fresh(found).voters, tally and (tally.agree, tally.disagree)


def test_steps_begin_at_thirty_and_move_with_five(cast, stepping):
    assert more(stepping, cast, [1] * 29) == (0, None)
    assert code_of(permissions.why_not_results(make.fresh(stepping))) == "open"
    assert more(stepping, cast, [-1]) == (30, (29, 1))
    assert permissions.why_not_results(queries.conversation(stepping.pk)) is None
    for _ in range(4):
        assert more(stepping, cast, [-1]) == (30, (29, 1))
    assert more(stepping, cast, [-1]) == (35, (29, 6))


def test_a_statement_moves_only_when_five_more_answered_it(cast):
    found = make.conversation(cast, ["One", "Two"], opens_for="PUBLIC", results="IN_STEPS")
    first, second = make.up(found)
    make.voters(found, [[1, 1]] * 30, cast.asha)
    operations.release_step(conversation_id=found.pk)
    for number in range(5):
        answers = {first.pk: -1} | ({second.pk: -1} if number == 0 else {})
        operations.enter_sheet(conversation_id=found.pk, answers=answers, by=cast.bo, at=make.AT)
    operations.release_step(conversation_id=found.pk)
    found_now = {tally.statement: tally.disagree for tally in queries.tallies(found)}
    assert found_now == {first: 5, second: 0}


def test_steps_come_with_the_last_answer_of_a_voter(cast, stepping, django_capture_on_commit_callbacks):
    make.voters(stepping, [[1]] * 29, cast.asha)
    with django_capture_on_commit_callbacks(execute=True):
        make.answer(stepping, make.paper(stepping, cast.eli), make.up(stepping)[0], 1, cast.eli)
    assert make.fresh(stepping).voters == 30


def test_steps_never_come_where_results_come_once(cast):
    found = make.conversation(cast, opens_for="PUBLIC")
    make.voters(found, [[1, 1, 1]] * 40, cast.asha)
    operations.release_step(conversation_id=found.pk)
    assert not StatementTally.objects.exists()


# --- open files ---


@pytest.mark.parametrize(
    ("people", "options", "expected"),
    [(30, {"opens_for": "PUBLIC"}, None), (29, {"opens_for": "PUBLIC"}, "too-few"), (30, {}, "not-public")],
)
def test_rows_are_given_out_only_from_thirty_in_public(cast, people, options, expected, tmp_path):
    found = answered(cast, [1, -1, 0] * 10 if people == 30 else [1] * people, **options)
    assert code_of(permissions.why_not_rows(found)) == expected
    queries.set_out(found, tmp_path / "out")
    assert (tmp_path / "out" / "votes.csv").exists() == (expected is None)
    assert (queries.as_public(found).votes is None) == (expected is not None)


def test_open_files_of_an_open_conversation_do_not_exist(cast):
    found = make.conversation(cast, opens_for="PUBLIC")
    assert code_of(permissions.why_not_rows(found)) == "open"


def test_open_files_name_nobody(cast, tmp_path):
    found = make.conversation(cast, opens_for="PUBLIC")
    statement = make.waiting(found, cast.asha, show_name=True)
    operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    make.voters(found, [[1] * 4] * 30, cast.asha)
    make.closed(found, cast.dee)
    queries.set_out(queries.conversation(found.pk), tmp_path / "out")
    text = "".join(file.read_text() for file in (tmp_path / "out").iterdir())
    assert statement.words in text
    assert "Asha" not in text
    assert "2026" not in text
