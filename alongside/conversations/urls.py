from django.urls import path

from alongside.conversations import views

app_name = "conversations"
urlpatterns = [
    path("of/<int:initiative_id>/", views.of_initiative, name="list"),
    path("of/<int:initiative_id>/open/", views.open_new, name="open_new"),
    path("<int:conversation_id>/", views.conversation, name="conversation"),
    path("<int:conversation_id>/paper/take/", views.take, name="take"),
    path("<int:conversation_id>/paper/code/", views.resume, name="resume"),
    path("<int:conversation_id>/answer/", views.answer, name="answer"),
    path("<int:conversation_id>/statements/", views.statements, name="statements"),
    path("<int:conversation_id>/statements/add/", views.add, name="add"),
    path("<int:conversation_id>/summary/", views.summary, name="summary"),
    path("<int:conversation_id>/files/", views.export, name="export"),
    path("<int:conversation_id>/sheet/", views.sheet, name="sheet"),
    path("<int:conversation_id>/sheet/enter/", views.paper, name="paper"),
    path("<int:conversation_id>/sheet/handed-in/", views.handed_in, name="handed_in"),
    path("<int:conversation_id>/moderate/", views.moderate, name="moderate"),
    path("<int:conversation_id>/close/", views.close, name="close"),
    path("statement/<int:statement_id>/put-up/", views.put_up, name="put_up"),
    path("statement/<int:statement_id>/decline/", views.decline, name="decline"),
]
