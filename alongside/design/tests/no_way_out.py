"""No way out of its own: the quick exit goes straight to the weather."""

urlpatterns = []
