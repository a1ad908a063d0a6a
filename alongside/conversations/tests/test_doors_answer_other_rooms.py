"""What other rooms ask this one."""

from datetime import timedelta

import pytest

from alongside.conversations import operations, queries
from alongside.conversations.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make.table()


def words(lines, kind):
    return [line.words for line in lines if line.kind == kind]


def test_an_open_conversation_needs_me_until_i_took_a_paper(cast):
    found = make.conversation(cast, closes_on=make.ON + timedelta(days=30))
    (line,) = queries.today(cast.asha, make.ON)
    assert (line.words, line.by) == ("Say what you think: How should nights be?", found.closes_on)
    make.paper(found, cast.asha)
    assert queries.today(cast.asha, make.ON) == []
    assert list(queries.open_for(cast.bo)) == [found]
    assert queries.today(cast.eli, make.ON) == queries.today(None, make.ON) == []


def test_a_public_conversation_asks_only_those_with_a_seat(cast):
    make.conversation(cast, opens_for="PUBLIC")
    assert not queries.open_for(cast.eli).exists()
    assert queries.open_for(cast.cy).exists()


def test_today_tells_authors_and_who_leads_what_waits(cast):
    found = make.conversation(cast)
    make.paper(found, cast.asha)
    statement = make.waiting(found, cast.asha, words="z" * 200)
    make.waiting(found, cast.bo)
    assert "2 statements wait for you to look at: How should nights be?" in words(
        queries.today(cast.dee, make.ON), "needs"
    )
    (waits,) = words(queries.today(cast.asha, make.ON), "waits")
    assert waits.endswith("…")
    operations.decline(statement_id=statement.pk, reason="Too long.", by=cast.dee, at=make.AT)
    (became,) = words(queries.today(cast.asha, make.ON), "became")
    assert became.endswith("The reason: Too long.")


def test_today_says_that_the_conversation_with_my_words_closed(cast):
    found = make.conversation(cast)
    statement = make.waiting(found, cast.asha)
    operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    make.closed(found, cast.dee)
    (became,) = words(queries.today(cast.asha, make.ON), "became")
    assert became.startswith("The conversation with what you wrote has closed")


def test_authors_of_statements_are_found_for_who_must_be_told(cast):
    found = make.conversation(cast)
    mine = [make.waiting(found, who) for who in (cast.bo, cast.asha, cast.asha)]
    ids = [each.pk for each in [*mine, *make.up(found)]]
    assert list(queries.authors_of(ids)) == [cast.asha, cast.bo]
    assert list(queries.authors_of([])) == []


def test_statements_for_an_initiative_are_those_that_were_put_up(cast):
    other = make.table("Other", organisation=cast.organisation)
    found = make.conversation(cast)
    make.waiting(found, cast.asha)
    make.conversation(other, ["Elsewhere"])
    assert {each.words for each in queries.statements_for(cast.initiative)} == set(make.WORDS)


def test_about_me_holds_what_i_said_and_not_what_i_answered(cast):
    found = make.conversation(cast)
    make.waiting(found, cast.asha, words="My words")
    make.waiting(found, cast.bo, words="CANARY of Bo")
    make.answer(found, make.paper(found, cast.asha), make.up(found)[0], 1, cast.asha)
    about = queries.about_me(cast.asha)
    assert [each["words"] for each in about["What you said in conversations"]] == ["My words"]
    assert about["Conversations in which you had a ballot paper"] == [{"conversation": "How should nights be?"}]
    assert "Nobody can find them" in about["Your answers in conversations"][0]["about"]
    assert "CANARY" not in str(about)
    assert "choice" not in str(about)


def test_figures_count_a_stretch_of_days(cast):
    found = make.conversation(cast, ["One"])
    make.waiting(found, cast.asha)
    operations.put_up(statement_id=make.waiting(found, cast.bo).pk, by=cast.dee, at=make.AT)
    make.paper(found, cast.asha)
    make.voters(found, [[1, 1]] * 6, cast.asha)
    operations.enter_sheet(conversation_id=found.pk, answers={make.up(found)[0].pk: 1}, by=cast.bo, at=make.AT)
    make.closed(found, cast.dee)
    operations.finish_closing(conversation_id=found.pk)
    year = make.ON.replace(month=1, day=1), make.ON.replace(year=2027, month=1, day=1)
    expected = {
        "conversations_opened": 1,
        "conversations_closed": 1,
        "statements_written": 2,
        "statements_put_up": 1,
        "statements_declined": 0,
        "answered": 7,
        "came_by": {"SCREEN": 6, "PAPER": 1},
        "took_part": 1,
    }
    assert queries.figures(cast.initiative, *year) == expected
    assert queries.figures(cast.organisation, *year) == expected
    before = (make.ON.replace(year=2025), make.ON)
    assert not any(queries.figures(cast.organisation, *before).values())
