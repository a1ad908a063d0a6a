"""Who is in the demo: made-up people, each of whom can show something."""

from dataclasses import dataclass

ORGANISATION = "Harbour and Hills Partnership"
ELSEWHERE = "Saltmarsh Neighbours"
GUEST = "李梅 (Lǐ Méi)"
NEWS_DAYS = 21  # mail that is older than this was read long ago


@dataclass(frozen=True)
class Part:
    """One person of the demo. key: how the story calls them. start: the name of the page to look at first."""

    key: str
    name: str
    shows: str
    address: str = ""
    start: str = "front:today"


CAST = (
    Part("aoife", "Aoife Ní Bhriain", "A contributor on benefits who has only a phone", "aoife@example.org"),
    Part("brendan", "Brendan Clarke", "A carer who gave his view and hears what became of it", "brendan@example.org"),
    Part("sam", "Sam Reid", "A young person of fifteen", "sam@example.org"),
    Part("dee", "Dee Reid", "Sam’s parent, who sees only what Sam shared", "dee@example.org"),
    Part("farah", "Farah Siddiqui", "A peer support worker: one lens shown, one private", "farah@example.org"),
    Part("chidi", "Dr Chidi Okafor", "A psychiatrist who chairs together with Jules", "chidi@example.org"),
    Part("jules", "Jules Marchetti", "The other chair, who teaches from experience", "jules@example.org"),
    Part("marta", "Marta Kowalska", "The co-production lead", "marta@example.org"),
    Part("niall", "Niall Ó Súilleabháin", "The finance officer, who pays", "niall@example.org", "runs:all"),
    Part("idris", "Idris Vaughan", "The second who pays, and confirms a run", "idris@example.org", "runs:all"),
    Part("gwen", "Gwen Prys-Jones", "The first of two who approve payments", "gwen@example.org", "payments:due"),
    Part("priya", "Priya Raman", "The second of two who approve payments", "priya@example.org", "payments:due"),
    Part("harjit", "ਹਰਜੀਤ ਕੌਰ (Harjit Kaur)", "The commissioner, who reads the yearly page", "harjit@example.org"),
    Part("lena", "Lena Fischer", "Half of a recovery-college pair: the peer trainer", "lena@example.org"),
    Part("tom", "Tom Adeyemi", "The other half: an occupational therapist", "tom@example.org"),
    Part("ffion", "Ffion Llŷr", "The operator, who runs this installation", "ffion@example.org"),
    Part("eli", "Eli Marsh", "A stranger from another organisation", "eli@example.org"),
    Part("guest", GUEST, "A guest who answered an advert and can take up their record", start="people:claim"),
    Part("winifred", "Winifred Hughes", "Has no mail, no phone and no sign-in: somebody signed in helps her with her code", start="people:visit_code"),
)  # fmt: skip

# People who sit at the tables too. They have a sign-in, but nobody needs to look through their eyes.
OTHERS = {
    "oleksandr": "Oleksandr Bondar",
    "kit": "Kit Larsen",
    "noor": "Dr Noor Rahman",
    "joy": "Joy Mensah",
    "ines": "Dr Inês Carvalho",
    "rhys": "Rhys ap Gwilym",
    "hamza": "Hamza Yusuf",
    "sian": "Siân Bevan",
    "peggy": "Peggy Lund",
    "maeve": "Maeve Ó Fearghail",
    "jaswinder": "Jaswinder Sandhu",
    "wing": "陳詠 (Wing Chan)",
}


@dataclass(frozen=True)
class Letter:
    """One mail of the demo, as it would have been sent. name: of its file."""

    name: str
    to: str
    subject: str
    at: object
    words: str = ""
