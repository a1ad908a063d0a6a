"""Journeys of people at one table, by keyboard alone, with JavaScript and without."""

from tests.browser.pages import at, day, part_of


def test_somebody_signs_the_agreement(site, by_hand):
    cy = by_hand("recorder").go(at(site, "agreements:version", "agreement_draft")).press("Put it forward")
    cy.write("Why do the words change?", "We wrote them together.").write("When do we look", day(90))
    cy.press("Ask everybody").sees("Everybody with a seat is asked now")
    asha = by_hand("author").go(at(site, "front:initiative", "initiative")).press("Read the agreement")
    asha.press("Give my answer").choose("Yes, I agree to this").press("Keep my answer")
    asha.sees("Your answer is kept", "You said: Yes, I agree to this", "agreed by 1 of 5")


def test_somebody_answers_an_invitation_and_shares_what_they_need(site, by_hand):
    cy = by_hand("recorder").go(at(site, "gatherings:list", "initiative")).press("Call a gathering")
    cy.write("What shall we call it?", "Tea and leaflets").write("On which day?", day(7)).write("When does", "14:00")
    cy.write("Where?", "The library").press("Ask everybody").sees("Tea and leaflets", "The library")
    gathering = cy.path
    asha = by_hand("author").go(at(site, "people:me")).press("Show it to hosts Breaks").sees("Shown to the people")
    asha.go(gathering).press("Say whether I come").sees("You share with hosts: Breaks")
    asha.choose("I am coming").tick("Tell the hosts what I need").press("Keep my answer").sees("I am coming")
    by_hand("facilitator").go(gathering).sees("What to arrange", "Breaks")


def test_somebody_agrees_disagrees_and_passes(site, by_hand):
    chair = by_hand("facilitator").go(at(site, "conversations:list", "initiative")).press("Open a conversation")
    chair.write("What do you want to ask?", "What helps on the first night?")
    chair.write("Which statements", "A call helps.\nA letter helps.\nA visit helps.").choose("People with a seat here")
    chair.press("Open it").sees("What helps on the first night?")
    asha = by_hand("author").go(chair.path).press("Take a ballot paper").sees("The code of your ballot paper")
    asha.say("Agree").sees("1 of 3 answered").say("Disagree").say("Pass").sees("You have answered all 3")
    asha.press("All statements as a list").sees("Agree ✓", "Disagree ✓", "Pass ✓")


def test_somebody_finds_in_one_tap_whom_to_tell_that_they_disagree(site, by_hand):
    asha = by_hand("author").go(at(site, "front:initiative", "initiative")).press("Whom to tell when you disagree")
    asha.sees("outside the line of management", "The advocate in the library, on Tuesdays.")
    chair = by_hand("facilitator").go(at(site, "candour:sheets", "initiative")).press("Who decides about the money")
    chair.press("Answer this : Design").choose("Everybody at the table, together")
    chair.write("In your own words", "Since March.").press("Keep this").sees("1 of 8 said", "Since March.")
    chair.press("Show it to everybody").sees("Everybody who can open the page", "Keep it at the table again")
    by_hand("outsider").go(chair.path).sees("Since March.")


def test_the_lead_writes_down_a_decision_and_finishes_after_telling(site, by_hand):
    asha = by_hand("author").go(at(site, "decisions:decision", "decision")).press("Say what I think")
    asha.choose("A phone line").write("Your reasons", "A voice is kinder.").press("Keep what I say")
    asha.sees("A voice is kinder")
    cy = by_hand("recorder").go(asha.path).press("Write down what was decided").choose("A phone line")
    cy.write("Why?", "Most asked for a voice.").pick("Who sees to it?", "ownrec").write("When do we look", day(90))
    cy.press("Write it down and tell people").sees("A phone line", "Who is told", "ownauthor")
    cy.press("Everybody has been told").sees("Everybody who spoke has been told")


def test_work_is_offered_accepted_done_approved_paid_and_arrives(site, money_moves, by_hand):
    lead = by_hand("lead").go(at(site, "contributions:offers", "initiative")).press("Make an offer")
    lead.pick("Who is it for?", "ownauthor").write("What is the work?", "Read two leaflets")
    lead.write("Which day is it?", day()).write("How many minutes", "120").choose("Taking part")
    lead.write("Who can they ask", "Mo, 020 7946 0001").press("Look at it first").sees("£55.00")
    lead.press("Send this offer").sees("Read two leaflets")
    asha = by_hand("author").go(at(site, "contributions:mine")).press("Read two leaflets").press("Yes")
    asha.choose("Bank transfer").press("Yes").sees("You said: Yes")
    asha.press("The work is done").write("Which day was", day()).press("It is done").sees(
        "The work is done, and the money is on the list"
    )
    part = str(part_of(asha.path.strip("/").split("/")[-1]))
    dee = (
        by_hand("approver")
        .go(at(site, "payments:due"))
        .press(part)
        .press("Approve")
        .choose("Council")
        .press("Approve it")
    )
    dee.sees("Approved by ownapprover")
    niall = by_hand("payer").go(at(site, "payments:due")).press(part).press("Mark as sent")
    niall.write("On which day did it leave?", day()).press("It is sent").sees("Sent by ownpayer")
    asha.go(at(site, "payments:my_payment", part)).press("It arrived").write("On which day", day())
    asha.press("It arrived").sees("Finished: arrived")
    asha.press("Receipt").sees("£55.00", "ownapprover", "ownpayer")


def test_an_advert_is_refused_until_it_says_what_the_money_may_do_to_benefits(site, by_hand):
    chair = by_hand("facilitator").go(at(site, "initiatives:run", "initiative")).press("Write an advert")
    chair.write("What do you look for?", "Somebody who reads leaflets").write("What would somebody do?", "Read two.")
    chair.choose("Yes, it is paid").write("How much", "£20 an hour").write("How can people get in", "No steps.")
    chair.write("How much time", "2 hours").write("What may the money do", "").press("Keep and look at it")
    chair.sees("benefits").sees_not("Publish it")
    chair.press("Write on").write("What may the money do", "It may count as earnings. Ask before you say yes.")
    chair.press("Keep and look at it").press("Publish it").sees_not("Publish it")
    advert = chair.path

    lou = by_hand().go("/").press("Somebody who reads leaflets").press("Answer this advert")
    lou.write("What name", "Lou").write("Is there something", "I read a lot.").press("Send my answer")
    lou.sees("Thank you, Lou")
    code = lou.page.inner_text("main .sheet b")

    chair.go(advert).press("See the answers").sees("Lou", "I read a lot.").press("Welcome Lou")
    chair.write("What is their place for?", "Reads with us").press("Give them a seat").sees("Lou")

    elsewhere = by_hand().go("/").press("I have a code on paper").write("Your claim code", code).press("Continue")
    elsewhere.sees("You go on as Lou").press("Go to my page").sees("Lou")
    elsewhere.go("/").sees("Leaving well")


REGISTER = """Harbour Trust register,,
,,
Name,E-mail,Joined
Pia Example,pia@example.org,3/2/2026
Pia Example,pia@example.org,2026-02-03
,nobody@example.org,
Quinn O’Dea,,4 March 2026
"""


def test_the_lead_brings_in_a_messy_register_and_sees_it_before_it_is_written(site, by_hand, tmp_path):
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, encoding="utf-8")
    lead = by_hand("lead").go(at(site, "organisations:members", "organisation")).press("Bring in a list of people")
    lead.bring("", str(file)).press("Look at it").sees("Nothing is written yet", "Not taken, and why", "Pia Example")
    refused = lead.take_file("Take").read_text(encoding="utf-8-sig")
    assert "nobody@example.org" in refused
    lead.press("Yes, add 2 people").sees("2 people were added").press("See the people").sees("Pia Example", "Quinn")
