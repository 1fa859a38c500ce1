import django.db.models.deletion
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect

KINDS = [
    ("errors", "Errors"),
    ("conflicts", "Conflicts"),
    ("review", "To review"),
    ("warnings", "Warnings"),
    ("duplicates", "There already"),
]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_protect"), ("imports", "0003_keys")]

    operations = [
        migrations.CreateModel(
            name="ImportFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("position", models.PositiveIntegerField(help_text="from 1 in each list")),
                ("row", models.PositiveIntegerField(help_text="data records from 1; 0 is the file")),
                ("line", models.PositiveIntegerField(help_text="line of the file")),
                ("column", models.TextField(blank=True, help_text="as the file names it")),
                ("reason", models.CharField(max_length=40)),
                ("message", models.TextField()),
                ("key", models.TextField(blank=True, help_text="of the gift or the donor")),
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
                    "import_run",
                    agencies.fields.OwnedKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="imports.importrun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "import_run", "kind", "position"), name="finding_in_its_place"
                    )
                ],
            },
        ),
        Protect(),
    ]
