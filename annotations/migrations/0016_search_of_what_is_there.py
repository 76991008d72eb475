"""Make what the house already has findable."""

from django.db import migrations

FILL = """
INSERT INTO annotations_searchentry (desk_id, article_id, sentence_id, language, words)
SELECT a.desk_id, a.id, NULL, spoken, setweight(search_words(spoken, a.title), 'A')
FROM annotations_article a, search_language(a.language) l(spoken)
WHERE NOT EXISTS (SELECT 1 FROM annotations_searchentry e WHERE e.article_id = a.id AND e.sentence_id IS NULL);
INSERT INTO annotations_searchentry (desk_id, article_id, sentence_id, language, words)
SELECT a.desk_id, a.id, s.id, spoken, search_words(spoken, s.exact)
FROM annotations_sentence s JOIN annotations_article a ON a.current_revision_id = s.revision_id,
    search_language(a.language) l(spoken)
ON CONFLICT (sentence_id) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0015_search")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
