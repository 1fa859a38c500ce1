"""What is told, for programs: to people (notices, tasks) and to other programs (webhooks)."""

from delivery.api import notices, webhooks

urlpatterns = [*notices.urlpatterns, *webhooks.urlpatterns]
