"""The signature, against the vector of the specification and a reading of it in other words."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.sealing import CannotOpen, seal, unseal
from agencies import scope
from delivery.models import Webhook, WebhookDelivery
from delivery.operations.events import announce
from delivery.operations.resealing import reseal_webhooks
from delivery.operations.webhooks import change_secret
from delivery.webhook_secrets import PURPOSE, headers, new_secret, secrets_of

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_vector_of_standard_webhooks():
    found = headers([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert found == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def is_from(secret: str, sent: dict[str, str], body: bytes) -> bool:
    """What a receiver does."""
    said = ".".join([sent["webhook-id"], sent["webhook-timestamp"], body.decode()]).encode()
    mine = hmac.digest(base64.b64decode(secret.partition("_")[2]), said, hashlib.sha256)
    return "v1," + base64.b64encode(mine).decode() in sent["webhook-signature"].split(" ")


def test_the_receiver_knows_that_it_came_from_here(live, hook, listener, tell):
    _made, secret = hook()
    announce(agency=live, kind="thing.happened", ids=[7])
    assert tell() == 1
    ((sent, body),) = listener.got
    assert is_from(secret, sent, body)
    assert not is_from(secret, sent, body + b" ")
    assert not is_from(new_secret(), sent, body)
    assert sent["content-type"] == "application/json"
    said = json.loads(body)
    assert (said["type"], said["data"]) == ("thing.happened", {"agency": "harbor", "ids": [7]})


def test_after_a_change_both_secrets_sign_for_a_day(live, hook, listener, tell):
    made, former = hook()
    _changed, secret = change_secret(agency=live, actor=None, webhook=made)
    announce(agency=live, kind="thing.happened", ids=[7])
    tell()
    ((sent, body),) = listener.got
    assert is_from(former, sent, body)
    assert is_from(secret, sent, body)
    made.refresh_from_db()
    assert secrets_of(made, timezone.now() + timedelta(hours=25)) == [secret]


def test_the_stored_secret_opens_for_nothing_else(hook):
    made, secret = hook()
    stored = Webhook.objects.get(pk=made.pk).secret
    assert secret not in stored
    assert unseal(stored, PURPOSE) == secret
    with pytest.raises(CannotOpen):
        unseal(stored)
    with pytest.raises(CannotOpen):
        unseal(seal(secret), PURPOSE)


def test_a_changed_key_of_the_house(live, hook, listener, tell, settings):
    made, secret = hook()
    change_secret(agency=live, actor=None, webhook=made)
    settings.SECOND_FACTOR_KEYS = ["new " * 9, settings.SECRET_KEY]
    with scope.within(scope.current()):
        assert reseal_webhooks() == 2
    settings.SECOND_FACTOR_KEYS = ["new " * 9]
    made.refresh_from_db()
    assert secrets_of(made, timezone.now())[1] == secret
    settings.SECOND_FACTOR_KEYS = ["lost " * 9]
    announce(agency=live, kind="thing.happened", ids=[7])
    assert tell() == 0
    assert "cannot be read here" in WebhookDelivery.objects.get().said
