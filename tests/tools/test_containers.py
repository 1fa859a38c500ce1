"""The files for containers, which no engine runs here: who gets which secret, and what tells its health."""

from pathlib import Path

import pytest
import yaml

from core.roles import role_url
from tools import workers
from tools.envfile import main, variables

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DATABASE_VARIABLES = {"DATABASE_URL", "WEB_DATABASE_URL", "WORKER_DATABASE_URL", "POSTGRES_PASSWORD"}


@pytest.mark.parametrize(
    ("service", "addresses"),
    [
        ("migrate", {"DATABASE_URL"}),
        ("web", {"WEB_DATABASE_URL"}),
        ("worker", {"WORKER_DATABASE_URL"}),
        ("mailer", {"WORKER_DATABASE_URL"}),
        ("beat", {"WORKER_DATABASE_URL"}),
        ("postgres", {"POSTGRES_PASSWORD"}),
        ("redis", set()),
        ("mailpit", set()),
    ],
)
def test_each_service_gets_only_the_address_of_its_role(service, addresses):
    assert set(SERVICES[service].get("environment", {})) & DATABASE_VARIABLES == addresses


def test_every_service_that_stays_tells_its_health():
    assert [name for name, service in SERVICES.items() if not has_health(service)] == ["migrate", "backup"]


def has_health(service: dict) -> bool:
    """The Dockerfile's own check holds for the web service, which is what the image runs by default."""
    check = service.get(
        "healthcheck", {"test": "of the image"} if "build" in service and "command" not in service else {}
    )
    return "test" in check


@pytest.mark.parametrize(("service", "options"), [("worker", workers.LONG), ("mailer", workers.SHORT)])
def test_workers_take_the_queues_as_dev_run_does(service, options):
    assert SERVICES[service]["command"] == ["celery", "-A", "config", "worker", "--loglevel", "warning", *options]
    name = options[options.index("--hostname") + 1].partition("@")[0]
    assert f"--destination {name}@$$HOSTNAME" in SERVICES[service]["healthcheck"]["test"][1]


def test_every_queue_has_one_worker(settings):
    queues = [options[options.index("--queues") + 1] for options in (workers.LONG, workers.SHORT)]
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert sorted(queues) == sorted({settings.CELERY_TASK_DEFAULT_QUEUE, *routed})


def test_nothing_is_published_beyond_this_host():
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert [port for port in published if not port.startswith("127.0.0.1:")] == []


def test_the_env_file_holds_every_required_variable():
    text = (ROOT / "docker-compose.yml").read_text()
    required = {part.partition(":?")[0] for part in text.split("${")[1:] if ":?" in part.partition("}")[0]}
    assert set(variables("yokefellow.example")) == required


def test_the_derived_addresses_are_those_that_provisioning_makes():
    made = variables("yokefellow.example")
    provisioning = f"postgres://postgres:{made['POSTGRES_PASSWORD']}@postgres:5432/yokefellow"
    assert made["WEB_DATABASE_URL"] == role_url(provisioning, "web")
    assert made["WORKER_DATABASE_URL"] == role_url(provisioning, "worker")


def test_two_installations_share_no_secret():
    first, second = variables("a.example"), variables("a.example")
    assert [name for name in first if first[name] == second[name]] == ["ALLOWED_HOSTS", "DEFAULT_FROM_EMAIL"]


def test_the_env_file_needs_a_host(capsys):
    assert main([]) == 2
    assert capsys.readouterr().out == ""
