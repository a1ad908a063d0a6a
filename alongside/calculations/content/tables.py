"""From a TOML table to a frozen dataclass, refusing whatever is not exactly as its shape says."""

import re
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Union, get_args, get_origin, get_type_hints

from alongside.calculations.content.entry import Pence

KEYS = {"from_on": "from", "to_on": "to"}  # words that Python keeps for itself, or that read better in a file
MONEY = re.compile(r"\d{1,7}\.\d{2}")


class ContentError(ValueError):
    """The content cannot be used. The words name the file, the key and what would be right."""


def build(shape, table, *, where, **given):
    """Make a `shape` from a TOML table; `given` are fields that do not come from the file (its id).

    where: the file or place, for the words of an error. Raises ContentError for an unknown or missing key,
    for a value of another type, and for periods with a gap or an overlap.
    """
    if not isinstance(table, dict):
        raise ContentError(f"{where}: expected a table, found {table!r}.")
    wanted = {KEYS.get(f.name, f.name): f for f in fields(shape) if f.name not in given}
    _refuse_other_keys(table, wanted, where)
    hints = get_type_hints(shape)
    values = {f.name: _value(hints[f.name], table[key], f"{where}: {key}") for key, f in wanted.items() if key in table}
    made = shape(**given, **values)
    if "periods" in values:
        _refuse_gap_or_overlap(made.periods, where)
    return made


def _refuse_other_keys(table, wanted, where):
    unknown = sorted(set(table) - set(wanted))
    if unknown:
        raise ContentError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(wanted))}.")
    missing = sorted(k for k, f in wanted.items() if f.default is MISSING and k not in table)
    if missing:
        raise ContentError(f"{where}: missing key {missing[0]!r}.")


def _value(kind, value, where):
    if get_origin(kind) in (types.UnionType, Union):  # a NewType or None gives the second
        kind = next(part for part in get_args(kind) if part is not type(None))
    if kind is Pence:
        return _pence(value, where)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind)[0], value, where)
    if is_dataclass(kind):
        return build(kind, value, where=where)
    if type(value) is not kind or isinstance(value, datetime):
        raise ContentError(f"{where}: expected {_named(kind)}, found {value!r}.")
    if kind is str and not value.strip():
        raise ContentError(f"{where}: is empty; leave the key out or say it.")
    return value


def _tuple(kind, value, where):
    if not isinstance(value, list):
        raise ContentError(f"{where}: expected a list, found {value!r}.")
    made = tuple(_value(kind, one, f"{where} {number}") for number, one in enumerate(value, start=1))
    ids = [one.id for one in made if hasattr(one, "id")]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ContentError(f"{where}: the id {twice[0]!r} is used twice.")
    return made


def _pence(value, where):
    if not isinstance(value, str) or not MONEY.fullmatch(value):
        raise ContentError(f'{where}: expected money as "27.50", found {value!r}.')
    whole, parts = value.split(".")
    return int(whole) * 100 + int(parts)


def _named(kind):
    return {str: "words", int: "a whole number", bool: "true or false", date: "a day like 2026-11-22"}[kind]


def _refuse_gap_or_overlap(periods, where):
    """Periods must follow each other day to day; only the last may be open."""
    if not periods:
        raise ContentError(f"{where}: needs at least one period.")
    for period in periods:
        if period.to_on is not None and period.to_on <= period.from_on:
            raise ContentError(f"{where}: the period from {period.from_on} ends on or before its first day.")
    for one, after in zip(periods, periods[1:], strict=False):
        if one.to_on is None or one.to_on > after.from_on:
            raise ContentError(f"{where}: the periods from {one.from_on} and from {after.from_on} overlap.")
        if one.to_on < after.from_on:
            raise ContentError(f"{where}: a gap between {one.to_on} and {after.from_on}.")
