import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    """Letters tell givers: an act names the message, and what goes by post has rows of its own."""

    dependencies = [
        ("agencies", "0012_statements_end"),
        ("communications", "0010_letters_in_series"),
        ("partners", "0034_temporary_tables_last"),
        ("transition", "0003_erasing_named_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PostedNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("printed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("posted_on", models.DateField(help_text="the day on which it was posted", null=True)),
            ],
        ),
        migrations.AddField(
            model_name="shiftact",
            name="letter",
            field=agencies.fields.OwnedKey(
                db_index=False,
                help_text="the message of a letter that told it, once a mail server had taken it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communications.lettermessage",
            ),
        ),
        migrations.AddIndex(
            model_name="shiftact",
            index=models.Index(
                condition=models.Q(("letter__isnull", False)), fields=["agency", "letter"], name="act_by_letter"
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("letter__isnull", False)),
                fields=("agency", "shift", "letter"),
                name="told_once_by_a_letter",
            ),
        ),
        migrations.AddField(
            model_name="postednotice",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="postednotice",
            name="letter",
            field=agencies.fields.OwnedKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communications.letter",
            ),
        ),
        migrations.AddField(
            model_name="postednotice",
            name="partner",
            field=agencies.fields.OwnedKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
            ),
        ),
        migrations.AddField(
            model_name="postednotice",
            name="posted_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="postednotice",
            name="printed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="postednotice",
            index=models.Index(fields=["agency", "partner"], name="posted_to_partner"),
        ),
        migrations.AddConstraint(
            model_name="postednotice",
            constraint=models.UniqueConstraint(fields=("agency", "letter", "partner"), name="one_posted_notice"),
        ),
        Protect(
            frozen={"postednotice": ("posted_on", "posted_by_id")},
            written_once={"postednotice": ("posted_on", "posted_by_id")},
        ),
    ]
