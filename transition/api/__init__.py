"""The transition for programs: every noun has its module; here they are mounted."""

from transition.api import acts, notices, plans, replies, shifts, talks, waves

urlpatterns = [
    *acts.urlpatterns,
    *notices.urlpatterns,
    *plans.urlpatterns,
    *replies.urlpatterns,
    *shifts.urlpatterns,
    *talks.urlpatterns,
    *waves.urlpatterns,
]
