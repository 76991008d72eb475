-- A newsroom of any size in a minute: articles of %(per_article)s sentences on desks of very different size.
-- Row n of one table belongs to row n of the other, so that ids need no look-up.

CREATE FUNCTION pg_temp.chance(n bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
    RETURN (hashint8extended(n, salt) & 1048575) / 1048576.0;
CREATE FUNCTION pg_temp.article_at(n bigint) RETURNS timestamptz LANGUAGE sql STABLE
    RETURN date_trunc('minute', now()) - (%(articles)s - n) * interval '7 minutes';

INSERT INTO annotations_source (id, desk_id, name)
SELECT n, 1 + mod(n, %(desks)s), 'Source ' || n FROM generate_series(1, %(desks)s * 12) n;

-- The first desk has a third of all articles; the last one forty at most, all of them old.
INSERT INTO annotations_article (id, desk_id, source_id, title, language, byline, source_url, published_at,
    text_sha256, current_revision_id, current_run_id, open_candidates, version, created_at, created_by_id)
SELECT n, desk, 1 + mod(n, %(desks)s * 12), 'Article ' || n, CASE WHEN pg_temp.chance(n, 2) < 0.62 THEN 'fr'
    WHEN pg_temp.chance(n, 2) < 0.97 THEN 'en' ELSE 'de' END, 'A. Reporter', 'https://journal.example/' || n,
    pg_temp.article_at(n) - interval '1 hour', encode(sha256(n::text::bytea), 'hex'), n, n, 0, 1,
    pg_temp.article_at(n), 1 + mod(n, %(users)s)
FROM generate_series(1, %(articles)s) n, LATERAL (SELECT CASE WHEN n <= least(40, %(articles)s / 20) AND %(desks)s > 1 THEN %(desks)s
    ELSE 1 + floor((%(desks)s - 1) * pg_temp.chance(n, 1) ^ 3)::int END) d(desk);

INSERT INTO annotations_extractionrun (id, revision_id, queue, state, engine, sentences_done, sentences_total,
    workers_lost, token, queued_at, dispatched_at, started_at, heartbeat_at, finished_at, error)
SELECT n, n, 'interactive', state, 'bench-1', %(per_article)s, %(per_article)s, 0, gen_random_uuid(), at, at, at,
    at, at, CASE state WHEN 'failed' THEN 'The worker died 3 times on this article.' ELSE '' END
FROM generate_series(1, %(articles)s) n, LATERAL (SELECT pg_temp.article_at(n), CASE
    WHEN %(fresh)s THEN 'succeeded' WHEN n > %(articles)s - 5 THEN 'running' WHEN n > %(articles)s - 40
    THEN 'queued' WHEN pg_temp.chance(n, 3) < 0.001 THEN 'failed' ELSE 'succeeded' END) r(at, state);

INSERT INTO annotations_sentence (id, article_id, revision_id, index, start, "end", exact, role)
SELECT (n - 1) * %(per_article)s + i + 1, n, n, i, upto - length(exact), upto, exact, 'body'
FROM (SELECT n, i, exact, sum(length(exact) + 1) OVER (PARTITION BY n ORDER BY i) - 1 AS upto
    FROM generate_series(1, %(articles)s) n CROSS JOIN generate_series(0, %(per_article)s - 1) i
    JOIN phrases p ON p.is_french = (pg_temp.chance(n, 2) < 0.62) AND p.number = mod(n * 7 + i * 13, %(phrases)s)
    CROSS JOIN LATERAL (SELECT replace(p.words, '#', (n * 31 + i)::text)) s(exact)) cut;

INSERT INTO annotations_revision (id, article_id, number, text, sha256, raw, raw_type, created_at, created_by_id)
SELECT article_id, article_id, 1, string_agg(exact, ' ' ORDER BY index), encode(sha256(article_id::text::bytea),
    'hex'), '', 'text/plain', pg_temp.article_at(article_id), 1 FROM annotations_sentence GROUP BY article_id;

INSERT INTO annotations_candidate (id, desk_id, sentence_id, is_candidate, check_worthiness, kind, claimant,
    claimant_name, quotes, quantities, dates, signals, facets, conflicts, engine)
SELECT s.id, a.desk_id, s.id, worth > 1 - %(candidates)s, least(1, worth), kinds[1 + mod(s.id, 7)], NULL,
    CASE WHEN pg_temp.chance(s.id, 5) < 0.4 THEN 'Person ' || floor(4000 * pg_temp.chance(s.id, 6) ^ 3) ELSE '' END,
    '[]', '[{"text": "3 millions", "start": 4, "end": 14, "value": 3000000, "unit": "", "modifier": ""}]', '[]',
    '[{"id": "figure", "text": "3 millions", "start": 4, "end": 14}]', '["numeric"]', '[]', 'bench-1'
FROM annotations_sentence s JOIN annotations_article a ON a.id = s.article_id,
    LATERAL (SELECT round(pg_temp.chance(s.id, 4)::numeric, 4)::float8 + 0.0001,
        ARRAY['numeric', 'quotation', 'attribution', 'event', 'state', 'prediction', 'other']) c(worth, kinds);

-- What was worked on: most of the old articles, few of the newest tenth.
CREATE TEMP TABLE work AS
SELECT c.sentence_id AS id, c.desk_id, s.article_id, pg_temp.article_at(s.article_id) + interval '2 hours' AS at,
    label, CASE WHEN label = 'dismissed' THEN 'proposed' WHEN state < 1 - old THEN 'proposed'
        WHEN state < 1 - old * 0.97 THEN 'contested' WHEN state < 1 - old * 0.95 THEN 'returned'
        WHEN state < 1 - old * 0.92 THEN 'approved' WHEN state < 1 - old * 0.90 THEN 'retracted'
        ELSE 'published' END AS state, 1 + mod(s.id, %(users)s) AS author_id
FROM annotations_candidate c JOIN annotations_sentence s ON s.id = c.sentence_id, LATERAL (SELECT
    CASE WHEN pg_temp.chance(s.id, 7) < 0.35 THEN 'verified' WHEN pg_temp.chance(s.id, 7) < 0.55 THEN 'unverified'
        WHEN pg_temp.chance(s.id, 7) < 0.8 OR %(all_published)s THEN 'disputed' ELSE 'dismissed' END,
    CASE WHEN %(all_published)s THEN 1.2 WHEN s.article_id < %(articles)s * 0.9 THEN 0.94 ELSE 0.3 END,
    CASE WHEN %(all_published)s THEN 1 ELSE pg_temp.chance(s.id, 8) END) w(label, old, state)
WHERE c.is_candidate AND pg_temp.chance(s.article_id, 9) < %(worked)s
    * CASE WHEN s.article_id < %(articles)s * 0.9 OR %(all_published)s THEN 1 ELSE 0.3 END;

INSERT INTO annotations_annotation (sentence_id, author_id, label, words, rationale, version, created_at, updated_at)
SELECT s.id, said.author_id, said.label, s.exact, said.rationale, 1, at, at FROM (
    SELECT id, author_id, label, 'Compared with the published table.' AS rationale, at FROM work
    UNION ALL
    SELECT id, 1 + mod(author_id, %(users)s), 'unverified', 'The table says nothing of it.', at FROM work
    WHERE state = 'contested') said JOIN annotations_sentence s ON s.id = said.id;

INSERT INTO annotations_evidence (annotation_id, position, url, title, quote, stance, archived_url, accessed_at)
SELECT id, 0, 'https://archive.example/' || id, 'Published table', '', 'supports', '', created_at
FROM annotations_annotation WHERE mod(id, 5) < 2;

INSERT INTO annotations_verdict (id, desk_id, article_id, sentence_id, state, label, rationale, rating, annotators,
    has_evidence, comment, approved_by_id, approved_at, version, updated_at)
SELECT id, desk_id, article_id, id, state, CASE state WHEN 'contested' THEN '' ELSE label END,
    'Compared with the published table.', NULL, CASE state WHEN 'contested' THEN 2 ELSE 1 END, mod(id, 5) < 2,
    CASE state WHEN 'returned' THEN 'Which table?' ELSE '' END, approver, CASE WHEN approver > 0 THEN at END, 1, at
FROM work, LATERAL (SELECT CASE WHEN state IN ('approved', 'published', 'retracted') THEN 1 END) a(approver);

-- One publication in twenty was corrected; what was retracted has its original and its retraction.
INSERT INTO annotations_publication (desk_id, sequence, verdict_id, version, kind, article_id, article_title,
    article_url, article_source, article_language, article_published_at, revision_number, revision_sha256,
    sentence_id, start, "end", exact, prefix, suffix, claimant, claim_kind, label, rating, rationale, evidence,
    annotators, approved_by, note, published_at, corrected_at, retracted_at, recorded_by_id)
SELECT w.desk_id, row_number() OVER (PARTITION BY w.desk_id ORDER BY w.at + v.number * interval '1 day', w.id), w.id,
    v.number, v.kind, a.id, a.title, a.source_url, 'Source 1', a.language, a.published_at, 1, a.text_sha256, w.id,
    s.start, s."end", s.exact, right(s.exact, 32), left(s.exact, 32), c.claimant_name, c.kind,
    CASE v.kind WHEN 'retraction' THEN '' ELSE w.label END, NULL, 'Compared with the published table.',
    jsonb_build_array(jsonb_build_object('url', 'https://archive.example/' || w.id, 'title', 'Published table',
        'quote', '', 'stance', 'supports', 'archived_url', '', 'accessed_at', '2025-03-12T09:30:00Z')),
    1, 'reviewer', CASE v.number WHEN 1 THEN '' ELSE 'A newer table came out.' END, w.at,
    CASE v.kind WHEN 'correction' THEN w.at END, CASE v.kind WHEN 'retraction' THEN w.at END, 1
FROM work w JOIN annotations_sentence s ON s.id = w.id JOIN annotations_candidate c ON c.sentence_id = w.id
    JOIN annotations_article a ON a.id = w.article_id
    CROSS JOIN LATERAL (SELECT 1, 'original' UNION ALL SELECT 2, 'retraction' WHERE w.state = 'retracted'
        UNION ALL SELECT 2, 'correction' WHERE w.state = 'published' AND mod(w.id, 20) = 0
            AND NOT %(all_published)s) v(number, kind)
WHERE w.state IN ('published', 'retracted') ORDER BY w.at + v.number * interval '1 day', w.id;

INSERT INTO annotations_auditevent (desk_id, article_id, sentence_id, actor_id, action, before, after, at)
SELECT desk_id, id, NULL::bigint, created_by_id, 'article.added', NULL::jsonb, '{}'::jsonb, created_at FROM annotations_article
UNION ALL
SELECT desk_id, id, NULL, NULL, 'extraction.succeeded', NULL, '{}', created_at FROM annotations_article
UNION ALL
SELECT desk_id, article_id, id, author_id, 'annotation.put', '{"label": ""}', jsonb_build_object('label', label), at
FROM work
UNION ALL
SELECT desk_id, article_id, id, 1, 'verdict.approve', '{"state": "proposed"}', '{"state": "approved"}', at FROM work
WHERE state IN ('approved', 'published', 'retracted')
UNION ALL
SELECT desk_id, article_id, id, 1, 'verdict.published', '{"state": "approved"}', '{"state": "published"}', at
FROM work WHERE state IN ('published', 'retracted');

-- One article in twenty is urgent or high, one in ten of the newest is somebody's.
UPDATE annotations_article SET priority = CASE WHEN mod(id, 100) = 7 THEN 3 WHEN mod(id, 25) = 3 THEN 2 ELSE 1 END,
    assignee_id = CASE WHEN id > %(articles)s * 0.9 AND mod(id, 10) = 1 THEN 1 + mod(id, %(users)s) END
WHERE mod(id, 100) = 7 OR mod(id, 25) = 3 OR (id > %(articles)s * 0.9 AND mod(id, 10) = 1);

UPDATE annotations_article a SET open_candidates = number FROM (
    SELECT s.article_id, count(*) AS number FROM annotations_candidate c
    JOIN annotations_sentence s ON s.id = c.sentence_id LEFT JOIN annotations_verdict v ON v.sentence_id = s.id
    WHERE c.is_candidate AND v.id IS NULL GROUP BY s.article_id) left_over WHERE left_over.article_id = a.id;

-- What triggers would have kept: the words of titles and sentences, and the claimants.
INSERT INTO annotations_searchentry (desk_id, article_id, sentence_id, language, words)
SELECT a.desk_id, a.id, NULL, spoken, setweight(search_words(spoken, a.title), 'A')
FROM annotations_article a, search_language(a.language) l(spoken)
UNION ALL
SELECT a.desk_id, a.id, s.id, spoken, search_words(spoken, s.exact)
FROM annotations_sentence s JOIN annotations_article a ON a.id = s.article_id, search_language(a.language) l(spoken);

INSERT INTO annotations_claimant (desk_id, name, folded)
SELECT desk_id, claimant_name, search_folded(claimant_name) FROM annotations_candidate
WHERE claimant_name <> '' GROUP BY desk_id, claimant_name;
