"""Where this installation is served, for links in mails, files and on the terminal."""

from django.conf import settings


def site() -> str:
    """The address without its last slash, such as https://yokefellow.example."""
    return str(settings.SITE_URL).rstrip("/")
