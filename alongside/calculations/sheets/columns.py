"""What each column of a register is, from its heading; and which columns we do not take, and why."""

import re
import string
from dataclasses import dataclass, replace

from alongside.calculations.sheets.cells import clean
from alongside.refusals import Refusal, Refused

FIELDS = {
    "name": "Name",
    "first_name": "First name",
    "surname": "Surname",
    "known_as": "Known as",
    "mail": "E-mail",
    "phone": "Phone",
    "joined_on": "Day they joined",
    "left_on": "Day they left",
    "role": "Role",
    "organisation": "Organisation or team",
    "access_needs": "Access needs",
}
SEVERAL = ("mail", "phone")  # a second column is used where the first is empty
_HEADINGS = {
    "name": "name|names|full name|fullname|person|participant|member|contributor|volunteer|person name|member name"
    "|participant name|contributor name|volunteer name|name of person|name of participant|contact name|their name",
    "first_name": "first name|firstname|first names|first|forename|forenames|given name|given names|name first",
    "surname": "surname|last name|lastname|last|family name|second name|name last|name surname",
    "known_as": "known as|preferred name|name preferred|likes to be called|nickname|goes by|shown name|aka",
    "mail": "e mail|email|mail|email address|e mail address|emails|contact email|email contact",
    "phone": "phone|phone number|phone no|telephone|telephone number|telephone no|tel|tel no|mobile|mobile number|mobile no"
    "|mobile phone|mob|contact number|contact no|landline|home phone|phones",
    "joined_on": "joined|date joined|joined on|join date|joining date|start date|date started|started|start|since"
    "|member since|from|date of joining",
    "left_on": "left|date left|left on|leaving date|leave date|end date|date ended|ended|finished|until|date of leaving",
    "role": "role|roles|position|job|job title|role title|their role|role in group",
    "organisation": "organisation|organization|org|team|service|employer|department|organisation team|team organisation"
    "|organisation or team|group",
    "access_needs": "access|access needs|access requirements|accessibility|accessibility needs|adjustments"
    "|reasonable adjustments|support needs|access support needs|access and support needs",
}
_FIELD_OF = {phrase: field for field, phrases in _HEADINGS.items() for phrase in phrases.split("|")}
_NOT_TAKEN = (
    (r"emergency|next of kin|\bkin\b", "We do not take other people's details without asking them."),
    (
        r"\bnotes?\b|comments?|remarks?|further info|other info|anything else|background|history",
        "We do not take notes: they may hold words about health. Ask the person what they want us to know.",
    ),
    (
        r"diagnos|condition|medic|health|mental|disab|\bnhs\b|\bgp\b|illness|risk|symptom|consultant",
        "We do not take anything about health.",
    ),
    (r"bank|sort code|account|national insurance|\bni\b|benefit|payroll", "Money details come from the person."),
    (r"birth|\bdob\b|\bage\b|gender|\bsex\b|ethnic|religion|sexual", "We do not need this to work together."),
    (r"address|post ?code|\btown\b|\bcity\b|street|county|\bzip\b", "We do not need addresses."),
)
LONGEST_HEADING = 80
_LIKE_A_NUMBER = re.compile(r"[0-9].*[0-9]")
_NOT_KNOWN = "We do not know this heading. Say what it is, or leave it out."


@dataclass(frozen=True)
class Column:
    """One column: its place from 0, its heading, the field of FIELDS it gives ("" when left out), and why."""

    place: int
    heading: str
    field: str
    words: str

    @property
    def letter(self):
        """The name a spreadsheet gives the column: A, B, ... Z, AA."""
        first, last = divmod(self.place, 26)
        return (string.ascii_uppercase[first - 1] if first else "") + string.ascii_uppercase[last]


@dataclass(frozen=True)
class Mapping:
    """What every column of a sheet is."""

    columns: tuple[Column, ...]

    def places(self, field):
        """The columns that give `field`, from the left."""
        return [column.place for column in self.columns if column.field == field]

    @property
    def names_people(self):
        """True when some column gives a name; without one no row can be taken."""
        return any(self.places(field) for field in ("name", "first_name", "surname", "known_as"))


def propose_columns(sheet):
    """What we think each column of the sheet is. Someone looks at it before anything is taken."""
    columns, used = [], set()
    for place, heading in enumerate(sheet.headings):
        field, words = meaning(heading)
        if field and field in used and field not in SEVERAL:
            field, words = "", f"Another column already gives us this: {FIELDS[field]}."
        used.add(field)
        columns.append(Column(place, heading, field, words))
    return Mapping(tuple(columns))


def choose(mapping, fields):
    """The mapping with some columns changed. fields: {place: field of FIELDS, or "" to leave the column out}.

    Raises Refused for a column or field that does not exist, or one field given by two columns.
    """
    places = {column.place for column in mapping.columns}
    if not set(fields) <= places or not set(fields.values()) <= {"", *FIELDS}:
        raise Refused(Refusal("columns-unknown", "We do not know that column.", "Choose again from the list."))
    chosen = Mapping(
        tuple(
            replace(column, field=fields[column.place], words="You chose this.") if column.place in fields else column
            for column in mapping.columns
        )
    )
    for field, words in FIELDS.items():
        if field not in SEVERAL and len(chosen.places(field)) > 1:
            help = "Keep it for one of them and leave the other out."
            raise Refused(Refusal("columns-twice", f"Two columns are both “{words}”.", help))
    return chosen


def meaning(heading):
    """Return (field, words) for a heading; field is "" when the column is not taken.

    A heading of two rows comes as "upper: lower"; then the lower part may speak for itself, unless the upper one
    names something that we do not take.
    """
    upper, _, lower = heading.rpartition(": ")
    not_taken = _why_not_taken(_plain(upper))
    plain = _plain(heading)
    field = _FIELD_OF.get(plain) or _FIELD_OF.get(_plain(lower))
    if field and not not_taken:
        return field, f"We read this as: {FIELDS[field]}."
    return "", not_taken or _why_not_taken(plain) or _NOT_KNOWN


def is_known(heading):
    """True for a heading that we take, or know well enough not to take."""
    if not heading or len(heading) > LONGEST_HEADING or "@" in heading or _LIKE_A_NUMBER.search(heading):
        return False
    field, words = meaning(heading)
    return bool(field) or words != _NOT_KNOWN


def _why_not_taken(plain):
    if not plain or len(plain.split()) > 6 or _LIKE_A_NUMBER.search(plain):
        return ""  # a sentence or a street number is no heading
    return next((words for pattern, words in _NOT_TAKEN if re.search(pattern, plain)), "")


def _plain(heading):
    """Small letters and single spaces only: "E-mail (work) *" gives "e mail", "Phone 2" gives "phone"."""
    if not heading:
        return ""
    plain = re.sub(r"\([^)]*\)", " ", clean(heading).casefold())
    return re.sub(r" [0-9]$", "", " ".join(re.sub(r"[^\w]|_", " ", plain).split()))
