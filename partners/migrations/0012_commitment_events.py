import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from partners.sql import PAYMENT_DAYS


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_go_live"),
        ("funds", "0004_movements"),
        ("imports", "0006_corrected_rows"),
        ("partners", "0011_merges"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitmentEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "started"),
                            ("stopped", "stopped"),
                            ("resumed", "resumed"),
                            ("smaller", "smaller gift"),
                            ("larger", "larger gift"),
                            ("extra", "extra gift"),
                            ("long_due", "payment of a long interval due"),
                            ("late", "late"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                (
                    "days_late",
                    models.PositiveSmallIntegerField(help_text="31 or 61: the late bucket that was entered", null=True),
                ),
                ("happened_on", models.DateField()),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="EventAudience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "started"),
                            ("stopped", "stopped"),
                            ("resumed", "resumed"),
                            ("smaller", "smaller gift"),
                            ("larger", "larger gift"),
                            ("extra", "extra gift"),
                            ("long_due", "payment of a long interval due"),
                            ("late", "late"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("holder", "who holds the relationship"),
                            ("leader", "who leads the unit"),
                            ("care", "the office (partner care)"),
                            ("finance", "finance"),
                        ],
                        max_length=7,
                    ),
                ),
                ("is_told", models.BooleanField()),
            ],
        ),
        migrations.AddField(
            model_name="commitment",
            name="follows",
            field=agencies.fields.OwnedKey(
                db_index=False,
                editable=False,
                help_text="the promise that this one changes or takes up again",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="partners.commitment",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="resumes",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="the one before had ended, and was taken up again",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("follows__isnull", False)), fields=("agency", "follows"), name="one_promise_follows"
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
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
            model_name="commitmentevent",
            name="commitment",
            field=agencies.fields.OwnedKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="partners.commitment",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="gift",
            field=agencies.fields.OwnedKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.gift",
            ),
        ),
        migrations.AddField(
            model_name="eventaudience",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddIndex(
            model_name="commitmentevent",
            index=models.Index(fields=["agency", "-happened_on", "-id"], name="commitment_event_newest"),
        ),
        migrations.AddIndex(
            model_name="commitmentevent",
            index=models.Index(
                condition=models.Q(("gift__isnull", False)), fields=["agency", "gift"], name="commitment_event_gift"
            ),
        ),
        migrations.AddConstraint(
            model_name="commitmentevent",
            constraint=models.UniqueConstraint(fields=("agency", "commitment", "key"), name="commitment_event_once"),
        ),
        migrations.AddConstraint(
            model_name="eventaudience",
            constraint=models.UniqueConstraint(fields=("agency", "kind", "group"), name="one_answer_per_audience"),
        ),
        migrations.RunSQL(PAYMENT_DAYS, migrations.RunSQL.noop),
        Protect(append_only=("commitmentevent",)),
    ]
