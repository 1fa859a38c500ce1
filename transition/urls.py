"""Addresses below `/a/<agency>/`."""

from django.urls import path

from transition.views import notices, plans, replies, shifts, waves

SHIFT = "transition/shifts/<int:pk>/"

urlpatterns = [
    path("transition/", plans.transitions, name="transitions"),
    path("units/<int:pk>/transition/", plans.transition, name="transition"),
    path("transition/<int:pk>/end/", plans.transition_end, name="transition_end"),
    path("transition/<int:pk>/report/", plans.transition_report, name="transition_report"),
    path("transition/<int:pk>/guarantees/<int:account>/", plans.guarantee_add, name="guarantee_add"),
    path("transition/<int:pk>/months/<int:year>/<int:month>/", plans.transition_month, name="transition_month"),
    path("transition/<int:pk>/waves/add/", waves.wave_add, name="wave_add"),
    path("transition/waves/<int:pk>/", waves.wave, name="wave"),
    path("transition/waves/<int:pk>/change/", waves.wave_change, name="wave_change"),
    path("transition/waves/<int:pk>/choose/", waves.wave_choose, name="wave_choose"),
    path("transition/waves/<int:pk>/open/", waves.wave_open, name="wave_open"),
    path("transition/waves/<int:pk>/close/", waves.wave_close, name="wave_close"),
    path("transition/waves/<int:pk>/tell/", waves.wave_tell, name="wave_tell"),
    path("transition/waves/<int:pk>/silent/", waves.wave_silent, name="wave_silent"),
    path("transition/waves/<int:pk>/letters/add/", notices.wave_letter_add, name="wave_letter_add"),
    path("transition/waves/<int:pk>/print/", notices.wave_print, name="wave_print"),
    path("transition/waves/<int:pk>/posted/", notices.wave_posted, name="wave_posted"),
    path("transition/waves/<int:pk>/replies/", replies.wave_replies, name="wave_replies"),
    path(SHIFT, shifts.shift, name="shift"),
    path(f"{SHIFT}set/", shifts.shift_set, name="shift_set"),
    path(f"{SHIFT}remove/", shifts.shift_remove, name="shift_remove"),
    path(f"{SHIFT}note/<slug:act>/", shifts.shift_act, name="shift_act"),
    path(f"{SHIFT}acts/<int:act>/take-back/", shifts.shift_take_back, name="shift_take_back"),
    path(f"{SHIFT}gifts/<int:line>/", shifts.transition_talk, name="transition_talk"),
    path(f"{SHIFT}talks/<int:talk>/take-back/", shifts.transition_talk_back, name="transition_talk_back"),
]
