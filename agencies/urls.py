"""Addresses below `/a/<agency>/`."""

from django.urls import path

from agencies.views import activity, api_keys, held, invitations, look, people, saved_views, search, settings

urlpatterns = [
    path("search/", search.search, name="search"),
    path("settings/", settings.settings, name="settings"),
    path("settings/look/", look.look, name="look"),
    path("settings/look/logo/", look.look_logo_add, name="look_logo_add"),
    path("settings/look/logo/remove/", look.look_logo_remove, name="look_logo_remove"),
    path("settings/look/<int:pk>/undo/", look.look_undo, name="look_undo"),
    path("look/<int:pk>/logo/", look.look_logo, name="look_logo"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/invite/", invitations.invite_person, name="invite"),
    path("settings/people/<int:pk>/", people.person, name="person"),
    path("settings/people/<int:pk>/roles/", people.role_give, name="role_give"),
    path("settings/people/<int:pk>/roles/<slug:role>/end/", people.role_end, name="role_end"),
    path("settings/people/<int:pk>/roles/<slug:role>/restore/", people.role_restore, name="role_restore"),
    path("settings/people/<int:pk>/end/", people.person_end, name="person_end"),
    path("settings/invitations/held/", held.invitations_held, name="invitations_held"),
    path("settings/invitations/held/send/", held.invitations_send, name="invitations_send"),
    path("settings/invitations/<int:pk>/", held.invitation_preview, name="invitation_preview"),
    path("settings/invitations/<int:pk>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("settings/invitations/<int:pk>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("views/<slug:listing>/add/", saved_views.saved_view_add, name="saved_view_add"),
    path("views/<int:pk>/", saved_views.saved_view_edit, name="saved_view_edit"),
    path("views/<int:pk>/remove/", saved_views.saved_view_remove, name="saved_view_remove"),
    path("views/<int:pk>/restore/", saved_views.saved_view_restore, name="saved_view_restore"),
    path("settings/activity/", activity.activity, name="activity"),
    path("settings/programs/", api_keys.keys, name="api_keys"),
    path("settings/programs/<int:pk>/end/", api_keys.key_end, name="api_key_end"),
]
