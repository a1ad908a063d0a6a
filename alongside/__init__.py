"""Alongside: run things together, be paid and credited fairly, and show from the records how far it was shared."""

__version__ = "0.1.0"
