"""`python3 -m tools.envfile HOST > .env`: the secrets of an installation under docker compose. It needs Python alone.

The web and worker containers get addresses of their own roles, derived here as `config.provision` derives them.
"""

import secrets
import sys

from core.roles import role_url


def variables(host: str) -> dict[str, str]:
    """Fresh secrets for the installation that answers as `host`."""
    password = secrets.token_urlsafe(32)
    provisioning = f"postgres://postgres:{password}@postgres:5432/yokefellow"
    return {
        "ALLOWED_HOSTS": host,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SECOND_FACTOR_KEYS": secrets.token_urlsafe(48),
        "POSTGRES_PASSWORD": password,
        "WEB_DATABASE_URL": role_url(provisioning, "web"),
        "WORKER_DATABASE_URL": role_url(provisioning, "worker"),
        "BACKUP_DATABASE_URL": role_url(provisioning, "backup"),
        "DEFAULT_FROM_EMAIL": f"no-reply@{host}",
    }


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Usage: python3 -m tools.envfile HOST > .env", file=sys.stderr)
        return 2
    print("\n".join(f"{name}={value}" for name, value in variables(arguments[0]).items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
