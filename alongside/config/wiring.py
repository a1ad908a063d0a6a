"""What a lower room causes in an upper one, where a panel would be contorted: journal event -> function.

Read top to bottom; each runs in the transaction that wrote the line. Empty is the best state of this file.
"""

WIRES = {}
