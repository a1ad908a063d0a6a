"""The reference: a bare Django site with one page of 50 rows. Run by gunicorn as `bench.bare:application`."""

import os
import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

ROWS, SHOWN = 10_000, 50

if not settings.configured:
    settings.configure(
        SECRET_KEY="bench",  # noqa: S106 - a benchmark keeps nothing
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench.bare",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCH_BARE"], "CONN_MAX_AGE": None}
        },
        USE_TZ=True,
    )
    django.setup()


class Author(models.Model):
    name = models.CharField(max_length=60)

    class Meta:
        app_label = "bench"


class Row(models.Model):
    title = models.CharField(max_length=120)
    words = models.TextField()
    at = models.DateTimeField()
    author = models.ForeignKey(Author, on_delete=models.PROTECT)

    class Meta:
        app_label = "bench"


PAGE = Engine().from_string(
    "<!doctype html><title>Rows</title><ul>{% for row in rows %}<li><h2>{{ row.title }}</h2>"
    "<p>{{ row.words|truncatewords:20 }}</p><p>{{ row.author.name }}, {{ row.at|date:'j F Y' }}, {{ row.pk }}</p></li>{% endfor %}</ul>"
)


def rows(request):
    shown = Row.objects.select_related("author").order_by("-at", "-pk")[:SHOWN]
    return HttpResponse(PAGE.render(Context({"rows": shown})))


def fill():
    """Make the tables and their rows."""
    from django.utils import timezone

    with connection.schema_editor() as editor:
        editor.create_model(Author)
        editor.create_model(Row)
    authors = Author.objects.bulk_create(Author(name=f"Author {n}") for n in range(100))
    Row.objects.bulk_create(
        [
            Row(title=f"Row number {n}", words="some plain words " * 15, at=timezone.now(), author=authors[n % 100])
            for n in range(ROWS)
        ],
        batch_size=1000,
    )


urlpatterns = [path("", rows)]
application = get_wsgi_application()
if __name__ == "__main__" and sys.argv[1:] == ["fill"]:
    fill()
