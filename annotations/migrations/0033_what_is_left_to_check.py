"""Count what is left to check anew: what was returned is, what was decided on is not."""

from django.db import migrations

RECOUNT = """
UPDATE annotations_article AS article SET open_candidates = counted.number
FROM (
    SELECT sentence.revision_id, count(*) FILTER (
        WHERE verdict.id IS NULL OR NOT (
            verdict.annotators >= desk.annotators_needed AND verdict.state <> 'returned'
            OR verdict.state IN ('approved', 'published', 'retracted')
        )
    ) AS number
    FROM annotations_sentence AS sentence
    JOIN annotations_candidate AS candidate
        ON candidate.sentence_id = sentence.id AND candidate.is_candidate
    JOIN annotations_desk AS desk ON desk.id = candidate.desk_id
    LEFT JOIN annotations_verdict AS verdict ON verdict.sentence_id = sentence.id
    WHERE sentence.article_id IN (
        SELECT touched.article_id FROM annotations_verdict AS touched
        JOIN annotations_desk AS its ON its.id = touched.desk_id
        WHERE touched.state = 'returned' OR touched.annotators < its.annotators_needed
    )
    GROUP BY sentence.revision_id
) AS counted
WHERE article.current_revision_id = counted.revision_id
    AND article.open_candidates <> counted.number;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0032_what_labels_were_given_to")]

    operations = [migrations.RunSQL(RECOUNT, migrations.RunSQL.noop)]
