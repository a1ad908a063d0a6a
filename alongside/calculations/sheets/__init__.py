"""Reading a register of people that somebody kept in a spreadsheet, as it comes: CSV or XLSX, tidy or not.

    sheet = read_sheet(name, data)              the table in the file, or Refused in words
    mapping = propose_columns(sheet)            what we think each column is; choose() changes it
    register = read_register(sheet, mapping)    every row either clean or refused with its reason
    refused_csv(register.refused)               the refused rows with their reasons, to take away

Nothing is written anywhere, nothing is worked out by formula, and no row is lost without a word.
"""

from alongside.calculations.sheets.caps import CAPS, Caps
from alongside.calculations.sheets.cells import clean, read_day, read_mail, read_phone
from alongside.calculations.sheets.columns import FIELDS, Column, Mapping, choose, propose_columns
from alongside.calculations.sheets.reading import Sheet, read_sheet
from alongside.calculations.sheets.register import RefusedRow, Register, RegisterRow, read_register
from alongside.calculations.sheets.safe_cells import refused_csv, safe_cell, safe_rows

__all__ = [
    "CAPS",
    "FIELDS",
    "Caps",
    "Column",
    "Mapping",
    "RefusedRow",
    "Register",
    "RegisterRow",
    "Sheet",
    "choose",
    "clean",
    "propose_columns",
    "read_day",
    "read_mail",
    "read_phone",
    "read_register",
    "read_sheet",
    "refused_csv",
    "safe_cell",
    "safe_rows",
]
