"""How the journal is chained."""

import hashlib
import json


def digest_of(before, line):
    """SHA-256 (hex) over the digest before and the content of a JournalLine, in one fixed spelling."""
    content = [
        before,
        line.what,
        line.subject,
        line.by_person,
        line.helped_by_person,
        line.organisation,
        line.at.timestamp(),
        line.facts,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
