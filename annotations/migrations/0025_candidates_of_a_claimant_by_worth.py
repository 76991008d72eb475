"""Have the index of claimants give the order of the list, on one desk and on several."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0024_publications_as_asked_for")]

    operations = [
        AddIndexConcurrently(
            model_name="candidate",
            index=models.Index(
                models.F("claimant_name"),
                models.F("is_candidate"),
                models.OrderBy(models.F("check_worthiness"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                models.F("desk"),
                condition=models.Q(("claimant_name", ""), _negated=True),
                name="candidate_named",
            ),
        ),
        RemoveIndexConcurrently(model_name="candidate", name="candidate_of_claimant"),
    ]
