"""The index of gifts by giver carries what reports sum."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Migration."""

    dependencies = [("partners", "0029_receipted_elsewhere")]

    operations = [
        migrations.AddIndex(
            model_name="gift",
            index=models.Index(
                fields=["agency", "giving_unit", "currency", "-date"],
                include=["amount", "withdrawn_at"],
                name="gift_sums",
            ),
        ),
        migrations.RemoveIndex(model_name="gift", name="gift_by_giver"),
    ]
