"""Find the corrections and retractions of a desk, however few they are."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0025_candidates_of_a_claimant_by_worth")]

    operations = [
        AddIndexConcurrently(
            model_name="publication",
            index=models.Index(
                models.F("desk"),
                models.F("sequence"),
                condition=models.Q(("kind", "original"), _negated=True),
                name="publication_that_changed",
            ),
        )
    ]
