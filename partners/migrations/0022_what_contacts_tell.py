import django.db.models.deletion
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_go_live"),
        ("imports", "0007_saved_mappings"),
        ("partners", "0021_refunds_of_anonymous_gifts"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="death_day_known",
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        migrations.AddField(
            model_name="tag",
            name="import_run",
            field=agencies.fields.OwnedKey(
                db_index=False,
                editable=False,
                help_text="the import that brought the word",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="imports.importrun",
            ),
        ),
        migrations.AlterField(
            model_name="importmatch",
            name="reason",
            field=models.CharField(
                choices=[
                    ("name_email", "same name and e-mail address"),
                    ("email", "same e-mail address, another name"),
                    ("name_phone", "same family name and phone"),
                    ("name_place", "same name and postal code"),
                    ("name", "same name"),
                    ("number", "known by number, reached otherwise now"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="partner",
            name="deceased_on",
            field=models.DateField(
                blank=True, help_text="where the day is unknown, the first on which we knew of it", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                condition=models.Q(("import_run__isnull", False)), fields=["agency", "import_run"], name="tag_by_import"
            ),
        ),
        Protect(),
    ]
