"""What can be found: titles and sentences of the newest texts, kept by the database itself.

Accents are folded before a word is brought to its stem, in the texts and in what is looked for.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

CONFIGURATIONS = {"french": "french_stem", "english": "english_stem", "simple": "simple"}
CREATE_CONFIGURATIONS = "".join(
    f"""
    CREATE TEXT SEARCH CONFIGURATION factcheck_{name} (COPY = pg_catalog.{name});
    ALTER TEXT SEARCH CONFIGURATION factcheck_{name}
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {stem};
    """
    for name, stem in CONFIGURATIONS.items()
)
DROP_CONFIGURATIONS = "".join(
    f"DROP TEXT SEARCH CONFIGURATION factcheck_{name};" for name in CONFIGURATIONS
)

# A sign before a number is no part of it: 2025 is found in 2024-2025, 3,5 in -3,5.
FUNCTIONS = """
CREATE FUNCTION search_language(code text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE split_part(code, '-', 1) WHEN 'fr' THEN 'fr' WHEN 'en' THEN 'en' ELSE '' END
$$;
CREATE FUNCTION search_words(language text, content text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT to_tsvector(
        CASE language WHEN 'fr' THEN 'factcheck_french'::regconfig
            WHEN 'en' THEN 'factcheck_english'::regconfig ELSE 'factcheck_simple'::regconfig END,
        regexp_replace(normalize(content, NFC), '[-+](?=[0-9])', ' ', 'g'))
$$;
CREATE FUNCTION search_title(article annotations_article) RETURNS void LANGUAGE sql AS $$
    INSERT INTO annotations_searchentry (desk_id, article_id, sentence_id, language, words)
    SELECT article.desk_id, article.id, NULL, spoken,
        setweight(search_words(spoken, article.title), 'A')
    FROM search_language(article.language) l(spoken)
$$;
CREATE FUNCTION search_title_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_title(NEW);
    RETURN NULL;
END $$;
CREATE FUNCTION search_article_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM annotations_searchentry WHERE article_id = NEW.id;
    PERFORM search_title(NEW);
    INSERT INTO annotations_searchentry (desk_id, article_id, sentence_id, language, words)
    SELECT NEW.desk_id, NEW.id, s.id, spoken, search_words(spoken, s.exact)
    FROM annotations_sentence s, search_language(NEW.language) l(spoken)
    WHERE s.revision_id = NEW.current_revision_id;
    RETURN NULL;
END $$;
CREATE FUNCTION search_sentences_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annotations_searchentry (desk_id, article_id, sentence_id, language, words)
    SELECT a.desk_id, a.id, s.id, spoken, search_words(spoken, s.exact)
    FROM fresh s JOIN annotations_article a ON a.current_revision_id = s.revision_id,
        search_language(a.language) l(spoken);
    RETURN NULL;
END $$;
CREATE FUNCTION search_sentence_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE annotations_searchentry SET words = search_words(language, NEW.exact)
    WHERE sentence_id = NEW.id;
    RETURN NULL;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION search_sentence_changed, search_sentences_added, search_article_changed,
    search_title_added, search_title, search_words, search_language;
"""

TRIGGERS = """
ALTER TABLE annotations_searchentry
    ADD CONSTRAINT searchentry_of_desk FOREIGN KEY (desk_id)
        REFERENCES annotations_desk ON DELETE CASCADE,
    ADD CONSTRAINT searchentry_of_article FOREIGN KEY (article_id)
        REFERENCES annotations_article ON DELETE CASCADE,
    ADD CONSTRAINT searchentry_of_sentence FOREIGN KEY (sentence_id)
        REFERENCES annotations_sentence ON DELETE CASCADE;
CREATE TRIGGER search_added AFTER INSERT ON annotations_article
    FOR EACH ROW EXECUTE FUNCTION search_title_added();
CREATE TRIGGER search_changed
    AFTER UPDATE OF title, language, desk_id, current_revision_id ON annotations_article
    FOR EACH ROW WHEN ((OLD.title, OLD.language, OLD.desk_id, OLD.current_revision_id)
        IS DISTINCT FROM (NEW.title, NEW.language, NEW.desk_id, NEW.current_revision_id))
    EXECUTE FUNCTION search_article_changed();
CREATE TRIGGER search_added AFTER INSERT ON annotations_sentence
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION search_sentences_added();
CREATE TRIGGER search_changed AFTER UPDATE OF exact ON annotations_sentence
    FOR EACH ROW WHEN (OLD.exact IS DISTINCT FROM NEW.exact)
    EXECUTE FUNCTION search_sentence_changed();
"""
DROP_TRIGGERS = """
DROP TRIGGER search_added ON annotations_article;
DROP TRIGGER search_changed ON annotations_article;
DROP TRIGGER search_added ON annotations_sentence;
DROP TRIGGER search_changed ON annotations_sentence;
ALTER TABLE annotations_searchentry DROP CONSTRAINT searchentry_of_desk,
    DROP CONSTRAINT searchentry_of_article, DROP CONSTRAINT searchentry_of_sentence;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0014_errors_in_each_language")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(CREATE_CONFIGURATIONS, DROP_CONFIGURATIONS),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(blank=True, max_length=2)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("desk", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="annotations.desk")),
                ("article", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="search_entries", to="annotations.article")),
                ("sentence", models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="search_entry", to="annotations.sentence")),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex("words", name="search_by_words"),
                    models.Index("article", name="search_of_article"),
                    models.Index("desk", "article", name="search_of_desk"),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, DROP_TRIGGERS),
        migrations.RemoveIndex(model_name="article", name="article_title_words"),
        migrations.AddIndex(
            model_name="candidate",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("claimant_name"), name="gin_trgm_ops"
                ),
                condition=~models.Q(claimant_name=""),
                name="candidate_claimant_words",
            ),
        ),
    ]
