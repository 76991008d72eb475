"""During a deploy, workers of the release before insert candidates without these columns."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0006_facets_repeats_conflicts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='candidate',
            name='conflicts',
            field=models.JSONField(db_default=[], default=list, help_text='Figures of the article that differ: both places and texts.'),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='facets',
            field=models.JSONField(db_default=[], default=list, help_text='All that the sentence is, beside its kind.'),
        ),
    ]
