"""The pages, as a browser without scripts uses them; and as htmx asks for them."""

import io
import re
import zipfile

import pytest
from django.core.management import call_command

from alongside.conversations import operations, panels, queries
from alongside.conversations.models import Ballot, Conversation, Issued, Statement
from alongside.conversations.tests import factories as make
from alongside.people import queries as people
from alongside.people.models import AssistedVisit, Person
from alongside.people.queries import VISIT_KEY

pytestmark = pytest.mark.django_db
PUBLIC = {"opens_for": "PUBLIC"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ settings.SECRET_KEY }}{% debug %}",
    "夜が長い 🌙 ليل",
    "x" * 300,
]


@pytest.fixture
def cast():
    return make.table()


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def url(found, rest=""):
    return f"/conversations/{found.pk}/{rest}"


def take(browser, found):
    """Press “Take a ballot paper” as the page offers it."""
    token = re.search(r'name="once" value="([^"]+)"', text(browser.get(url(found))))[1]
    return browser.post(url(found, "paper/take/"), {"once": token}), token


def shown_statement(page, found):
    """The statement whose buttons the page shows."""
    return Statement.objects.get(pk=re.search(r'name="statement" value="(\d+)"', page)[1], conversation=found)


def press(browser, found, choice, **more):
    page = text(browser.get(url(found)))
    statement = shown_statement(page, found)
    return statement, browser.post(url(found, "answer/"), {"statement": statement.pk, "choice": choice}, **more)


def test_a_person_answers_all_statements_one_by_one(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    take(browser, found)
    said = []
    for choice in (1, -1, 0):
        statement, response = press(browser, found, choice)
        said.append((statement.pk, choice))
        assert response["Location"] == url(found)
    assert "You have answered all 3" in text(browser.get(url(found)))
    assert sorted(Ballot.objects.values_list("statement", "choice")) == sorted(said)


def test_htmx_gets_only_the_next_statement(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    take(browser, found)
    _, response = press(browser, found, 1, headers={"HX-Request": "true"})
    page = text(response)
    assert page.strip().startswith('<section class="turn"')
    assert "<html" not in page
    assert "1 of 3 answered" in page


def test_answering_takes_at_most_eight_queries(cast, queries_of):
    found, browser = make.conversation(cast, [f"Statement {number}" for number in range(30)]), make.browser(cast.asha)
    take(browser, found)
    first, second = make.up(found)[:2]
    plain = queries_of(lambda: browser.post(url(found, "answer/"), {"statement": first.pk, "choice": 1}))
    htmx = {"HX-Request": "true"}
    swap = queries_of(lambda: browser.post(url(found, "answer/"), {"statement": second.pk, "choice": 1}, headers=htmx))
    assert (plain, swap) == (7, 8)
    assert Ballot.objects.count() == 2


def test_taking_a_paper_twice_gives_the_same_paper(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    first, token = take(browser, found)
    code = text(browser.get(url(found)))
    again = browser.post(url(found, "paper/take/"), {"once": token})
    assert first.cookies.keys() == again.cookies.keys()
    assert re.search(r'class="code">([^<]+)<', text(browser.get(url(found))))[1] in code
    assert Issued.objects.count() == 1


def test_the_paper_is_a_cookie_that_scripts_and_others_cannot_use(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    response, _ = take(browser, found)
    (name,) = [each for each in response.cookies if each.startswith("paper-")]
    cookie = response.cookies[name]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["max-age"])) == (True, "Lax", True)
    other = make.browser(cast.bo)
    for each in (name, f"paper-{found.pk}-0000000000"):
        other.cookies[each] = cookie.value
    assert 'class="code"' not in text(other.get(url(found)))


def test_two_people_on_one_device_keep_their_own_papers(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    take(browser, found)
    press(browser, found, 1)
    browser.force_login(make.Login.objects.get(person=cast.bo))
    assert 'class="code"' not in text(browser.get(url(found)))
    take(browser, found)
    press(browser, found, -1)
    browser.force_login(make.Login.objects.get(person=cast.asha))
    assert "1 of 3 answered" in text(browser.get(url(found)))
    assert Ballot.objects.values("voter_key").distinct().count() == 2


def test_a_code_goes_on_from_another_device(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    take(browser, found)
    press(browser, found, 1)
    code = re.search(r'class="code">([^<]+)<', text(browser.get(url(found))))[1]
    elsewhere = make.browser(cast.asha)
    refused = text(elsewhere.get(url(found)))
    assert "You have had a ballot paper here" in refused
    wrong = text(elsewhere.post(url(found, "paper/code/"), {"code": "ABCD-ABCD-ABCD-ABCD-ABCD"}))
    assert "This is not a code of this conversation" in wrong
    assert "ABCD-ABCD" in wrong
    elsewhere.post(url(found, "paper/code/"), {"code": code.lower()})
    assert "1 of 3 answered" in text(elsewhere.get(url(found)))


def test_a_helper_brings_the_way_and_leaves_no_lasting_paper(cast):
    found = make.conversation(cast)
    visit = AssistedVisit.objects.create(
        person=cast.cy, helper=cast.dee, present="Beside me", channel="PHONE", started_at=make.AT
    )
    browser = make.browser(cast.dee)
    session = browser.session
    session[VISIT_KEY] = visit.pk
    session.save()
    response, _ = take(browser, found)
    assert [cookie["max-age"] for name, cookie in response.cookies.items() if name.startswith("paper-")] == [""]
    press(browser, found, 1)
    assert Ballot.objects.get().channel == "PHONE"
    assert Issued.objects.get().person == cast.cy


def test_answers_can_be_changed_in_the_list(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    take(browser, found)
    statement = make.up(found)[1]
    data = {"statement": statement.pk, "back": "list"}
    response = browser.post(url(found, "answer/"), data | {"choice": 1})
    assert response["Location"] == f"{url(found, 'statements/')}?page=1#s{statement.pk}"
    browser.post(url(found, "answer/"), data | {"choice": -1})
    page = text(browser.get(url(found, "statements/")))
    assert page.count('aria-pressed="true"') == 1
    assert Ballot.objects.get().choice == -1


@pytest.mark.parametrize(
    "data", [{}, {"statement": "x", "choice": "1"}, {"statement": "1", "choice": "9"}, {"choice": "1"}]
)
def test_a_broken_answer_changes_nothing(cast, data):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    take(browser, found)
    assert browser.post(url(found, "answer/"), data).status_code == 302
    assert not Ballot.objects.exists()


def guest_form(browser, found):
    """What the guest's page sends, with a name."""
    token = re.search(r'name="once" value="([^"]+)"', text(browser.get(url(found, "paper/take/"))))[1]
    return {"once": token, "shown_name": "Lou"}


def test_a_guest_answers_a_public_conversation_and_gets_a_claim_code(cast):
    found, browser = make.conversation(cast, **PUBLIC), make.browser()
    assert "Take part" in text(browser.get(url(found)))
    told = text(browser.post(url(found, "paper/take/"), guest_form(browser, found)))
    claim = people.claim_code(re.search(r"[A-Z0-9]{4}-[A-Z0-9]{5}-[A-Z0-9]{5}", told)[0])
    assert claim.person.shown_name == "Lou"
    assert Issued.objects.get().person == claim.person
    press(browser, found, 1)
    assert Ballot.objects.count() == 1


def test_a_guest_who_presses_twice_is_one_person_with_one_paper(cast):
    found, browser = make.conversation(cast, **PUBLIC), make.browser()
    sent = guest_form(browser, found)
    papers = set()
    for lost in (make.browser(), make.browser()):
        lost.post(url(found, "paper/take/"), sent)
        papers.add(re.search(r'class="code">([^<]+)<', text(lost.get(url(found))))[1])
    assert Issued.objects.count() == len(papers) == 1


def test_a_guest_gets_no_paper_of_a_closed_conversation_or_one_of_the_table(cast):
    closed, table = make.conversation(cast, **PUBLIC), make.conversation(cast)
    browser = make.browser()
    sent = guest_form(browser, closed)
    operations.close(conversation_id=closed.pk, by=cast.dee, at=make.AT)
    known = Person.objects.count()
    assert "This conversation is closed" in text(browser.post(url(closed, "paper/take/"), sent))
    assert browser.post(url(table, "paper/take/"), sent).status_code == 404
    assert (Person.objects.count(), Issued.objects.count()) == (known, 0)


def test_strangers_do_not_learn_of_a_conversation_of_the_table(cast):
    found = make.conversation(cast, question="CANARY question")
    there, nowhere = make.browser(cast.eli).get(url(found)), make.browser(cast.eli).get("/conversations/99/")
    assert (there.status_code, there.content) == (404, nowhere.content)
    assert "CANARY" not in text(make.browser(cast.eli).get(f"/conversations/of/{cast.initiative.pk}/"))
    assert "CANARY" in text(make.browser(cast.asha).get(f"/conversations/of/{cast.initiative.pk}/"))


def test_a_public_conversation_of_a_draft_stays_hidden(cast):
    found = make.conversation(cast, **PUBLIC)
    cast.initiative.state = "DRAFT"
    cast.initiative.save(update_fields=["state"])
    assert make.browser().get(url(found)).status_code == 404


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(cast, words):
    found = make.conversation(cast)
    statement = make.waiting(found, cast.asha, words=words, show_name=True)
    operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    for page in ("statements/", "moderate/", "sheet/", "sheet/enter/"):
        html = text(make.browser(cast.dee).get(url(found, page)))
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "SECRET_KEY }}" in html or "SECRET_KEY" not in words
    assert make.fresh(statement).words == words


def test_a_statement_is_written_once_by_two_presses(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    token = re.search(r'name="once" value="([^"]+)"', text(browser.get(url(found, "statements/add/"))))[1]
    data = {"once": token, "words": "Turn \u202ethe lights out", "show_name": "on"}
    for _ in range(2):
        assert "look at it next" in text(browser.post(url(found, "statements/add/"), data))
    statement = Statement.objects.get(author=cast.asha)
    assert (statement.words, statement.show_name, statement.state) == ("Turn the lights out", True, "WAITING")


def test_too_long_words_are_kept_in_the_form(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    page = text(browser.post(url(found, "statements/add/"), {"once": "a" * 22, "words": "y" * 301}))
    assert "at most 300" in page
    assert "y" * 301 in page
    assert not Statement.objects.filter(author=cast.asha).exists()


def test_a_name_stands_beside_words_only_where_its_owner_wants(cast):
    found = make.conversation(cast)
    for who, shows in ((cast.asha, True), (cast.bo, False)):
        statement = make.waiting(found, who, words=f"Said by {who.pk}", show_name=shows)
        operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    page = text(make.browser(cast.cy).get(url(found, "statements/")))
    assert "<bdi>Asha</bdi>" in page
    assert "<bdi>Bo</bdi>" not in page
    assert "<bdi>Bo</bdi>" in text(make.browser(cast.dee).get(url(found, "moderate/")))


def test_few_people_are_warned_before_they_write(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    assert "They may know you by your words" in text(browser.get(url(found, "statements/add/")))
    for number in range(6):
        make.seat(cast.initiative, make.person(f"More{number}"))
    assert "They may know you by your words" not in text(browser.get(url(found, "statements/add/")))


def test_who_leads_opens_a_conversation_once(cast):
    browser, there = make.browser(cast.dee), f"/conversations/of/{cast.initiative.pk}/open/"
    token = re.search(r'name="once" value="([^"]+)"', text(browser.get(there)))[1]
    said = {
        "once": token, "question": "What next?", "seeds": "One\n\nTwo", "opens_for": "PUBLIC", "results": "AT_CLOSE",
        "needed": "8", "closes_on": "4 December 2026",
    }  # fmt: skip
    first, second = browser.post(there, said), browser.post(there, said)
    found = Conversation.objects.get()
    assert first["Location"] == second["Location"] == url(found)
    assert (found.question, found.needed, str(found.closes_on), len(make.up(found))) == (
        "What next?",
        8,
        "2026-12-04",
        2,
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"needed": "4"}, "5 or more"),
        ({"results": "IN_STEPS"}, "anybody can answer"),
        ({"question": ""}, "needs an answer"),
    ],
)
def test_an_unfit_conversation_is_refused_in_words(cast, wrong, words):
    said = {
        "once": "b" * 22, "question": "What next?", "opens_for": "TABLE", "results": "AT_CLOSE", "needed": "5",
    } | wrong  # fmt: skip
    page = text(make.browser(cast.dee).post(f"/conversations/of/{cast.initiative.pk}/open/", said))
    assert words in page
    assert not Conversation.objects.exists()


def test_who_leads_puts_up_and_declines(cast):
    found, browser = make.conversation(cast), make.browser(cast.dee)
    up, down = make.waiting(found, cast.asha, words="Good"), make.waiting(found, cast.bo, words="Names somebody")
    browser.post(f"/conversations/statement/{up.pk}/put-up/")
    assert "needs an answer" in text(browser.post(f"/conversations/statement/{down.pk}/decline/", {}))
    browser.post(f"/conversations/statement/{down.pk}/decline/", {"reason": "It names somebody."})
    assert (make.fresh(up).state, make.fresh(down).state) == ("SHOWN", "DECLINED")
    assert "It names somebody." in text(browser.get(url(found, "moderate/")))


def test_paper_is_entered_once_by_two_presses(cast):
    found, browser = make.conversation(cast), make.browser(cast.bo)
    page = text(browser.get(url(found, "sheet/enter/")))
    token = re.search(r'name="once" value="([^"]+)"', page)[1]
    first, second, third = make.up(found)
    data = {"once": token, f"s{first.pk}": "1", f"s{second.pk}": "0", f"s{third.pk}": ""}
    for _ in range(2):
        browser.post(url(found, "sheet/enter/"), data)
    assert sorted(Ballot.objects.values_list("statement", "choice", "channel")) == sorted(
        [(first.pk, 1, "PAPER"), (second.pk, 0, "PAPER")]
    )
    assert "No box is marked on this sheet" in text(
        browser.post(url(found, "sheet/enter/"), {"once": "c" * 22}, follow=True)
    )


def test_who_handed_in_is_ticked(cast):
    found, browser = make.conversation(cast), make.browser(cast.bo)
    browser.post(url(found, "sheet/handed-in/"), {"handed-people": [cast.cy.pk]})
    assert Issued.objects.get().person == cast.cy
    page = text(browser.post(url(found, "sheet/handed-in/"), {"handed-people": [cast.eli.pk]}))
    assert "Choose" in page
    assert Issued.objects.count() == 1


def test_the_sheet_has_a_box_for_each_answer(cast):
    found = make.conversation(cast)
    page = text(make.browser(cast.asha).get(url(found, "sheet/")))
    assert page.count('class="box"') == 9
    assert "Do not write your name" in page


def test_results_stay_hidden_then_stand_with_who_took_part(cast):
    found, browser = make.conversation(cast, ["CANARY 1"]), make.browser(cast.dee)
    make.paper(found, cast.asha)
    make.voters(found, [[1]] * 9 + [[-1]] * 8 + [[0]] * 7, cast.asha)
    page = text(make.browser(cast.asha).get(url(found, "summary/")))
    assert "Nobody sees them before" in page
    assert "CANARY" not in page
    assert "cannot be opened again" in text(browser.get(url(found, "close/")))
    browser.post(url(found, "close/"))
    page = text(make.browser(cast.asha).get(url(found, "summary/")))
    assert "24 people took part" in page
    assert "9 people agree and 8 disagree, of 24 who answered." in page
    operations.finish_closing(conversation_id=found.pk)
    assert "<bdi>Asha</bdi>" in text(make.browser(cast.asha).get(url(found, "summary/")))


def test_a_closed_conversation_says_so_everywhere(cast):
    found, browser = make.conversation(cast), make.browser(cast.asha)
    take(browser, found)
    make.closed(found, cast.dee)
    assert "This conversation is closed." in text(browser.get(url(found)))
    assert "This conversation is closed." in text(browser.get(url(found, "paper/code/")))
    assert "This conversation is closed." in text(browser.get(url(found, "statements/add/")))
    browser.post(url(found, "answer/"), {"statement": make.up(found)[0].pk, "choice": 1})
    assert not Ballot.objects.exists()


def test_open_files_come_as_one_zip(cast):
    found = make.conversation(cast, **PUBLIC)
    make.voters(found, [[1, -1, 0]] * 30, cast.asha)
    browser = make.browser()
    assert browser.get(url(found, "files/"))["Location"] == url(found, "summary/")
    make.closed(found, cast.dee)
    archive = zipfile.ZipFile(io.BytesIO(browser.get(url(found, "files/")).content))
    assert archive.namelist() == ["comments.csv", "participants-votes.csv", "summary.csv", "votes.csv"]
    assert archive.read("votes.csv").decode().count("\n") == 91


def test_the_panel_shows_what_the_viewer_may_read(cast):
    assert panels.on_initiative(cast.initiative, cast.asha) is None
    assert panels.on_initiative(cast.initiative, cast.dee).context["may_open"]
    found = make.conversation(cast)
    assert panels.on_initiative(cast.initiative, cast.asha).context["conversations"] == [found]
    assert panels.on_initiative(cast.initiative, cast.eli) is None
    assert panels.on_initiative(cast.initiative, None) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_number_of_queries(cast, queries_of, rows):
    conversations = [
        make.conversation(cast, [f"Statement {place}" for place in range(rows)], question=f"Question {number}")
        for number in range(rows)
    ]
    found = conversations[0]
    for number in range(rows):
        who = make.person(f"Author{number}")
        make.seat(cast.initiative, who)
        statement = make.waiting(found, who, words=f"Mine {number}", show_name=True)
        operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    asha, dee = make.browser(cast.asha), make.browser(cast.dee)
    take(asha, found)
    done = make.conversation(cast, [f"Done {place}" for place in range(rows)], question="Done?")
    make.paper(done, cast.bo)
    make.voters(done, [[1] * rows] * 9 + [[-1] * rows] * 9, cast.asha)
    make.closed(done, cast.dee)
    operations.finish_closing(conversation_id=done.pk)
    assert {
        "list": queries_of(lambda: asha.get(f"/conversations/of/{cast.initiative.pk}/")),
        "one": queries_of(lambda: asha.get(url(found))),
        "statements": queries_of(lambda: asha.get(url(found, "statements/"))),
        "moderate": queries_of(lambda: dee.get(url(found, "moderate/"))),
        "paper": queries_of(lambda: dee.get(url(found, "sheet/enter/"))),
        "summary": queries_of(lambda: dee.get(url(done, "summary/"))),
        "today": queries_of(lambda: queries.today(cast.dee, make.ON)),
    } == {"list": 5, "one": 5, "statements": 7, "moderate": 5, "paper": 6, "summary": 6, "today": 4}


def test_the_daily_round_says_what_it_did(cast, capsys):
    make.conversation(cast, closes_on=make.ON.replace(year=2025))
    call_command("conversation_close_due")
    assert capsys.readouterr().out == "Closed or finished: 1.\n"
