"""Every page of the rooms of money, time and names is reached by somebody who follows links, from the first page on.

A page that answers but that no page leads to is a page that nobody has. Each role goes from `/` along the links and the
forms that it is shown. What a form leads to by what is written into it, and what the samples have no state for, is
named below, with the page that leads there.
"""

import re
from collections import Counter, deque
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.test_access import ROWS, row_words
from tests.world import World

ROOMS = (
    "ledger", "rates", "payees", "benefits", "bids", "contributions", "claims", "timebank", "credit", "payments", "runs", "audits",
    "candour", "media", "skills",
)  # fmt: skip
GOING = ("lead", "author", "approver", "payer", "recorder", "facilitator", "commissioner", "operator")
PAGES = sorted((Path(__file__).parent.parent / "alongside").rglob("templates/**/*.html"))
EACH = 4  # pages of one name that a role looks at
BY_A_FORM = {
    "claims:send_other": "`claims:other_day` asks for the day and leads there",
    "claims:receipt_add_other": "a link on `claims:send_other`",
    "claims:write_down": "`claims:write_who` asks for whom and which day, and leads there",
}
IN_ANOTHER_STATE = {
    "claims:before_offer": "on an offer that one said yes to, while its day is to come",
    "claims:spent": "on a claim whose money came before the day, once the day has come",
    "contributions:replace": "on an offer whose work is not done, for who leads",
    "credit:refer_again": "on a reference, for who signed it",
    "payments:send": "on a payment that is approved and by no run, for who pays",
    "rates:start": "on the card of rates of an organisation that has none",
}
LINK = re.compile(r'(?:href|action)="(/[^"?#]*)')


@pytest.fixture(scope="module")
def reached(django_db_setup, django_db_blocker):
    """{role: names of the URLs that the pages show to it}."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world.samples()
        yield {role: walk(world.client(role)) for role in GOING}
        transaction.set_rollback(True)


def walk(client):
    """The names of all URLs that somebody is led to, themselves with their rooms."""
    names, seen, ahead = Counter(), {"/"}, deque(["/"])
    while ahead:
        response = client.get(ahead.popleft())
        if response.status_code in (301, 302):
            links = [response["Location"].split("?")[0]]
        elif response.headers["Content-Type"].startswith("text/html") and not response.streaming:
            links = LINK.findall(response.content.decode())
        else:
            links = []
        for url in dict.fromkeys(links):
            name = name_of(url)
            if name and url not in seen:
                seen.add(url)
                names[name] += 1
                if names[name] <= EACH and row_words(ROWS[name])[0]:
                    ahead.append(url)
    return set(names)


def name_of(url):
    try:
        name = resolve(url).view_name
    except Resolver404:
        return None
    return name if name in ROWS and name != "account_logout" else None


def test_every_page_is_reached_by_somebody(reached):
    wanted = {name for name, row in ROWS.items() if name.split(":")[0] in ROOMS and row_words(row)[0]}
    missing = sorted(wanted - set().union(*reached.values()) - set(BY_A_FORM) - set(IN_ANOTHER_STATE))
    assert missing == [], " ".join(missing)


def test_what_a_form_leads_to_is_named_for_a_reason(reached):
    assert sorted((set(BY_A_FORM) | set(IN_ANOTHER_STATE)) & set().union(*reached.values())) == []


@pytest.mark.parametrize("name", IN_ANOTHER_STATE)
def test_what_this_world_has_no_state_for_stands_in_a_page(name):
    assert any(f'"{name}"' in page.read_text() for page in PAGES)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("lead", "timebank:settings"),
        ("lead", "timebank:office"),
        ("operator", "timebank:settings"),
        ("commissioner", "audits:days"),
        ("author", "claims:costs"),
    ],
)
def test_who_needs_a_page_is_led_there(reached, role, name):
    assert name in reached[role]
