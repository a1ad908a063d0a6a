"""Reviewed domain content, read from alongside/content/KIND/ID.toml: the doors.

Use `from alongside.calculations import content`, then `content.stages()`. Every entry is a frozen dataclass of
`content.shapes` with id, words, source, licence, reviewed_by, reviewed and review_by. The database stores ids and a
copy of the words at the time of use. Content warns and explains; it never decides.
"""

from dataclasses import replace

from alongside.calculations.content.files import entries, read_kind
from alongside.calculations.content.open_shapes import SheetRow
from alongside.calculations.content.shapes import KINDS
from alongside.calculations.content.tables import ContentError

__all__ = [
    "ContentError",
    "ContentExpired",
    "SheetRow",
    "access_needs",
    "actions",
    "bank_answer",
    "bank_answer_is_known",
    "bank_answer_is_ours",
    "bank_file",
    "bank_files",
    "bank_holidays",
    "bank_holidays_of",
    "bank_statements",
    "authorship_questions",
    "benefit_line",
    "check",
    "checklist",
    "co_words",
    "cost_items",
    "contribution_kinds",
    "contributor_role",
    "contributor_roles",
    "duties",
    "duty",
    "evidence_kinds",
    "glossary",
    "history",
    "is_reached",
    "kind",
    "kinds",
    "label",
    "labels",
    "ladder",
    "ladders",
    "mileage",
    "mileage_rates",
    "open_sheet",
    "open_sheets",
    "payment_areas",
    "payment_method",
    "payment_methods",
    "phases",
    "principles",
    "rate_card",
    "rate_cards",
    "read_kind",
    "signpost",
    "reflection_cards",
    "sheet_rows",
    "signposts",
    "signposts_expired",
    "stage",
    "stages",
    "unreviewed",
]

SAME_COUNTRY = {"GB": "UK", "GB-SCT": "UK", "GB-NIR": "UK", "GB-WLS": "UK", "GB-ENG": "UK"}
ANYWHERE = "any"


class ContentExpired(ContentError):
    """The entry is out of date and may not be used until somebody has checked it again."""


def one(folder, wanted):
    """The entry of a kind with this id. Raises ContentError when there is none."""
    for entry in entries(folder):
        if entry.id == wanted:
            return entry
    raise ContentError(f"content/{folder} has no {wanted!r}; known are {', '.join(e.id for e in entries(folder))}.")


def stages():
    """The eight stages of an initiative, first to last; each has a co_word."""
    return entries("stages")


def stage(wanted):
    """One stage by id, for example "design"."""
    return one("stages", wanted)


def co_words():
    """The four co-words: co-commission, co-design, co-deliver, co-assess."""
    return entries("co-words")


def ladders():
    """The published ladders that we may name."""
    return entries("ladders")


def ladder(wanted):
    """One ladder by id, for example "tlap"."""
    return one("ladders", wanted)


def labels():
    """Every honest label, in the order in which they are best explained."""
    return entries("labels")


def label(wanted):
    """One label by id, for example "consultation"."""
    return one("labels", wanted)


def kinds():
    """The kinds of initiative."""
    return entries("kinds")


def kind(wanted):
    """One kind of initiative by id, for example "education"."""
    return one("kinds", wanted)


def rate_cards():
    """Published rate cards to start one's own from, each with its source and dates."""
    return entries("rate-cards")


def rate_card(wanted):
    """One rate card by id."""
    return one("rate-cards", wanted)


def signposts(country, *, on):
    """Where to find help in a country ("UK", "IE", "CA", "AU", "NZ"), of what is in date on the day `on`.

    Emergency numbers come first. A country that we know nothing of gives an empty tuple.
    """
    return tuple(s for s in _signposts_in(country) if on < s.expires_on)


def signposts_expired(country, *, on):
    """The signposts of a country that somebody must check again before they may be shown."""
    return tuple(s for s in _signposts_in(country) if on >= s.expires_on)


def signpost(wanted, *, on):
    """One signpost by id. Raises ContentExpired when it is out of date on the day `on`."""
    found = one("signposts", wanted)
    if on >= found.expires_on:
        raise ContentExpired(
            f"content/signposts/{wanted}.toml: last checked on {found.checked_on}, not to be used from "
            f"{found.expires_on}. Check the number again, then write the new day in checked_on."
        )
    return found


def _signposts_in(country):
    country = SAME_COUNTRY.get(country, country)
    return (s for s in entries("signposts") if s.country == country)


def duties():
    """The duties that people may hold."""
    return entries("duties")


def duty(wanted):
    """One duty by id, for example "distress-lead" (the same word as DutyKind.DISTRESS_LEAD)."""
    return one("duties", wanted.lower().replace("_", "-"))


def benefit_line(country):
    """What an advert says about pay and benefits in a country; the general sentences where we know no more."""
    country = SAME_COUNTRY.get(country, country)
    found = {line.country: line for line in entries("benefit-lines")}
    return found.get(country, found[ANYWHERE])


def access_needs():
    """What people may need so that they can take part: the need, never the reason."""
    return entries("access-needs")


def glossary():
    """Words that newcomers ask about, a to z."""
    return entries("glossary")


def contribution_kinds():
    """Ways of giving, each with its matching credit roles."""
    return entries("contribution-kinds")


def contributor_roles():
    """Ways to be credited: the fourteen of CRediT in plain words, then those that it lacks."""
    return entries("contributor-roles")


def contributor_role(wanted):
    """One way to be credited by id, for example "investigation"."""
    return one("contributor-roles", wanted)


def authorship_questions():
    """The four conditions of authorship as questions, in their order."""
    return entries("authorship-questions")


def payment_methods():
    """Bank, cash, voucher: what each means and what can go wrong."""
    return entries("payment-methods")


def payment_method(wanted):
    """One payment method by id: "bank", "cash" or "voucher"."""
    return one("payment-methods", wanted)


def bank_files():
    """The files that banks take payments in, each with where it was described and how sure we are."""
    return entries("bank-files")


def bank_file(wanted):
    """One kind of bank file by id, for example "bankline"."""
    return one("bank-files", wanted)


def bank_answer(code):
    """What a bank's code for money that came back means, in words; the bank's own code when we do not know it."""
    known = _bank_answers().get(code)
    if known:
        return known.words
    return f"The bank says: {code}." if code else "The bank gave no reason."


def bank_answer_is_known(code):
    """Whether we know what a bank's code means."""
    return code in _bank_answers()


def bank_answer_is_ours(code):
    """Whether a bank's code means that the fault lies with our file or our account; False for one we do not know."""
    known = _bank_answers().get(code)
    return bool(known and known.ours)


def _bank_answers():
    return {answer.code: answer for entry in entries("bank-answers") for answer in entry.answers}


def bank_statements():
    """How banks name the columns of a statement in CSV."""
    return entries("bank-statements")


def payment_areas():
    """The countries that each currency reaches by ordinary transfer, where we have a list."""
    return entries("payment-areas")


def is_reached(iban, currency):
    """Whether a currency goes to an account by ordinary transfer, by the first two letters; True where we have no list."""
    areas = [area for area in payment_areas() if area.currency == currency]
    return not areas or any(iban[:2].upper() in area.countries for area in areas)


def bank_holidays():
    """The public days off of each place that we have, in their order."""
    return entries("bank-holidays")


def bank_holidays_of(wanted):
    """The public days off of one place by id, for example "scotland"."""
    return one("bank-holidays", wanted)


def cost_items(country):
    """Costs that are paid back without a receipt, to start an organisation's own list from; () where we know none."""
    country = SAME_COUNTRY.get(country, country)
    return tuple(item for item in entries("cost-items") if item.country == country)


def mileage(country):
    """The rates of a country for travel with one's own vehicle; None where we know none."""
    country = SAME_COUNTRY.get(country, country)
    return next((rates for rates in entries("mileage") if rates.country == country), None)


def mileage_rates():
    """The rates of every country for travel with one's own vehicle that we have."""
    return entries("mileage")


def principles():
    """Norton's eleven principles, in our own words."""
    return entries("principles")


def actions():
    """Norton's nine action areas, in our own words."""
    return entries("actions")


def phases():
    """The five steps: map, focus, people, market, grow."""
    return entries("phases")


def checklist(wanted):
    """One checklist by id, for example "payment-policy"."""
    return one("checklists", wanted)


def history(wanted):
    """One note on what was by id, for example "unpaid-work"."""
    return one("histories", wanted)


def reflection_cards():
    """Questions to talk about, on three levels: each person, the organisation, the world around it."""
    return entries("reflection-cards")


def evidence_kinds():
    """Ways in which something is known, side by side; the order says nothing of their weight."""
    return entries("evidence-kinds")


def open_sheets():
    """What an initiative may say openly about itself: one sheet of questions for each thing."""
    return entries("open-sheets")


def open_sheet(wanted):
    """One open sheet by id, for example "strings"."""
    return one("open-sheets", wanted)


def sheet_rows(sheet):
    """The rows of an open sheet, each with the choices that are for it; made from another list where it names one."""
    if sheet.rows_from:
        asked = [(each, f"{each.words}: {sheet.asks}") for each in entries(sheet.rows_from)]
        return tuple(
            SheetRow(id=each.id, words=words, helps=each.means, choices=sheet.choices) for each, words in asked
        )
    return tuple(replace(row, choices=_choices_of(row, sheet)) for row in sheet.rows)


def _choices_of(row, sheet):
    return () if row.words_only else row.choices or sheet.choices


def check():
    """Read every kind, so that a fault shows at start and in tests; returns how many entries each kind has."""
    return {folder: len(entries(folder)) for folder in KINDS}


def unreviewed():
    """The (kind, id) of every entry that nobody has put their name to yet."""
    return tuple((folder, entry.id) for folder in KINDS for entry in entries(folder) if not entry.reviewed)
