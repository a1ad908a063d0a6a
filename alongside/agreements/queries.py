"""Reads of agreements. People at the table see them; nobody else does."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from alongside.agreements.models import Clause, SignOn, Version
from alongside.agreements.states import AGREES, Answer, VersionState
from alongside.design.states import Line, Step, Thread
from alongside.initiatives import queries as initiatives


@dataclass(frozen=True)
class Standing:
    """Where one version stands with the people who sit now.

    said: {person pk: SignOn}; rows: (Seat, SignOn or None) by name; waiting: Seats without a yes.
    """

    seated: list
    said: dict
    waiting: list

    @property
    def rows(self):
        return [(seat, self.said.get(seat.person_id)) for seat in self.seated]

    @property
    def agreed(self):
        return len(self.seated) - len(self.waiting)


def versions_visible_to(person):
    """Versions of agreements at tables where the person may read; newest first within an initiative."""
    return (
        Version.objects.filter(initiatives.at_table(person))
        .select_related("initiative__organisation", "begun_by")
        .order_by("initiative", "-number")
    )


def versions_of(initiative):
    """All versions of one initiative's agreement, newest first."""
    return Version.objects.filter(initiative=initiative).order_by("-number")


def current(initiative):
    """The version that asks or binds now: proposed before in force; None before the first."""
    live = versions_of(initiative).filter(state__in=[VersionState.PROPOSED, VersionState.IN_FORCE])
    return _of(initiative, live.first())


def _of(initiative, version):
    """The version with the initiative that was at hand, which need not be read again."""
    if version:
        version.initiative = initiative
    return version


def draft(initiative):
    """The version being written; None when nobody writes."""
    return _of(initiative, versions_of(initiative).filter(state=VersionState.DRAFT).first())


def clauses_of(version):
    """The clauses in their order."""
    return Clause.objects.filter(version=version).order_by("place", "pk")


def clauses_visible_to(person):
    """Clauses of versions that the person may read."""
    return (
        Clause.objects.filter(initiatives.at_table(person, "version__initiative"))
        .select_related("version__initiative__organisation")
        .order_by("version", "place", "pk")
    )


def standing(version):
    """Who sits now, what each said to this version, and who has not said yes."""
    seated = list(initiatives.seated_names(version.initiative))
    said = {sign.person_id: sign for sign in SignOn.objects.filter(version=version)}
    waiting = [seat for seat in seated if seat.person_id not in said or said[seat.person_id].answer not in AGREES]
    return Standing(seated, said, waiting)


def thread(version, stand):
    """The life of a version: written, signed by so many of so many, in force until its review."""
    all_said = not stand.waiting
    in_force = version.state in {VersionState.IN_FORCE, VersionState.REPLACED}
    proposed = version.state != VersionState.DRAFT
    signing = f"agreed by {stand.agreed} of {len(stand.seated)}"
    whose = _names(stand.waiting) if proposed and not in_force and not all_said else ""
    return Thread(
        f"Version {version.number}",
        [
            Step("written", "done") if proposed else Step("to write", "now"),
            Step(signing, "next" if not proposed else "done" if in_force or all_said else "now", whose=whose),
            Step("in force until review", "now" if in_force else "next", by=version.review_on),
        ],
    )


def _names(seats):
    return seats[0].person.shown_name if len(seats) == 1 else f"{len(seats)} people"


def today(person, on):
    """Agreements that wait for this person's answer, and reviews whose day has come."""
    mine = SignOn.objects.filter(version=OuterRef("pk"), person=person)
    asking = (
        Version.objects.filter(initiative__in=initiatives.seated_in(person))
        .filter(state__in=[VersionState.PROPOSED, VersionState.IN_FORCE])
        .annotate(mine=Exists(mine))
        .filter(Q(mine=False) | Q(state=VersionState.IN_FORCE, review_on__lte=on))
        .select_related("initiative")
        .only("review_on", "initiative__name")
        .order_by("initiative", "-number")
    )
    return [_line(version) for version in asking]


def _line(version):
    words = "Our agreement is due for review" if version.mine else "Say how you feel about our agreement"
    url = reverse("agreements:agreement", args=[version.initiative_id])
    return Line(f"{words}: {version.initiative.name}", url, "needs", version.review_on if version.mine else None)


def about_me(person):
    """What this room holds about a person, for their own record."""
    signs = SignOn.objects.filter(person=person).select_related("version__initiative").order_by("at", "pk")
    return {
        "agreements I answered": [
            {
                "initiative": sign.version.initiative.name,
                "version": sign.version.number,
                "answer": Answer(sign.answer).label,
                "worry": sign.worry,
                "on": sign.at,
            }
            for sign in signs
        ]
    }


def came_in_force(organisation, from_on, to_on, initiative=None):
    """Versions that came in force in [from_on, to_on), with their initiative, oldest first; of one when given."""
    came = Version.objects.filter(
        initiative__organisation=organisation, in_force_at__date__gte=from_on, in_force_at__date__lt=to_on
    )
    came = came.filter(initiative=initiative) if initiative else came
    return came.select_related("initiative").order_by("in_force_at", "pk")


def figures(organisation, from_on, to_on, initiative=None):
    """{what: pks} of agreements that came in force in [from_on, to_on); of one initiative when given."""
    came = came_in_force(organisation, from_on, to_on, initiative)
    return {"agreements brought in force": list(came.order_by("pk").values_list("pk", flat=True))}
