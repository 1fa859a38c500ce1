"""`python -m config.healthcheck`: exit 0 when the web process beside it answers. For the container's HEALTHCHECK."""

import os
import urllib.request

ADDRESS = "http://127.0.0.1:8000/healthz"


def main() -> int:
    # Django refuses a host that is not among ALLOWED_HOSTS, so the question bears the first of them.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    request = urllib.request.Request(ADDRESS, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310  the address is the constant above
        return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    raise SystemExit(main())
