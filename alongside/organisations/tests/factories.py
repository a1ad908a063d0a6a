"""Plain ways to an organisation with people in it; no surprises."""

import io
from datetime import UTC, date, datetime

import xlsxwriter

from alongside.organisations import operations
from alongside.people import operations as people
from alongside.people.models import Login

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)


def organisation(name="Harbour Trust", **details):
    return operations.found(name=name, at=AT, **details)


def person(name, **reach):
    return people.add_person(shown_name=name, at=AT, **reach)


def member(name, here, **reach):
    who = person(name, **reach)
    operations.welcome(person=who, organisation=here, on=ON, at=AT)
    return who


def holder(name, here, *kinds):
    who = member(name, here)
    for kind in kinds:
        operations.ask_to(person=who, kind=kind, organisation=here, on=ON, at=AT)
    return who


def signs_in(client, who, second=False):
    """A browser in which `who` acts through the account door, with a second factor when `second`."""
    login, _ = Login.objects.get_or_create(email=f"person{who.pk}@example.org", defaults={"person": who})
    client.force_login(login)
    if second:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": AT.timestamp()}]
        session.save()
    return client


def register_csv():
    """A register as it comes: a title, two date forms, a duplicate, a missing name, a formula, a blank line."""
    return (
        "Volunteers and contributors 2026;;;;\r\n"
        "Full name;E-mail;Mobile;Date joined;Notes\r\n"
        "Asha Example;asha@example.org;07700 900001;03/04/2026;likes mornings\r\n"
        "Bo Example;;07700 900002;2026-05-01;\r\n"
        ";;;;\r\n"
        "asha example;ASHA@example.org;;;second time\r\n"
        ";nobody@example.org;;;\r\n"
        "=1+1;sum@example.org;;;\r\n"
        "Žofie O’Neill-García;zofie@example.org;;1 May 2026;\r\n"
    ).encode()


def register_xlsx(rows=300):
    """A workbook of 300 people with merged headings over two rows, two date forms, duplicates and missing names."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("People")
    sheet.merge_range("A1:D1", "Register of everybody, all years")
    sheet.merge_range("A2:B2", "Person")
    sheet.merge_range("C2:D2", "Contact")
    sheet.write_row("A3", ["First name", "Surname", "E-mail", "Date joined"])
    for number in range(rows):
        first = "" if number % 50 == 7 else f"Name{'abcdefghij'[number % 10]}"
        surname = "" if number % 50 == 7 else f"Family{'abcdefghij'[number // 10 % 10]}{'abcdefghij'[number // 100]}"
        mail = f"p{number - 1 if number % 60 == 9 else number}@example.org"
        joined = f"{number % 28 + 1:02}/03/2025" if number % 2 else f"2025-03-{number % 28 + 1:02}"
        sheet.write_row(3 + number, 0, [first, surname, mail, joined])
    book.close()
    return out.getvalue()
