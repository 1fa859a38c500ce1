from django.db import migrations, models


class Migration(migrations.Migration):
    """Journals know their layout, and postings in them their batch; those from before stay as they were taken."""

    dependencies = [("funds", "0007_temporary_tables_last")]

    operations = [
        migrations.AddField(
            "journalexport",
            "layout",
            models.PositiveSmallIntegerField(
                choices=[
                    (1, "a line per entry"),
                    (2, "a line per entry, with its batch"),
                    (3, "a set of lines per batch"),
                ],
                default=1,
            ),
        ),
        migrations.AddField(
            "exportedposting",
            "batch",
            models.PositiveIntegerField(help_text="the number of its batch", null=True),
        ),
        migrations.AddField(
            "exportedposting",
            "kind",
            models.CharField(
                blank=True, db_default="", default="", help_text="refund, chargeback; else empty", max_length=12
            ),
        ),
    ]
