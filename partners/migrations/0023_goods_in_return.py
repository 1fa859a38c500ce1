from django.db import migrations, models

from agencies.protect import Protect

ONE_STATEMENT = models.Q(
    ("intangible", False), models.Q(("fair_market_value", None), ("in_return", "")), _connector="OR"
)


class Migration(migrations.Migration):
    """What a giver got in return has words of its own, and may be wholly intangible."""

    dependencies = [("partners", "0022_what_contacts_tell")]

    operations = [
        migrations.AddField(
            "gift",
            "in_return",
            models.CharField(blank=True, db_default="", help_text="what the giver got for it", max_length=250),
        ),
        migrations.AddField(
            "gift",
            "intangible",
            models.BooleanField(
                db_default=False, default=False, help_text="all that the giver got were intangible religious benefits"
            ),
        ),
        migrations.AddField(
            "batchrow",
            "in_return",
            models.CharField(blank=True, db_default="", help_text="what the giver got for it", max_length=250),
        ),
        migrations.AddField("batchrow", "intangible", models.BooleanField(db_default=False, default=False)),
        migrations.AddConstraint("gift", models.CheckConstraint(condition=ONE_STATEMENT, name="gift_one_statement")),
        migrations.AddConstraint(
            "batchrow", models.CheckConstraint(condition=ONE_STATEMENT, name="batch_row_one_statement")
        ),
        Protect(
            frozen={
                "batchrow": (
                    *("revision", "edited_by_id", "edited_at", "giving_unit_id", "amount", "kind", "method"),
                    *("reference", "date", "tendered_amount", "tendered_currency", "description"),
                    *("fair_market_value", "in_return", "intangible", "soft_partner_id", "soft_kind", "anonymous"),
                    *("removed_at", "gift_id"),
                ),
            },
            written_once={"batchrow": ("gift_id",)},
        ),
    ]
