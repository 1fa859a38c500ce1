"""What PostgreSQL holds itself: nobody but an erasure overwrites, and nothing comes back."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from communications.models import ConsentEntry
from partners.models import Contact, GiftLine, Partner, Phone

pytestmark = pytest.mark.django_db


def refused(statement: str, values: list[Any]) -> bool:
    """Whether PostgreSQL refuses this of the web role."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError:
        return True
    return False


def test_without_an_erasure_the_functions_overwrite_nothing(token: SimpleNamespace) -> None:
    ids, today = [token.partner.pk], token.act["agency"].today()
    assert refused("SELECT erase_partners(%s::bigint[], '{}', %s)", [ids, today])
    assert refused("SELECT erase_consent(%s::bigint[])", [ids])
    assert GiftLine.objects.exclude(intent="").exists()
    assert ConsentEntry.objects.exclude(wording="").exists()


def test_the_setting_alone_opens_nothing(token: SimpleNamespace) -> None:
    """The web role may set the word that the owner's functions set; it is not the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.erasing', 'on', true)")
    assert refused("UPDATE communications_consententry SET wording = ''", [])
    assert refused("UPDATE agencies_auditentry SET reason = ''", [])
    assert refused("UPDATE partners_giftline SET intent = ''", [])
    assert refused("UPDATE partners_contact SET note = ''", [])


def test_nothing_comes_back(erased: SimpleNamespace) -> None:
    agency, pk = erased.act["agency"].pk, erased.partner.pk
    assert refused("UPDATE partners_partner SET last_name = 'Moab' WHERE id = %s", [pk])
    assert refused("UPDATE partners_partner SET name = 'Ruth Moab' WHERE id = %s", [pk])
    phone = "INSERT INTO partners_phone (agency_id, partner_id, whose, number) VALUES (%s, %s, 'partner', '1')"
    assert refused(phone, [agency, pk])
    other = Partner.objects.filter(kind="church").get()
    assert not refused(phone, [agency, other.pk])  # the control: the same of somebody who stands
    assert Phone.objects.get().partner == other
    assert set(Contact.objects.filter(partner=pk).values_list("note", flat=True)) == {""}
