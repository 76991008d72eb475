"""Find the sentences of a claimant, proposed or not; their names are searched in the table of claimants.

Made while people go on working: outside a transaction, and without a lock.
"""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0022_claimants_that_are_named")]

    operations = [
        AddIndexConcurrently(
            model_name="candidate",
            index=models.Index(
                models.F("desk"),
                models.F("claimant_name"),
                models.F("is_candidate"),
                models.OrderBy(models.F("check_worthiness"), descending=True),
                condition=models.Q(("claimant_name", ""), _negated=True),
                name="candidate_of_claimant",
            ),
        ),
        RemoveIndexConcurrently(model_name="candidate", name="candidate_by_claimant"),
        RemoveIndexConcurrently(model_name="candidate", name="candidate_claimant_words"),
    ]
