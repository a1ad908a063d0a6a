"""The words that follow `alongside`. What cannot be done is said in one plain sentence and ends with code 2.

Django's own commands (migrate, shell, ...) and those of the rooms stay what they are: any other word goes to them.
"""

import argparse
import difflib
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, call_command, get_commands
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone

from alongside import __version__
from alongside.calculations import labels
from alongside.config import backup, checks, licences, plain, preparing, rules, serving
from alongside.refusals import Refused

CANNOT = 2
DEMO_THREADS = 8
# What these write is about people: nobody else on the machine may read it.
PRIVATE = {"demo", "serve", "backup", "migrate", "check", "verify", "conversation", "found", "daily"}


def main(words=None):
    """Run one command and give back its exit code. `words` is what follows `alongside`."""
    words = list(sys.argv[1:] if words is None else words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    if words and words[0] in PRIVATE:
        os.umask(0o077)
    try:
        return _run(words) or 0
    except Refused as stop:
        return _cannot(stop.said)
    except DatabaseError as stop:
        return _cannot(f"The database could not do that: {str(stop).strip()}")
    except FileNotFoundError as stop:
        return _cannot(f"There is no {stop.filename}.")
    except (CommandError, ImproperlyConfigured, labels.CaseError, OSError) as stop:
        return _cannot(str(stop))
    except KeyboardInterrupt:
        return _cannot("Stopped.", code=130)


def _cannot(sentence, code=CANNOT):
    print(sentence, file=sys.stderr)
    return code


def _run(words):
    parser, own = _parser()
    if not words or words[0] == "help":
        parser.print_help()
        return 0
    if not words[0].startswith("-") and words[0] not in own:
        return _pass_on(words)
    options, rest = parser.parse_known_args(words)
    if rest and options.do is not _conversation:
        parser.error(f"{' '.join(rest)} was not understood.")
    options.rest = rest
    return options.do(options)


def _parser():
    parser = argparse.ArgumentParser(
        prog="alongside",
        description="Run things together, be paid and credited fairly, and show from the records how far it was shared.",
        epilog="Words of the rooms: `run list` lists files for the bank and what came back. "
        "Any other word goes to Django: migrate, shell, createcachetable and so on.",
    )
    parser.add_argument("--version", action="version", version=f"alongside {__version__}")
    own = parser.add_subparsers(metavar="WORD", required=True)

    def word(name, do, tells, into=own):
        added = into.add_parser(name, help=tells, description=tells)
        added.set_defaults(do=do)
        added.add_argument("--json", action="store_true", help="answer as JSON, for another program")
        return added

    demo = word("demo", _demo, "Serve an organisation of made-up people; PORT=8001 chooses another port.")
    in_demo = demo.add_subparsers(metavar="WORD")
    word("people", _demo_people, "List the people of the demo and what each can show.", in_demo)
    code = word("code", _demo_code, "Print a fresh sign-in code for one person of the demo.", in_demo)
    code.add_argument("address", help="the person's sign-in address")
    serve = word("serve", _serve, "Serve real people. Refuses when the self-check refuses.")
    serve.add_argument("--workers", type=int, default=2, help="processes (2)")
    serve.add_argument("--threads", type=int, default=8, help="threads in each process (8)")
    check = word("check", _check, "Look whether this installation is safe: 0 yes, 1 with warnings, 2 no.")
    check.add_argument("--demo", action="store_true", help="look at the demo's data instead")
    found = word("found", _found, "Make an organisation, and let one person begin to run it.")
    found.add_argument("organisation", help="its name, in quotes")
    found.add_argument("--person", required=True, metavar="NAME", help="what others call the first person")
    found.add_argument("--mail", required=True, metavar="ADDRESS", help="the address that person signs in with")
    found.add_argument("--country", default="GB", help="two letters, such as GB or IE (GB)")
    found.add_argument("--zone", default="Europe/London", help="its time zone (Europe/London)")
    word("daily", _daily, "The daily round: do what was due, then look whether the records agree. For a timer.")
    word("verify", _verify, "Look whether the records agree with each other.")
    word("backup", _backup, "Copy the whole database into the folder backup.")
    label = word("label", _label, "Say which label a described case may honestly carry, and why.")
    label.add_argument("case", metavar="CASE.toml", help="the described case")
    rules.add_words(word("rules", _rules, "Say what is known about money and benefits, or hold payments against it."))
    audit = word("audit", _audit, "Put offers, payments, runs and the book of a fund or a quarter into one file.")
    audit.add_argument("--fund", metavar="FUND", help="its name, or its number")
    audit.add_argument("--quarter", metavar="QUARTER", help="three months, such as 2026-Q4")
    audit.add_argument("--organisation", metavar="NAME", help="needed when there are several")
    audit.add_argument("--out", required=True, type=Path, metavar="FILE", help="a file that is not there yet")
    conversation = word("conversation", _conversation, "Bring a public conversation in, or set one out as open files.")
    conversation.add_argument("way", choices=["import", "export"])
    word("about", _about, "Name the version, and the packages it stands on with their licences.")
    return parser, own.choices


def _say(options, data, lines):
    """Answer as JSON when asked to, else as lines."""
    print(json.dumps(data, indent=2, ensure_ascii=False, default=str) if options.json else "\n".join(lines))


# --- the demo ---


def _demo(options):
    port = serving.wanted_port()
    preparing.choose_demo(port)
    django.setup()
    preparing.migrate_at_need()
    if preparing.demo_is_empty():
        print("Loading the demo organisation.", flush=True)
        call_command("load_demo", verbosity=0)
    preparing.find_in_place()
    lines = preparing.welcome(port)
    serving.serve(port=port, threads=DEMO_THREADS, opened=lambda: print("\n".join(lines), flush=True))


def _demo_people(options):
    _need_demo()
    people = preparing.demo_room("queries").people()
    _say(options, people, plain.table(people) if people else ["Nobody is in the demo."])


def _demo_code(options):
    _need_demo()
    code = preparing.demo_room("operations").fresh_code(address=options.address)
    _say(options, {"address": options.address, "code": code}, [code])


def _need_demo():
    preparing.need_demo_folder()
    preparing.choose_demo()
    django.setup()
    preparing.need_demo()


# --- real people ---


def _serve(options):
    port = serving.wanted_port()
    django.setup()
    if settings.DEMO:
        raise CommandError("ALONGSIDE_DEMO is set, and `serve` is for real people. Use: alongside demo")
    found = checks.findings(at=timezone.now())
    for finding in found:
        if finding.level != checks.OK:
            print(f"{finding.about}: {finding.words}", file=sys.stderr)
    if checks.verdict(found) == checks.REFUSE:
        raise CommandError(
            "Alongside does not start until what is refused above is put right. See also: alongside check"
        )
    preparing.collect_at_need()
    sentence = (
        f"Alongside answers on http://{serving.LOOPBACK}:{port}. Let a web server with https stand in front of it."
    )
    serving.serve(
        port=port, threads=options.threads, workers=options.workers, opened=lambda: print(sentence, flush=True)
    )


def _check(options):
    if options.demo:
        preparing.choose_demo()
    django.setup()
    found = checks.findings(at=timezone.now())
    marks = {checks.OK: "ok      ", checks.WARN: "warning ", checks.REFUSE: "REFUSED "}
    _say(options, checks.as_dict(found), [f"{marks[each.level]}{each.about}: {each.words}" for each in found])
    return checks.EXIT[checks.verdict(found)]


def _daily(options):
    """One thing that fails does not keep the others from being done; the exit code says so at the end."""
    django.setup()
    from alongside.config import wiring  # needs Django set up

    done, failed = {}, []
    for words, do in wiring.DAILY:
        try:
            done[words] = do(at=timezone.now())
        except (Refused, DatabaseError, OSError) as stop:
            failed.append(f"Not done: {words}. {str(stop).strip()}")
    _say(options, {"done": done, "failed": failed}, [f"{count} {words}" for words, count in done.items()] + failed)
    if failed:
        return CANNOT
    return None if options.json else _verify(options)


def _verify(options):
    django.setup()
    if "verify" not in get_commands():
        raise CommandError("This version has nothing to verify.")
    call_command("verify", *(["--json"] if options.json else []))


def _found(options):
    """Make the first organisation with somebody who leads co-production in it and runs the installation."""
    django.setup()
    if options.zone not in available_timezones():
        raise CommandError(f"There is no time zone called {options.zone}. Write one like Europe/Dublin.")
    from alongside.organisations import operations as organisations  # needs Django set up

    try:
        organisation = organisations.begin(
            name=options.organisation,
            shown_name=options.person,
            mail=options.mail,
            country=options.country,
            zone=options.zone,
            at=timezone.now(),
        )
    except Refused as stop:
        raise CommandError(stop.said) from None
    lines = [
        f"{organisation.name} stands. {options.person} leads co-production there and runs this installation.",
        f"Sign in with {options.mail} on {settings.SITE_ADDRESS}. Pages of duties and money ask for a second step.",
    ]
    _say(options, {"organisation": organisation.pk, "name": organisation.name, "mail": options.mail}, lines)


def _backup(options):
    django.setup()
    path = backup.take(at=timezone.now())
    size = path.stat().st_size
    _say(options, {"path": str(path), "bytes": size}, [f"The copy is {path} ({size / 1e6:.1f} MB)."])


def _audit(options):
    django.setup()
    from alongside.config import auditing  # needs Django set up

    _say(options, *auditing.run(options))


def _conversation(options):
    django.setup()
    if options.json:
        options.rest.append("--json")
    _call(f"conversation_{options.way}", options.rest)


# --- without a database ---


def _label(options):
    answer = labels.label_file(options.case)
    _say(options, answer, plain.label(answer))


def _rules(options):
    _say(options, *rules.look(options, datetime.now().astimezone().date()))


def _about(options):
    rows = licences.dependencies()
    lines = [f"Alongside {__version__}, given under MIT; its own words under CC BY 4.0. It stands on:", ""]
    data = {"name": "alongside", "version": __version__, "licence": "MIT", "packages": rows}
    _say(options, data, [*lines, *plain.table(rows)])


# --- all others ---


def _pass_on(words):
    """Hand a word that is not ours to the room or to Django that knows it."""
    django.setup()
    known = get_commands()
    if words[0] not in known:
        near = difflib.get_close_matches(words[0], [*_parser()[1], *known], n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise CommandError(f"Alongside has no command {words[0]}.{guess} All of them: alongside help")
    if str(known[words[0]]).startswith("alongside."):
        return _call(words[0], words[1:])
    return ManagementUtility(["alongside", *words]).execute()


def _call(name, words):
    if name not in get_commands():
        raise CommandError(f"This version has no {name.replace('_', ' ')}.")
    call_command(name, *words)


if __name__ == "__main__":
    sys.exit(main())
