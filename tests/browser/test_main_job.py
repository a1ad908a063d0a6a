"""The main job, end to end, by keyboard and without JavaScript: from an advert to the yearly page that shows it."""

import pytest

from tests.browser.pages import at, day, part_of
from tests.browser.test_every_page import faults_by_turning

STATEMENT = "Somebody should ring me on the first morning."
BENEFITS = "It may count as earnings. Ask before you say yes."


@pytest.mark.slow
@pytest.mark.parametrize("by_hand", [False], indirect=True, ids=["no-script"])
def test_from_an_advert_to_the_yearly_page(site, money_moves, by_hand):
    chair, lead, cy = by_hand("facilitator"), by_hand("lead"), by_hand("recorder")
    asha, lou = by_hand("author"), by_hand()
    answer_an_advert(site, chair, lou)
    sign_the_agreement(site, cy, asha, lou, chair)
    meet(site, cy, lou)
    said = talk(site, chair, asha, lou)
    decide(site, cy, lou)
    offer, part = pay(site, lead, lou, by_hand("approver"), by_hand("payer"))
    show(site, lead, by_hand("commissioner"))
    lou.go("/").sees("What became of what you gave", "We decided: We ring")
    lou.go(said).sees("closed")
    lou.go(at(site, "payments:receipt", part)).sees("£55.00")
    look_again(site, lou, cy, offer, part, said)


def answer_an_advert(site, chair, lou):
    chair.go(at(site, "initiatives:run", "initiative")).press("Write an advert")
    chair.write("What do you look for?", "Somebody who was discharged").write("What would somebody do?", "Read drafts.")
    chair.choose("Yes, it is paid").write("How much", "£27.50 an hour").write("How can people get in", "No steps.")
    chair.write("How much time", "2 hours").write("What may the money do", BENEFITS).press("Keep and look at it")
    chair.press("Publish it")
    lou.go("/").press("Somebody who was discharged").sees("£27.50 an hour", BENEFITS).press("Answer this advert")
    lou.write("What name", "Lou").press("Send my answer").sees("Thank you, Lou")
    chair.press("See the answers").press("Welcome Lou").write("What is their place for?", "Was on that ward")
    chair.press("Give them a seat")
    lou.go(at(site, "initiatives:seats", "initiative")).sees("Lou", "Was on that ward")


def sign_the_agreement(site, cy, asha, lou, chair):
    cy.go(at(site, "agreements:version", "agreement_draft")).press("Put it forward")
    cy.write("Why do the words change?", "We wrote them together.").write("When do we look", day(90))
    cy.press("Ask everybody")
    for each in (cy, asha, lou):
        each.go(at(site, "agreements:agreement", "initiative")).press("Give my answer")
        each.choose("Yes, I agree to this").press("Keep my answer").sees("Your answer is kept")
    chair.go(at(site, "agreements:agreement", "initiative")).press("Let it begin before everybody")
    chair.write("Why does it begin", "One person is away until spring.").press("Let it begin").sees("is in force")


def meet(site, cy, lou):
    lou.go(at(site, "people:me")).press("Choose from a list").write("Anything else", "A lift home")
    lou.press("Keep this").sees("A lift home")
    cy.go(at(site, "gatherings:list", "initiative")).press("Call a gathering")
    cy.write("What shall we call it?", "First morning").write("On which day?", day(7)).write("When does", "14:00")
    cy.write("Where?", "The library").press("Ask everybody")
    lou.go(cy.path).press("Say whether I come").choose("I am coming").tick("Tell the hosts").press("Keep my answer")
    cy.go(cy.path).sees("A lift home", "Lou I am coming")


def talk(site, chair, asha, lou):
    """One question with a statement of Lou's; answered on screens and on paper, closed. Its address."""
    chair.go(at(site, "conversations:list", "initiative")).press("Open a conversation")
    chair.write("What do you want to ask?", "What helps on the first morning?").press("Open it")
    said = chair.path
    lou.go(said).press("Add a statement").write("What do you want to say?", STATEMENT).press("Send it")
    chair.go(said).press("Look at statements").press(f"Put it up {STATEMENT}")
    for each, answer in ((lou, "Agree"), (asha, "Disagree")):
        each.go(said).press("Take a ballot paper").say(answer).sees("You have answered all 1")
    chair.go(said).press("Enter paper sheets").choose("Agree").press("Enter this sheet")
    chair.tick("Helped").press("Note them")
    chair.go(said).press("Close the conversation").press("Close it for good")
    chair.go(said).press("What came out of it").sees("Fewer than 5 people answered", "Helped", "Lou")
    return said


def decide(site, cy, lou):
    cy.go(at(site, "decisions:list", "initiative")).press("Put a question to be decided")
    cy.write("What is to be decided?", "Do we ring people?").choose("All of us: most voices")
    cy.write("Name them", "Everybody with a seat").write("Option 1", "We ring").write("What would option 1", "A voice.")
    cy.write("Option 2", "We write").write("What would option 2", "A page.").tick(STATEMENT).press("Put the question")
    cy.press("Write down what was decided").choose("We ring").write("Why?", "Six of us asked for it.")
    cy.pick("Who sees to it?", "ownrec").write("When do we look", day(90)).press("Write it down and tell people")
    lou.go(at(site, "people:me")).sees("Do we ring people?")
    cy.go(cy.path).press("Everybody has been told").sees("Everybody who spoke has been told")


def pay(site, lead, lou, dee, niall):
    """An offer of Lou's work, from writing to receipt. The numbers of the offer and of its money."""
    lead.go(at(site, "contributions:offers", "initiative")).press("Make an offer")
    lead.pick("Who is it for?", "Lou").write("What is the work?", "Read two drafts").write("Which day is it?", day())
    lead.write("How many minutes", "120").choose("Taking part").write("Who can they ask", "Mo, 020 7946 0001")
    lead.press("Look at it first").sees("£55.00").press("Send this offer")
    lou.go("/").press("An offer to answer: Read two drafts").press("Yes").choose("Voucher").press("Yes")
    lou.write("Which shop", "The corner shop").press("Yes").press("The work is done").write(
        "Which day was", day()
    ).press("It is done")
    offer = lou.path.strip("/").split("/")[-1]
    part = str(part_of(offer))
    dee.go(at(site, "payments:due")).press(part).press("Approve").choose("Council").press("Approve it")
    niall.go(at(site, "payments:due")).press(part).press("Mark as sent").write("On which day", day())
    niall.choose("The person signed for it").press("It is sent")
    lou.go(at(site, "payments:my_payment", part)).sees("arrived (done)")  # a voucher is handed over
    return offer, part


def show(site, lead, commissioner):
    lead.go(at(site, "front:initiative", "initiative")).press("What the records show, stage by stage").sees(
        "The honest label", "Stage by stage"
    )
    lead.press("Design").sees("Why")
    commissioner.go(at(site, "reports:year", "organisation")).sees("Adverts published", "Pay and influence")
    commissioner.press("Show these years")


def look_again(site, lou, cy, offer, part, said):
    """The pages as they are after a full life: steps done, answers in, numbers hidden."""
    page = site.open(bypass_csp=True, reduced_motion="reduce")
    page.context.clear_cookies()
    page.context.add_cookies(lou.page.context.cookies())
    told = cy.path
    after = [
        "/", said, f"{said}summary/", told, at(site, "people:me"), at(site, "front:initiative", "initiative"),
        at(site, "agreements:agreement", "initiative"), at(site, "contributions:offer", offer),
        at(site, "payments:my_payment", part), at(site, "payments:mine"),
    ]  # fmt: skip
    wrong = []
    for address in after:
        page.goto(address)
        wrong += [f"{address}: {fault}" for fault in faults_by_turning(page)]
    assert wrong == [], "\n".join(wrong)
