"""Addresses below `/a/<agency>/`."""

from django.urls import path

from communications.views import acts, audience, consent, core_messages, guidelines, letters

MESSAGES = "units/<int:pk>/core-message/"
RULES = "units/<int:pk>/guidelines/"

urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/add/", letters.letter_add, name="letter_add"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/edit/", letters.letter_edit, name="letter_edit"),
    path("letters/<int:pk>/approve/", acts.letter_approve, name="letter_approve"),
    path("letters/<int:pk>/send/", acts.letter_send, name="letter_send"),
    path("letters/<int:pk>/time/", acts.letter_time, name="letter_time"),
    path("letters/<int:pk>/time/back/", acts.letter_time_back, name="letter_time_back"),
    path("letters/<int:pk>/cancel/", acts.letter_cancel, name="letter_cancel"),
    path("letters/<int:pk>/proof/", acts.letter_proof, name="letter_proof"),
    path("letters/<int:pk>/audience/", audience.letter_audience, name="letter_audience"),
    path("letters/<int:pk>/audience/<int:partner_pk>/", audience.letter_include, name="letter_include"),
    path("letters/<int:pk>/messages/", audience.letter_messages, name="letter_messages"),
    path("letters/<int:pk>/messages/<int:message_pk>/", audience.letter_message, name="letter_message"),
    path("partners/<int:pk>/consent/", consent.partner_consent, name="partner_consent"),
    path(MESSAGES, core_messages.core_messages, name="core_messages"),
    path(f"{MESSAGES}begin/", core_messages.begin, name="core_message_begin"),
    path(f"{MESSAGES}<int:version>/", core_messages.core_message, name="core_message"),
    path(f"{MESSAGES}<int:version>/edit/", core_messages.edit, name="core_message_edit"),
    path(f"{MESSAGES}<int:version>/agree/", core_messages.agree, name="core_message_agree"),
    path(f"{MESSAGES}<int:version>/return/", core_messages.send_back, name="core_message_return"),
    path(f"{MESSAGES}<int:version>/drop/", core_messages.drop, name="core_message_drop"),
    path(f"{MESSAGES}<int:version>/acknowledge/", core_messages.acknowledge, name="core_message_acknowledge"),
    path(f"{MESSAGES}<int:version>/remind/", core_messages.remind, name="core_message_remind"),
    path(f"{MESSAGES}<int:version>/signature/", core_messages.keep_signature, name="core_message_signature"),
    path(RULES, guidelines.guidelines, name="guidelines"),
    path(f"{RULES}begin/", guidelines.begin, name="guidelines_begin"),
    path(f"{RULES}<int:version>/", guidelines.guidelines_version, name="guidelines_version"),
    path(f"{RULES}<int:version>/edit/", guidelines.edit, name="guidelines_edit"),
    path(f"{RULES}<int:version>/agree/", guidelines.agree, name="guidelines_agree"),
    path(f"{RULES}<int:version>/return/", guidelines.send_back, name="guidelines_return"),
    path(f"{RULES}<int:version>/drop/", guidelines.drop, name="guidelines_drop"),
    path(f"{RULES}<int:version>/acknowledge/", guidelines.acknowledge, name="guidelines_acknowledge"),
    path(f"{RULES}<int:version>/remind/", guidelines.remind, name="guidelines_remind"),
    path(f"{RULES}<int:version>/signature/", guidelines.keep_signature, name="guidelines_signature"),
    path("settings/letters/", consent.letter_settings, name="letter_settings"),
]
