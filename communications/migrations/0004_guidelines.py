import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_brand_promise"),
        ("communications", "0003_keys"),
        ("ssu", "0003_person_lowering"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_on", models.DateField(help_text="the day on a copy signed on paper", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Guidelines",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0)),
                ("edited_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField()),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "return_reason",
                    models.TextField(blank=True, help_text="what to change before it is submitted again"),
                ),
                ("who_writes", models.TextField(blank=True, verbose_name="Who writes to partners")),
                ("tone", models.TextField(blank=True, verbose_name="Tone")),
                ("approvals", models.TextField(blank=True, verbose_name="Approvals")),
                ("security", models.TextField(blank=True, verbose_name="Security")),
                ("photos", models.TextField(blank=True, verbose_name="Photos and consent")),
                ("answering", models.TextField(blank=True, verbose_name="Answering times")),
                ("more", models.TextField(blank=True, verbose_name="Anything else")),
            ],
        ),
        migrations.CreateModel(
            name="SetMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("headline", models.CharField(max_length=160)),
                ("body", models.TextField(blank=True)),
                (
                    "answers",
                    models.CharField(blank=True, help_text="the question of partners that it answers", max_length=200),
                ),
            ],
            options={
                "ordering": ("place",),
            },
        ),
        migrations.AddField(
            model_name="coremessage",
            name="copied_from",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communications.coremessage",
            ),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="edited_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="edited_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="return_reason",
            field=models.TextField(blank=True, help_text="what to change before it is submitted again"),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="returned_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="submitted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="coremessage",
            name="superseded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="coremessage",
            name="text",
            field=models.TextField(blank=True, help_text="what every partner should hear, in a few sentences"),
        ),
        migrations.AddField(
            model_name="acknowledgement",
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
            model_name="acknowledgement",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="core_message",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="communications.coremessage",
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="worker",
            field=agencies.fields.OwnedKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="ssu.worker",
            ),
        ),
        migrations.AddField(
            model_name="guidelines",
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
            model_name="guidelines",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guidelines",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guidelines",
            name="copied_from",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communications.guidelines",
            ),
        ),
        migrations.AddField(
            model_name="guidelines",
            name="edited_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guidelines",
            name="returned_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guidelines",
            name="unit",
            field=agencies.fields.OwnedKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="guidelines", to="ssu.unit"
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="guidelines",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="communications.guidelines",
            ),
        ),
        migrations.AddField(
            model_name="setmessage",
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
            model_name="setmessage",
            name="core_message",
            field=agencies.fields.OwnedKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="communications.coremessage",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelines",
            constraint=models.UniqueConstraint(fields=("agency", "unit", "version"), name="guidelines_version"),
        ),
        migrations.AddConstraint(
            model_name="guidelines",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    ("author", None),
                    models.Q(("approved_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="guidelines_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelines",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_at", None), ("submitted_at__isnull", False), _connector="OR"),
                name="guidelines_approved_when_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelines",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submitted_at", None), ("superseded_at", None)),
                fields=("agency", "unit"),
                name="guidelines_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelines",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_at__isnull", False), ("superseded_at", None)),
                fields=("agency", "unit"),
                name="guidelines_one_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("guidelines", None), ("core_message", None), _connector="XOR"),
                name="acknowledges_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("guidelines__isnull", False)),
                fields=("agency", "guidelines", "worker"),
                name="guidelines_acknowledged_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("core_message__isnull", False)),
                fields=("agency", "core_message", "worker"),
                name="core_message_acknowledged_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="setmessage",
            constraint=models.UniqueConstraint(
                fields=("agency", "core_message", "place"), name="one_message_per_place"
            ),
        ),
        Protect(append_only=("acknowledgement",)),
    ]
