"""Answer from the index alone which sentences of a desk wait in a state."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0029_texts_by_their_hash")]

    operations = [
        AddIndexConcurrently(
            model_name="verdict",
            index=models.Index(
                models.F("desk"),
                models.F("state"),
                models.OrderBy(models.F("id"), descending=True),
                include=("sentence",),
                name="verdict_in_state",
            ),
        ),
        RemoveIndexConcurrently(model_name="verdict", name="verdict_by_state"),
    ]
