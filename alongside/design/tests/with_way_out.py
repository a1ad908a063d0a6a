"""A site with its own way out."""

from django.http import HttpResponse
from django.urls import include, path

ways = ([path("leave/", lambda request: HttpResponse(), name="leave")], "safety")
urlpatterns = [path("", include(ways))]
