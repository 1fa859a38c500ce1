"""A real installation. Everything secret comes from the environment; `check --deploy` is clean under these."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import SECOND_FACTOR_KEYS, STORED_FILES, env

SECRET_KEY = env("SECRET_KEY")
if not SECOND_FACTOR_KEYS:  # else they would be sealed under SECRET_KEY, and unreadable once a key of their own is set
    raise ImproperlyConfigured("Set the SECOND_FACTOR_KEYS environment variable")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[f"https://{host}" for host in ALLOWED_HOSTS])
SITE_URL = env("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# How many proxies stand before the web process. Each must set X-Forwarded-Proto and append to X-Forwarded-For; without
# one (0) both headers are ignored, since anybody could send them. Rate limits go by the address that is left.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Browsers remember this for two years: lower HSTS_SECONDS for a trial. Subdomains and preload bind other hosts too.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=63072000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

STORAGES = {
    "default": {"BACKEND": "jobs.storage.StoredFiles", "OPTIONS": {"location": STORED_FILES}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
