"""Settings that hold everywhere. `dev`, `test` and `production` say only what differs."""

import os
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF

from core.roles import connection_options, database_url

django_stubs_ext.monkeypatch()  # lets classes such as ModelForm be written with their type, as mypy wants it

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = False
QUICK_MIGRATIONS = False  # `core.quick_migrations`: development and tests
DEMO_SIGN_INS = False  # demo accounts may skip the second factor; development only, held by a test
ALLOWED_HOSTS: list[str] = []
SITE_URL = env("SITE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "core",
    "accounts",
    "agencies",
    "jobs",
    "delivery",
    "imports",
    "ssu",
    "funds",
    "partners",
    "alliances",
    "budgets",
    "communications",
    "transition",
    "handover",
    "reports",
    "home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.PlainAddress",
    "core.middleware.UploadLimit",
    "jobs.middleware.WrittenFiles",
    "agencies.middleware.RequestUnit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.PlainForms",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.middleware.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agencies.context.shell",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]
FORM_RENDERER = "core.forms.Renderer"

DB_ROLE = os.environ.get("DB_ROLE", "web")
DATABASES = {"default": env.db_url_config(database_url(DB_ROLE))}
DATABASES["default"].update(
    CONN_MAX_AGE=None,
    CONN_HEALTH_CHECKS=True,
    OPTIONS=connection_options(DB_ROLE, DATABASES["default"].get("OPTIONS", {})),
)

REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = env("BROKER_URL", default=REDIS_URL.replace("unix://", "redis+socket://"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "accounts.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}}

# The database carries the work; a Celery message is only a nudge (trust rule T9), so it is sent with little patience.
# Jobs have a queue and workers of their own: a password reset does not wait behind a run of statements.
CELERY_TASK_DEFAULT_QUEUE = "short"
CELERY_TASK_ROUTES = {"jobs.tasks.run": {"queue": "long"}}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 1, "visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "jobs.tasks.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "tick": {"task": "jobs.tasks.tick", "schedule": 30.0, "options": {"expires": 30}},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "spaces"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}  # by name signs in who reads a spouse's mailbox (ADR 12)
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "reset_password": "accounts.forms.ResetForm"}
ACCOUNT_USER_DISPLAY = "accounts.queries.display_name"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "accounts.forms.PasskeyForm"}
MFA_TOTP_ISSUER = "Yokefellow"
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
# Long random texts, commas between: the first seals second factors, all open them. None: made from SECRET_KEY.
SECOND_FACTOR_KEYS = [key.strip() for key in env.list("SECOND_FACTOR_KEYS", default=[]) if key.strip()]

# Account mail goes through the outbox too: no call to a mail server inside a request.
EMAIL_BACKEND = "delivery.backend.OutboxBackend"
DELIVERY_BACKEND = env("DELIVERY_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
KEPT_MAIL: Path | None = None  # a folder for mails with links that sign their reader in: development alone has one
WEBHOOKS_REACH_OWN_NETWORK = False  # development and tests alone let them reach this machine
DELIVERY_PER_SECOND = env.int("DELIVERY_PER_SECOND", default=20)
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Yokefellow <no-reply@localhost>")

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_built"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORED_FILES = Path(env("STORED_FILES", default=str(BASE_DIR / "stored")))
STORAGES = {
    "default": {"BACKEND": "jobs.storage.StoredFiles", "OPTIONS": {"location": STORED_FILES}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

MAX_UPLOAD_BYTES = 100 * 1024 * 1024
MAX_FORM_BYTES = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_FORM_BYTES
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.plain_text.PlainJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "agencies.key_authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["agencies.api.MayUse"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "EXCEPTION_HANDLER": "core.api.refused",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Yokefellow",
    "DESCRIPTION": "The interface of one agency's workspace.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Fields of one name with different choices, and the names that these have in the schema.
    "ENUM_NAME_OVERRIDES": {
        "ShiftHowEnum": "transition.models.shift.ShiftAct.How",
        "DiscretionEnum": "ssu.models.discretion.Discretion",
        "LowerDiscretionEnum": "ssu.api.discretion.LOWER",
        "UnitKindEnum": "ssu.models.units.Unit.Kind",
        "EvidenceKindEnum": "ssu.models.rollout.Evidence.Kind",
        "SessionKindEnum": "ssu.models.coaching.CoachingSession.Kind",
        "ConfidenceEnum": "ssu.models.coaching.Confidence.Level",
        "BudgetLineKindEnum": "budgets.models.budget.Line.Kind",
        "BudgetStateEnum": "budgets.models.budget.Budget.State",
        "JobStateEnum": "jobs.models.Job.State",
        "LetterStateEnum": "communications.models.letter.Letter.State",
        "PartnerKindEnum": "partners.models.partner.Partner.Kind",
        "DesignationKindEnum": "funds.models.designation.Designation.Kind",
        "StageEnum": "partners.models.stage.Stage.Kind",
        "RelationEnum": "partners.models.relation.Relation.Kind",
        "UndertakingKindEnum": "partners.models.undertaking.Undertaking.Kind",
        "CommitmentEventEnum": "partners.models.commitment_event.CommitmentEvent.Kind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
