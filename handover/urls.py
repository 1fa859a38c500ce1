"""Addresses below `/a/<agency>/`."""

from django.urls import path

from handover.views import cases, letters, passings

urlpatterns = [
    path("hand-overs/", cases.handovers, name="handovers"),
    path("hand-overs/add/", cases.handover_add, name="handover_add"),
    path("hand-overs/foresee/", cases.handover_foresee, name="handover_foresee"),
    path("hand-overs/<int:pk>/", cases.handover, name="handover"),
    path("hand-overs/<int:pk>/pass-on/", cases.handover_pass, name="handover_pass"),
    path("hand-overs/<int:pk>/leave-out/", cases.handover_skip, name="handover_skip"),
    path("hand-overs/<int:pk>/tell/", cases.handover_tell, name="handover_tell"),
    path("hand-overs/<int:pk>/close/", cases.handover_close, name="handover_close"),
    path("hand-overs/<int:pk>/call-off/", cases.handover_call_off, name="handover_call_off"),
    path("hand-overs/<int:pk>/units/<int:unit>/letter/", letters.handover_letter_add, name="handover_letter_add"),
    path("passings/<int:pk>/", passings.passing, name="passing"),
    path("passings/<int:pk>/introduced/", passings.passing_introduced, name="passing_introduced"),
    path("passings/<int:pk>/steps/<int:act>/take-back/", passings.passing_take_back, name="passing_take_back"),
    path("units/<int:pk>/risk/", cases.unit_risk, name="unit_risk"),
]
