"""Addresses below `/a/<agency>/`."""

from django.urls import path

from communications.views import acts, audience, consent, core_messages, letters

urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/add/", letters.letter_add, name="letter_add"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/edit/", letters.letter_edit, name="letter_edit"),
    path("letters/<int:pk>/approve/", acts.letter_approve, name="letter_approve"),
    path("letters/<int:pk>/send/", acts.letter_send, name="letter_send"),
    path("letters/<int:pk>/cancel/", acts.letter_cancel, name="letter_cancel"),
    path("letters/<int:pk>/proof/", acts.letter_proof, name="letter_proof"),
    path("letters/<int:pk>/audience/", audience.letter_audience, name="letter_audience"),
    path("letters/<int:pk>/audience/<int:partner_pk>/", audience.letter_include, name="letter_include"),
    path("letters/<int:pk>/messages/", audience.letter_messages, name="letter_messages"),
    path("letters/<int:pk>/messages/<int:message_pk>/", audience.letter_message, name="letter_message"),
    path("partners/<int:pk>/consent/", consent.partner_consent, name="partner_consent"),
    path("units/<int:pk>/core-message/", core_messages.core_messages, name="core_messages"),
    path("units/<int:pk>/core-message/<int:version>/agree/", core_messages.agree, name="core_message_agree"),
    path("settings/letters/", consent.letter_settings, name="letter_settings"),
]
