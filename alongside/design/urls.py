from django.urls import path

from alongside.design import views

app_name = "design"
urlpatterns = [
    path("gallery", views.gallery, name="gallery"),
]
