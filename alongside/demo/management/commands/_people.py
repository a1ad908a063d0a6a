"""The organisation, its people, what they need and where they look from; and somebody from elsewhere."""

from alongside.calculations import content
from alongside.demo.management.commands._shapes import open_table
from alongside.demo.states import CAST, ELSEWHERE, ORGANISATION, OTHERS
from alongside.gatherings import operations as gatherings
from alongside.initiatives import operations as initiatives
from alongside.ledger import operations as ledger
from alongside.organisations import operations as organisations
from alongside.organisations.states import AreaLevel, DutyKind
from alongside.payees import operations as payees
from alongside.people import operations as people
from alongside.people.states import ContactKind, PersonState, Side, TellBy
from alongside.rates import operations as cards
from alongside.rates.states import Unit

HOLIDAYS = "england-and-wales"
NOT_HERE_AT_FIRST = {"guest", "eli"}
DUTIES = {
    "marta": DutyKind.LEAD,
    "niall": DutyKind.PAYER,
    "idris": DutyKind.PAYER,
    "gwen": DutyKind.APPROVER,
    "priya": DutyKind.APPROVER,
    "harjit": DutyKind.COMMISSIONER,
    "ffion": DutyKind.OPERATOR,
    "farah": DutyKind.DISTRESS_LEAD,
}
# In their own words; the first of each is the one that most show. A side only where its owner wants to be counted.
LENSES = {
    "aoife": [("I know the waiting room from the other side", Side.LIVED), ("I live on very little", "")],
    "brendan": [("I look after my brother", Side.CARER)],
    "sam": [("I am fifteen and have been to four first appointments", Side.LIVED)],
    "dee": [("I am Sam’s mum", Side.CARER)],
    "farah": [("Peer support worker", Side.PAID), ("I was on a ward myself, once", Side.LIVED)],
    "chidi": [("Psychiatrist", Side.PAID), ("I sat up nights with my father", "")],
    "jules": [("I teach from my own experience of services", Side.LIVED)],
    "noor": [("I am learning to be a psychiatrist", Side.PAID)],
    "oleksandr": [("I came back from a long time away", Side.LIVED)],
    "kit": [("I have had good care and bad", Side.LIVED)],
    "joy": [("I run the ward at night", Side.PAID)],
    "ines": [("I study sleep", Side.PAID)],
    "rhys": [("Nurse on nights", Side.PAID)],
    "lena": [("I lead courses, and I have been in one", Side.LIVED)],
    "tom": [("Occupational therapist", Side.PAID)],
    "hamza": [("I walk to keep well", Side.LIVED)],
    "sian": [("Thirty years of ups and downs", Side.LIVED)],
    "peggy": [("I found my feet again at sixty", Side.LIVED)],
    "maeve": [("A carer first, then somebody who needed one", Side.CARER)],
    "jaswinder": [("I hear what others miss", Side.LIVED)],
    "wing": [("I paint, on most days", Side.LIVED)],
    "winifred": [("I have seen six kinds of service come and go", Side.LIVED)],
}
NEEDS = {
    "aoife": [("travel-arranged", "Travel arranged and paid for us", True)],
    "brendan": [("replacement-care", "Somebody to care at home while I am here", True)],
    "sam": [("companion", "To bring somebody", True), ("", "The words explained before the day", True)],
    "farah": [("breaks", "Breaks", True), ("debrief", "A talk afterwards", False)],
    "winifred": [("large-print", "Large print", True), ("step-free", "A way in without steps", True)],
    "wing": [("spoken-interpreter", "An interpreter", True)],
    "peggy": [("seat-near-door", "A seat near the door", True)],
}
RATES = [
    ("An hour at a meeting, or getting ready", Unit.HOUR, 2750),
    ("Half a day of teaching or writing", Unit.HALF_DAY, 8250),
    ("A whole day", Unit.DAY, 16500),
    ("A small task at home", Unit.FIXED, 1380),
]
EARLIER_RATES = [(words, unit, pence * 10 // 11) for words, unit, pence in RATES]


def arrivals(w):
    """The organisation begins, and its people come in."""
    yield 365
    about = "Mental health services, people who use them and their families, running things together."
    w.organisation = organisations.found(name=ORGANISATION, about=about, at=w.clock.at)
    for level, name in (
        (AreaLevel.WHOLE, "All of Harbour and Hills"), (AreaLevel.AREA, "The Hills"), (AreaLevel.LOCAL, "Harbour ward")
    ):  # fmt: skip
        parent = w.kept.get("area whole")
        w.kept[f"area {name}"] = organisations.add_area(
            organisation=w.organisation, level=level, name=name, parent=parent, at=w.clock.at
        )
        w.kept.setdefault("area whole", w.kept[f"area {name}"])
    for part in CAST:
        if part.key not in NOT_HERE_AT_FIRST:
            _arrive(w, part.key, part.name, part.address)
    for key, name in OTHERS.items():
        _arrive(w, key, name, f"{key}@example.org")
    for key, kind in DUTIES.items():
        organisations.ask_to(person=w.people[key], kind=kind, organisation=w.organisation, on=w.clock.on, at=w.clock.at)
    _bank_holidays(w, w.organisation, "gwen")
    yield 364
    _lenses_and_needs(w)
    _ways_to_reach(w)


def _bank_holidays(w, organisation, key):
    """The days off of England and Wales, of every year that the list has from the first day told to two years on."""
    known = {day.on.year for day in content.bank_holidays_of(HOLIDAYS).days}
    for year in range(w.clock.on.year, w.clock.day(0).year + 3):
        if year in known:
            ledger.add_bank_holidays(organisation=organisation, place=HOLIDAYS, year=year, **w.by(key))


def _arrive(w, key, name, address):
    """A person, who belongs here and has a sign-in; without an address they have neither mail nor sign-in."""
    person = people.add_person(shown_name=name, mail=address, at=w.clock.at)
    organisations.welcome(person=person, organisation=w.organisation, on=w.clock.on, at=w.clock.at)
    if address:
        login = people.open_login(address=address)
        people.join(login_id=login.pk, person=person, at=w.clock.at)
    w.people[key] = person


def _lenses_and_needs(w):
    for key, lenses in LENSES.items():
        w.kept[f"lens {key}"] = [
            people.add_lens(person_id=w.people[key].pk, words=words, side=side, **w.by(key)) for words, side in lenses
        ]
    for key, needs in NEEDS.items():
        for need, words, shared in needs:
            people.add_need(person_id=w.people[key].pk, words=words, shared=shared, need=need, **w.by(key))


def _ways_to_reach(w):
    """Aoife has a phone and no computer; Winifred has neither, and is written to."""
    for key, kind, value, safe, tell_by in (
        ("aoife", ContactKind.PHONE, "07700 900142", "Text first. Not before eleven.", TellBy.PHONE),
        ("winifred", ContactKind.LETTER, "3 Chapel Row\nUpper Hills", "A plain envelope, please.", TellBy.LETTER),
    ):
        person = w.people[key]
        people.keep_contact(person_id=person.pk, kind=kind, value=value, safe=safe, **w.by(key))
        w.people[key] = people.choose_telling(person_id=person.pk, tell_by=tell_by, quiet=False, **w.by(key))
    w.people["hamza"] = people.choose_unpaid(person_id=w.people["hamza"].pk, ask=True, **w.by("hamza"))


def rates(w):
    """The rate card, and a newer one that puts the amounts up; the account that each person named."""
    yield 363
    cards.add(
        organisation=w.organisation, from_on=w.clock.on, source="Set by the partnership with the people it pays.",
        lines=EARLIER_RATES, **w.by("marta"),
    )  # fmt: skip
    for place, key in enumerate(("aoife", "jules", "oleksandr", "sian", "peggy", "lena", "hamza", "brendan", "kit")):
        payees.set_payee(
            person=w.people[key], name=w.people[key].shown_name, sort_code="000000", account=f"000142{place:02}",
            **w.by(key),
        )  # fmt: skip
    yield 205
    cards.add(
        organisation=w.organisation, from_on=w.clock.on, source="After a year without a rise, ten in a hundred more.",
        lines=RATES, **w.by("marta"),
    )  # fmt: skip


def breaks(w):
    """One person stops and comes back; another takes a break and has named the day."""
    yield 160
    w.people["oleksandr"] = people.move(person_id=w.people["oleksandr"].pk, to=PersonState.STOPPED, **w.by("oleksandr"))
    yield 112
    w.people["oleksandr"] = people.move(person_id=w.people["oleksandr"].pk, to=PersonState.ACTIVE, **w.by("oleksandr"))
    yield 24
    w.people["kit"] = people.move(
        person_id=w.people["kit"].pk, to=PersonState.PAUSED, back_on=w.clock.day(-20), **w.by("kit")
    )


def elsewhere(w):
    """Another organisation in the same place, which sees nothing of the first."""
    yield 90
    there = organisations.found(name=ELSEWHERE, about="A kitchen, a garden and whoever comes.", at=w.clock.at)
    for key, name in (("ada", "Ada Quill"), ("eli", "Eli Marsh")):
        w.people[key] = people.add_person(shown_name=name, mail=f"{key}@example.org", at=w.clock.at)
        organisations.welcome(person=w.people[key], organisation=there, on=w.clock.on, at=w.clock.at)
        login = people.open_login(address=f"{key}@example.org")
        people.join(login_id=login.pk, person=w.people[key], at=w.clock.at)
    organisations.ask_to(person=w.people["ada"], kind=DutyKind.LEAD, organisation=there, on=w.clock.on, at=w.clock.at)
    _bank_holidays(w, there, "ada")
    kitchen = initiatives.begin(
        organisation=there, name="Saturday kitchen", kind="community", on=w.clock.on,
        about="We cook on Saturdays and eat together.", who_asked="The neighbours.",
        why_now="The café has closed.", who_is_affected="Whoever would eat alone.",
        affected_inside="All of us.", **w.by("ada"),
    )  # fmt: skip
    w.tables["kitchen"] = kitchen
    open_table(w, "kitchen", "Everything is ready.", by="ada")
    initiatives.seat_somebody(
        initiative_id=kitchen.pk, person=w.people["eli"], role="Knows the allotments and brings what grows",
        on=w.clock.on, **w.by("ada"),
    )  # fmt: skip
    yield 6
    gatherings.call(
        initiative=w.tables["kitchen"], title="What we cook in the dark months", place="The old boathouse",
        starts_at=w.clock.hour(-8, 11), ends_at=w.clock.hour(-8, 13), **w.by("ada"),
    )  # fmt: skip
