"""Hand-overs for programs: every noun has its module; here they are mounted."""

from handover.api import cases, passings, risk

urlpatterns = [*cases.urlpatterns, *passings.urlpatterns, *risk.urlpatterns]
