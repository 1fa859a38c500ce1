"""Addresses of steps 3 and 4 below `/a/<agency>/`."""

from django.urls import path

from ssu.views import (
    adding,
    coaching,
    coaching_areas,
    coaching_places,
    conversations,
    correcting_sessions,
    dialogue,
    dialogue_plans,
    my_coaching,
    sessions,
)

DIALOGUE, COACHING = "units/<int:pk>/dialogue/", "units/<int:pk>/coaching/"
CONVERSATION, SESSION = f"{DIALOGUE}<int:conversation>/", f"{COACHING}sessions/<int:session>/"
PLACE = f"{COACHING}people/<int:worker>/areas/<int:area>/"

urlpatterns = [
    path(DIALOGUE, dialogue.dialogue, name="dialogue"),
    path(f"{DIALOGUE}leaders/", dialogue.leader_add, name="leader_add"),
    path(f"{DIALOGUE}leaders/<int:dialogue_leader>/remove/", dialogue.leader_remove, name="leader_remove"),
    path(f"{DIALOGUE}add/", conversations.conversation_add, name="conversation_add"),
    path(f"{DIALOGUE}plan/", dialogue_plans.talk_plan, name="talk_plan"),
    path(f"{DIALOGUE}plans/<int:planned_talk>/give-up/", dialogue_plans.talk_give_up, name="talk_give_up"),
    path(CONVERSATION, conversations.conversation, name="conversation"),
    path(f"{CONVERSATION}correct/", conversations.conversation_correct, name="conversation_correct"),
    path(f"{CONVERSATION}withdraw/", conversations.conversation_withdraw, name="conversation_withdraw"),
    path(COACHING, coaching.coaching, name="coaching"),
    path(f"{COACHING}model/", coaching.model_write, name="model_write"),
    path(f"{COACHING}areas/", coaching.unit_area_add, name="unit_area_add"),
    path(f"{COACHING}areas/<int:area>/", coaching.unit_area_change, name="unit_area_change"),
    path(f"{COACHING}log/", sessions.session_log, name="session_log"),
    path(SESSION, sessions.session, name="session"),
    path(f"{SESSION}correct/", correcting_sessions.session_correct, name="session_correct"),
    path(f"{SESSION}withdraw/", sessions.session_withdraw, name="session_withdraw"),
    path(f"{SESSION}undo/", sessions.session_undo, name="session_undo"),
    path(PLACE, coaching_places.coaching_place, name="coaching_place"),
    path(f"{PLACE}excuse/", coaching_places.excuse_add, name="excuse_add"),
    path(f"{COACHING}excuses/<int:excuse>/withdraw/", coaching_places.excuse_withdraw, name="excuse_withdraw"),
    path("add/coaching/", adding.add_coaching, name="add_coaching"),
    path("add/conversation/", adding.add_conversation, name="add_conversation"),
    path("add/reading/", adding.add_reading, name="add_reading"),
    path("coaching/", my_coaching.my_coaching, name="my_coaching"),
    path("coaching/units/<int:pk>/sure/", my_coaching.confidence_say, name="confidence_say"),
    path("coaching/areas/", coaching_areas.coaching_areas, name="coaching_areas"),
    path("coaching/areas/adopt/", coaching_areas.areas_adopt, name="areas_adopt"),
    path("coaching/areas/<int:area>/", coaching_areas.area_change, name="area_change"),
]
