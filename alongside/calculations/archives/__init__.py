"""A ZIP that is the same bytes for the same files, and that says of each what lies in it.

    archive = Archive(out)
    archive.put("offers.csv", data, rows=12)
    archive.close()
    archive.packed -> [Packed(name="offers.csv", rows=12, size=..., sha256=...)]

Nothing of the clock, the machine or its user goes in.
"""

import hashlib
import zipfile
from dataclasses import dataclass

STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say
UNIX = 3
FOR_ITS_OWNER = 0o100600 << 16
SMALL_ALREADY = (".jpg", ".jpeg", ".png", ".pdf", ".zip")


@dataclass(frozen=True)
class Packed:
    """One file as it lies in an archive. rows: how many lines a table has under its headings; None for others."""

    name: str
    rows: int | None
    size: int
    sha256: str


class Archive:
    """Files put into a ZIP one after the other, in the order in which they come."""

    def __init__(self, out):
        self._zip = zipfile.ZipFile(out, "w")
        self.packed = []

    def put(self, name, data, rows=None):
        """Add the bytes of a file. Raises ValueError for a name that is there already."""
        if any(each.name == name for each in self.packed):
            raise ValueError(f"There are two files called {name}.")
        info = zipfile.ZipInfo(name, STAMP)
        info.create_system, info.external_attr = UNIX, FOR_ITS_OWNER
        info.compress_type = zipfile.ZIP_STORED if name.endswith(SMALL_ALREADY) else zipfile.ZIP_DEFLATED
        self._zip.writestr(info, data)
        self.packed.append(Packed(name, rows, len(data), hashlib.sha256(data).hexdigest()))

    def close(self):
        """Write the end of it."""
        self._zip.close()
