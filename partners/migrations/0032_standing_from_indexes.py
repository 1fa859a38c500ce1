"""The standing of commitments is told from indexes alone, and days of payments are counted without a subquery."""

from django.db import migrations, models

from partners.sql import PAYMENTS_DUE_AT_ONCE


class Migration(migrations.Migration):
    """Migration."""

    dependencies = [("partners", "0031_erasing_whole_words")]

    operations = [
        migrations.RunSQL(PAYMENTS_DUE_AT_ONCE, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="gift", name="gift_sums"),
        migrations.AddIndex(
            model_name="gift",
            index=models.Index(
                fields=["agency", "giving_unit", "currency", "-date"],
                include=["amount", "withdrawn_at", "id", "kind", "reverses", "tendered_currency"],
                name="gift_sums",
            ),
        ),
        migrations.RemoveIndex(model_name="giftline", name="line_by_gift"),
        migrations.AddIndex(
            model_name="giftline",
            index=models.Index(
                fields=["agency", "gift"], include=["designation", "amount", "withdrawn_at"], name="line_by_gift"
            ),
        ),
    ]
