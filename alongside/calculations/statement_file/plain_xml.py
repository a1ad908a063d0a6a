"""XML that a stranger sent: read in one pass by Python's own expat, in limits, with nothing defined and nothing opened."""

from xml.parsers import expat

from alongside.calculations.statement_file.lines import LIMITS, refused


class PlainXml:
    """The handlers that expat calls. `path` holds the names of what is open now, without their prefixes.

    A DOCTYPE ends the reading, so there are no entities to blow up and no addresses to open.
    """

    def __init__(self):
        self.path, self.text = [], []

    def parse(self, data):
        """Read all of these bytes. Raises Refused for what is damaged, defines words of its own, or goes too deep."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.begin, self.end
        parser.CharacterDataHandler = self.words
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self.doctype
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, UnicodeError, ValueError, LookupError):
            raise refused("damaged") from None

    def doctype(self, *_):
        raise refused("entities")

    def begin(self, name, attributes):
        local = name.rpartition(":")[2]
        self.path.append(local)
        self.text = []
        if len(self.path) > LIMITS.depth:
            raise refused("too-deep")
        self.opened(local, attributes)

    def words(self, text):
        self.text.append(text)

    def end(self, name):
        self.closed(" ".join("".join(self.text)[: LIMITS.text].split()))
        self.ended(self.path.pop())
        self.text = []

    def opened(self, local, attributes):
        """Something begins; it stands last in `path`."""

    def closed(self, words):
        """Something ends, with these words straight in it; it still stands last in `path`."""

    def ended(self, local):
        """Something ended; it stands in `path` no more."""
