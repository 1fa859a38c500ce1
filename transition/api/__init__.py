"""The transition for programs: every noun has its module; here they are mounted."""

from transition.api import acts, balances, notices, plans, replies, reports, shifts, talks, waves

urlpatterns = [
    *acts.urlpatterns,
    *balances.urlpatterns,
    *notices.urlpatterns,
    *plans.urlpatterns,
    *replies.urlpatterns,
    *reports.urlpatterns,
    *shifts.urlpatterns,
    *talks.urlpatterns,
    *waves.urlpatterns,
]
