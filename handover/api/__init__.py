"""Hand-overs for programs: every noun has its module; here they are mounted."""

from handover.api import cases, letters, passings, risk

urlpatterns = [*cases.urlpatterns, *letters.urlpatterns, *passings.urlpatterns, *risk.urlpatterns]
