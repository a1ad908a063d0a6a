from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("come-in/", views.come_in, name="come_in"),
    path("claim-code/", views.claim_code, name="claim_code"),
    path("post/", views.post, name="post"),
    path("post/<str:name>/", views.letter, name="letter"),
]
