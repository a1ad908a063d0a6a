"""Pages that lay several rooms side by side."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.front import panels, queries
from alongside.initiatives import queries as initiatives

A_PAGE = 20


@require_safe
def today(request):
    """What needs you, first; for somebody new, what this place promises and how to come in."""
    if request.person is None:
        return render(request, "front/welcome.html", {"adverts": queries.newest_adverts(timezone.localdate())})
    lines = queries.today(request.person, timezone.localdate())
    tables, ways = list(queries.tables_of(request.person)), queries.ways_of(request.person)
    more_tables = len(tables) == queries.MOST_TABLES
    context = {"title": "Today", "tables": tables, "more_tables": more_tables, "ways": ways, **lines}
    return render(request, "front/today.html", context)


@require_safe
def directory(request):
    """The public directory of initiatives, filtered by words."""
    words = request.GET.get("find", "").strip()[:100]
    page = Paginator(initiatives.directory(words), A_PAGE).get_page(request.GET.get("page"))
    context = {"title": "What is going on", "find_words": "Find an initiative", "find_value": words, "page_obj": page}
    return render(request, "front/directory.html", context)


@require_safe
def initiative(request, initiative_id):
    """One initiative: each room's part of it, for whoever may see it."""
    shown = get_object_or_404(initiatives.visible_to(request.person), pk=initiative_id)
    context = {"initiative": shown, "panels": panels.of_initiative(shown, request.person)}
    return render(request, "front/initiative.html", context)
