import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("partners", "0009_relationships"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                (
                    "norm",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower("name"),
                        output_field=models.CharField(max_length=60),
                    ),
                ),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taggings",
                        to="partners.partner",
                    ),
                ),
                (
                    "tag",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taggings",
                        to="partners.tag",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spouse", "spouse"),
                            ("household", "lives in the household"),
                            ("member", "member of the church"),
                            ("contact", "contact person of"),
                            ("employee", "works for"),
                            ("fund", "gives through a fund of"),
                            ("introduced", "introduced by"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.CharField(blank=True, help_text="of a contact person: pastor, treasurer", max_length=80),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "partner",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["agency", "partner"], name="relation_by_partner"
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["agency", "other"], name="relation_by_other"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("partner", models.F("other")), _negated=True), name="relation_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "spouse"), _negated=True),
                            ("partner__lt", models.F("other")),
                            _connector="OR",
                        ),
                        name="spouses_stand_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("agency", "partner", "other", "kind"),
                        name="relation_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("agency", "norm"), name="tag_once"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="tag_has_a_name"),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["agency", "partner"], name="tagging_by_partner"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("agency", "tag", "partner"), name="tagged_once"),
        ),
        Protect(
            frozen={"relation": ("ended_at", "ended_by_id")}, written_once={"relation": ("ended_at", "ended_by_id")}
        ),
    ]
