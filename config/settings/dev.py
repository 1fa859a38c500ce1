"""On a developer's machine and in the demo: real services, local addresses, demo sign-ins."""

from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import env

SECRET_KEY = "for development only; production refuses to start without its own"  # noqa: S105
DEBUG = env.bool("DEBUG", default=False)
DEMO_SIGN_INS = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
DELIVERY_BACKEND = env("DELIVERY_BACKEND", default="delivery.backend.KeptBackend")
KEPT_MAIL = Path(folder) if (folder := env.str("KEPT_MAIL", default="")) else None  # `delivery.kept_mail`
WEBHOOKS_REACH_OWN_NETWORK = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
QUICK_MIGRATIONS = env.bool("QUICK_MIGRATIONS", default=True)
