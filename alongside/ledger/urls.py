from django.urls import path

from alongside.ledger import views

app_name = "ledger"
urlpatterns = [
    path("there/", views.there, name="there"),
    path("there/<int:presence_id>/", views.say_there, name="say_there"),
    path("<int:organisation_id>/", views.funds, name="funds"),
    path("<int:organisation_id>/new/", views.fund_add, name="fund_add"),
    path("<int:organisation_id>/book/", views.book, name="book"),
    path("<int:organisation_id>/vouchers/", views.vouchers, name="vouchers"),
    path("<int:organisation_id>/days-off/", views.days_off, name="days_off"),
    path("<int:organisation_id>/days-off/bank-holidays/", views.bank_holidays, name="bank_holidays"),
    path("<int:organisation_id>/days-off/bank-holidays/add/", views.bank_holidays_add, name="bank_holidays_add"),
    path("<int:organisation_id>/days-off/<int:day_off_id>/drop/", views.day_off_drop, name="day_off_drop"),
    path("fund/<int:fund_id>/line/", views.line_add, name="line_add"),
    path("fund/<int:fund_id>/days/", views.days, name="days"),
    path("fund/<int:fund_id>/cash/", views.cash, name="cash"),
    path("fund/<int:fund_id>/cash/move/", views.cash_move, name="cash_move"),
    path("fund/<int:fund_id>/vouchers/", views.vouchers_buy, name="vouchers_buy"),
]
