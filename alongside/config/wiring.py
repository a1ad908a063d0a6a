"""Where something is done in every room at once: lists of functions, read top to bottom.

A room that keeps anything about a person has its line here; `people/tests/test_wiring_reaches_every_room.py` fails
for one that is left out. docs/people.md says what the functions take and give.
"""

from alongside.agreements import operations as agreements_operations
from alongside.agreements import queries as agreements
from alongside.benefits import operations as benefits_operations
from alongside.benefits import queries as benefits
from alongside.bids import operations as bids_operations
from alongside.bids import queries as bids
from alongside.candour import queries as candour
from alongside.claims import operations as claims_operations
from alongside.claims import queries as claims
from alongside.config import adapter
from alongside.contributions import operations as contributions_operations
from alongside.contributions import queries as contributions
from alongside.conversations import operations as conversations_operations
from alongside.conversations import queries as conversations
from alongside.credit import operations as credit_operations
from alongside.credit import queries as credit
from alongside.decisions import operations as decisions_operations
from alongside.decisions import queries as decisions
from alongside.discretion import operations as discretion_operations
from alongside.discretion import queries as discretion
from alongside.gatherings import operations as gatherings_operations
from alongside.gatherings import queries as gatherings
from alongside.initiatives import operations as initiatives_operations
from alongside.initiatives import queries as initiatives
from alongside.labels import operations as labels_operations
from alongside.labels import queries as labels
from alongside.ledger import queries as ledger
from alongside.media import operations as media_operations
from alongside.media import queries as media
from alongside.organisations import operations as organisations_operations
from alongside.organisations import queries as organisations
from alongside.payees import operations as payees_operations
from alongside.payees import queries as payees
from alongside.payments import operations as payments_operations
from alongside.payments import queries as payments
from alongside.people import operations as people_operations
from alongside.people import queries as people
from alongside.reflections import operations as reflections_operations
from alongside.reflections import queries as reflections
from alongside.runs import operations as runs_operations
from alongside.runs import queries as runs
from alongside.skills import operations as skills_operations
from alongside.skills import queries as skills
from alongside.terms import operations as terms_operations
from alongside.terms import queries as terms
from alongside.timebank import operations as timebank_operations
from alongside.timebank import queries as timebank

# `about_me(person) -> {title: [{heading: value}]}`: everything that is kept about a person, for their own download.
ABOUT_ME = [
    people.about_me,
    adapter.about_me,
    organisations.about_me,
    benefits.about_me,
    discretion.about_me,
    initiatives.about_me,
    terms.about_me,
    reflections.about_me,
    candour.about_me,
    bids.about_me,
    media.about_me,
    agreements.about_me,
    gatherings.about_me,
    conversations.about_me,
    decisions.about_me,
    contributions.about_me,
    claims.about_me,
    timebank.about_me,
    credit.about_me,
    skills.about_me,
    ledger.about_me,
    payees.about_me,
    payments.about_me,
    runs.about_me,
    labels.about_me,
]

# `(person) -> (name, bytes) of each`: files of a person that go into the same download.
FILES_ABOUT_ME = [claims.own_pictures]

# `erase_words(*, person, at)`: blanks what a room keeps until the person asks. The upper rooms first, all in one
# transaction; people's own words go last, in `people.operations.erase`.
ERASING = [
    labels_operations.erase_words,
    runs_operations.erase_words,
    payments_operations.erase_words,
    payees_operations.erase_words,
    skills_operations.erase_words,
    credit_operations.erase_words,
    timebank_operations.erase_words,
    claims_operations.erase_words,
    contributions_operations.erase_words,
    decisions_operations.erase_words,
    conversations_operations.erase_words,
    gatherings_operations.erase_words,
    agreements_operations.erase_words,
    media_operations.erase_words,
    bids_operations.erase_words,
    reflections_operations.erase_words,
    terms_operations.erase_words,
    initiatives_operations.erase_words,
    benefits_operations.erase_words,
    discretion_operations.erase_words,
    organisations_operations.erase_words,
    adapter.erase_words,
]

# The daily round: (what was done, in words; `do(*, at) -> how many`). Each may be tried again at once without harm.
DAILY = [
    ("conversations closed, or closings finished", conversations_operations.close_what_is_due),
    ("registers forgotten that nobody took in", organisations_operations.forget_uploads),
    ("pictures of receipts thrown away", claims_operations.tidy),
    ("codes blanked that nobody was told", people_operations.forget_secrets),
]
