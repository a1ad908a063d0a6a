"""Journeys that a person makes for themselves, by keyboard alone, with JavaScript and without."""

import re
import zipfile

from django.core import mail

from tests.browser.pages import at


def digits():
    """The six digits of the newest mail."""
    return "".join(re.search(r"(\d{3}) (\d{3})", mail.outbox[-1].body).groups())


def test_somebody_comes_in_with_six_typed_digits_and_goes_out_again(site, by_hand):
    asha = by_hand().go(at(site, "people:me"))
    asha.write("Your e-mail address", "ownauthor@example.org").press("Continue")
    asha.write("The six digits", digits()).press("Continue")
    asha.sees("My page", "ownauthor@example.org")
    asha.press("Sign out").press("Sign out").sees("Run things together").sees_not("ownauthor")


def test_a_newcomer_says_what_to_call_them(site, by_hand):
    newcomer = by_hand().go("/").press("Join with an e-mail address")
    newcomer.write("Your e-mail address", "zoe@example.org").press("Continue")
    newcomer.write("The six digits", digits()).press("Continue")
    newcomer.sees("Welcome").write("What", "Zoë").press("Come in").sees("Zoë")


def test_a_person_takes_their_record_with_them(site, by_hand):
    asha = by_hand("author").go("/").press("My page").press("Take my record with me")
    asha.sees("Everything that is kept about you")
    names = zipfile.ZipFile(asha.take_file("Download my record")).namelist()
    assert {"record.html", "record.json"} <= set(names)


def test_a_person_says_what_they_need_and_from_where_they_look(site, by_hand):
    asha = by_hand("member").go(at(site, "people:me")).press("Choose from a list")
    asha.write("Anything else", "A chair near the door").press("Keep this").sees("A chair near the door")
    asha.press("Add one").write("Where do you look from?", "I look after my brother").press("Keep this")
    asha.sees("I look after my brother", "Not counted")


def test_a_helper_acts_with_somebody_who_sits_beside_them(site, by_hand):
    bo = by_hand("member").go(at(site, "people:me")).press("Help somebody to take part").press("Somebody who is new")
    bo.write("What should others call them?", "Nan").choose("In person", of="How are you together?")
    bo.write("How do you know", "Sits beside me").press("Begin")
    bo.sees("You are helping Nan", "This is the page of Nan")
    bo.press("Choose from a list").write("Anything else", "Large print").press("Keep this").sees("You are helping Nan")
    for page in ("/", "/find/", at(site, "safety:help")):
        bo.go(page).sees("You are helping Nan")
    bo.press("End and print the receipt")
    bo.sees("A visit with ownmember", "Sits beside me", "Claim code for Nan", "was added")
    bo.go("/").sees_not("You are helping")


def test_a_guest_votes_in_a_public_conversation_and_takes_the_record_up_later(site, by_hand):
    chair = by_hand("facilitator").go(at(site, "conversations:list", "initiative")).press("Open a conversation")
    chair.write("What do you want to ask?", "What helps in a crisis?").choose("Anybody on the internet")
    chair.write("Which statements", "A person who answers.\nA place to go.").press("Open it")
    lou = by_hand().go("/find/").press("Leaving well").press("What helps in a crisis?").press("Take part")
    lou.write("What name shall we call you?", "Lou").press("Take a ballot paper").sees("Keep this code first")
    code = lou.page.inner_text("main .sheet b >> nth=0")
    lou.press("Go to the first statement").say("Agree").say("Pass").sees("You have answered all 2")

    later = by_hand().go("/").press("Join with an e-mail address")
    later.write("Your e-mail address", "lou@example.org").press("Continue")
    later.write("The six digits", digits()).press("Continue").write("Do you have a claim code?", code)
    later.press("Come in").go(at(site, "people:me")).sees("Lou", "lou@example.org")
