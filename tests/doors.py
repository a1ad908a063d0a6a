"""A contract of our own for import-linter: rooms use each other through their doors only."""

from importlinter import Contract, ContractCheck, output

ROOMS = {
    "record", "people", "organisations", "safety", "rates", "ledger", "payees", "initiatives", "agreements", "gatherings", "conversations",
    "decisions", "contributions", "claims", "timebank", "credit", "payments", "runs", "audits", "labels", "reports", "front", "demo",
}  # fmt: skip
DOORS = {"operations", "queries", "permissions", "states"}
# The front lays several rooms side by side on one page: it alone may ask a room for its panel.
ALSO = {("front", "panels"), ("config", "urls")}


def misuses(graph):
    """Imports that pass by a door: sorted list of (importer, imported)."""
    found = []
    for importer in graph.modules:
        parts = importer.split(".")
        if len(parts) < 2 or "tests" in parts or "migrations" in parts:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            there = imported.split(".")
            if len(there) < 3 or there[0] != "alongside" or there[1] not in ROOMS or there[1] == parts[1]:
                continue
            if there[2] not in DOORS and (parts[1], there[2]) not in ALSO:
                found.append((importer, imported))
    return sorted(found)


class DoorsContract(Contract):
    def check(self, graph, verbose):
        found = misuses(graph)
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check):
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} goes past the doors of {imported}")
