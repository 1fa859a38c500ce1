"""The Celery application. Tasks are three lines and carry (scope, id); what is due is in the database (trust rule
T9).
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
os.environ.setdefault("DB_ROLE", "worker")

app = Celery("yokefellow")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
