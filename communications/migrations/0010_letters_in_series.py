import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    """Letters of one series: nobody gets two of them."""

    dependencies = [
        ("agencies", "0012_statements_end"),
        ("communications", "0009_erasing_named_tables"),
        ("delivery", "0005_webhooks"),
        ("jobs", "0004_temporary_tables_last"),
        ("partners", "0034_temporary_tables_last"),
        ("ssu", "0013_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="core_message",
            field=agencies.fields.OwnedKey(
                db_index=False,
                help_text="whose words it says",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communications.coremessage",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="series",
            field=models.CharField(
                blank=True, help_text="the series that it is one of: nobody gets two letters of a series", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="lettermessage",
            name="series",
            field=models.CharField(blank=True, help_text="that of the letter", max_length=40),
        ),
        migrations.AlterField(
            model_name="lettermessage",
            name="excluded",
            field=models.CharField(
                blank=True,
                choices=[
                    ("deceased", "Has died"),
                    ("talk_first", "Somebody talks to them first"),
                    ("told", "Was told already, or has a letter about it"),
                    ("objected", "Objected or unsubscribed"),
                    ("no_email", "No e-mail address"),
                    ("not_valid", "The e-mail address does not work"),
                    ("suppressed", "The address is closed: unsubscribed, bounced or reported as spam"),
                    ("no_basis", "No consent on record"),
                    ("lapsed", "Last gift too long ago"),
                    ("sponsor", "Sponsor of donor-advised funds"),
                    ("language", "Reads another language"),
                    ("same_address", "Already in this letter under the same address"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("series", ""), _negated=True), fields=["agency", "series"], name="letter_by_series"
            ),
        ),
        migrations.AddConstraint(
            model_name="lettermessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("series", ""), _negated=True), ("excluded", "")),
                fields=("agency", "series", "partner"),
                name="one_letter_of_a_series",
            ),
        ),
        Protect(),
    ]
