"""Thanks are an outcome of a contact. Only the words to choose from change: no column does."""

from django.db import migrations, models

OUTCOMES = [
    ("talked", "talked"),
    ("thanked", "said thanks"),
    ("no_answer", "not reached"),
    ("left_word", "left a message"),
    ("appointment", "agreed to meet"),
    ("considers", "thinks about it"),
    ("promised", "promised to give"),
    ("prays", "promised to pray"),
    ("declined", "said no"),
    ("stop", "asked us to stop"),
]


class Migration(migrations.Migration):
    dependencies = [("partners", "0012_commitment_events")]
    operations = [
        migrations.AlterField("contact", "outcome", models.CharField(choices=OUTCOMES, max_length=12)),
    ]
