"""Production's middleware and templates on a developer's machine, with a clock around the templates."""

from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE as SERVED

SECRET_KEY = "for measuring only"
ALLOWED_HOSTS = ["testserver"]
MIDDLEWARE = ["benchmarks.pages.RenderClock", *SERVED]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "jobs.storage.StoredFiles", "OPTIONS": {"location": STORED_FILES}},  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
