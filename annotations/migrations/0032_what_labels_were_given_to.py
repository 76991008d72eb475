"""Fill in what labels were given to: what the sentence said before the first change that came after."""

from django.db import migrations

FILL = """
UPDATE annotations_annotation said
SET words = COALESCE(
    (
        SELECT event.before ->> 'exact' FROM annotations_auditevent event
        WHERE event.sentence_id = said.sentence_id
            AND event.action = 'sentence.changed' AND event.at >= said.updated_at
        ORDER BY event.id LIMIT 1
    ),
    sentence.exact
)
FROM annotations_sentence sentence
WHERE sentence.id = said.sentence_id AND said.label <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0031_labels_and_their_words")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
