from gettext import GNUTranslations

import pytest
from django.conf import settings

from factcheck import catalogues

HEAD = catalogues.HEAD.format(language="fr")


@pytest.fixture
def project(tmp_path):
    """A small project: one string in Python, one with a plural in a template."""
    (tmp_path / "annotations" / "locale" / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "annotations" / "words.py").write_text('WORD = _("Queue")\n')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "<ul>\n  <li>\n{% blocktranslate trimmed count number=number %}\n  {{ number }} article\n"
        "{% plural %}\n  {{ number }} articles\n{% endblocktranslate %}\n"
    )
    _catalogue(tmp_path).write_text(HEAD)
    return tmp_path


def _catalogue(project):
    return project / "annotations" / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def _translate(project, old, new):
    text = _catalogue(project).read_text()
    assert old in text
    _catalogue(project).write_text(text.replace(old, new, 1))


@pytest.fixture
def french(project):
    catalogues.update(project)
    _translate(project, 'msgid "Queue"\nmsgstr ""', 'msgid "Queue"\nmsgstr "File"')
    _translate(project, 'msgstr[0] ""', 'msgstr[0] "un article"')
    _translate(project, 'msgstr[1] ""', 'msgstr[1] "%(number)s articles"')
    return project


class TestUpdate:
    def test_gathers_from_python_and_templates(self, project):
        catalogues.update(project)

        text = _catalogue(project).read_text()
        assert 'msgid "Queue"\nmsgstr ""\n' in text
        assert 'msgid_plural "%(number)s articles"\n' in text

    def test_keeps_what_is_translated(self, french):
        before = _catalogue(french).read_text()

        changed = catalogues.update(french)

        assert changed == []
        assert _catalogue(french).read_text() == before

    @pytest.mark.parametrize(
        ("typed", "typeset"),
        [
            ("L'article", "L’article"),
            ("Attention !", "Attention\u202f!"),
            ("Dites\u00a0: « oui »", "Dites\u202f: «\u202foui\u202f»"),
            ("Encore...", "Encore…"),
            ("une: https://journal.example", "une: https://journal.example"),
        ],
    )
    def test_sets_french_as_french(self, french, typed, typeset):
        _translate(french, '"File"', f'"{typed}"')

        catalogues.update(french)

        assert f'msgid "Queue"\nmsgstr "{typeset}"\n' in _catalogue(french).read_text()

    def test_drops_what_no_source_has(self, french):
        (french / "annotations" / "words.py").unlink()

        catalogues.update(french)

        assert "Queue" not in _catalogue(french).read_text()


class TestProblems:
    def test_finds_none_where_all_is_translated(self, french):
        assert list(catalogues.problems(french)) == []

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ('msgstr "File"', 'msgstr ""', "not translated: 'Queue'"),
            ('msgid "Queue"', '#, fuzzy\nmsgid "Queue"', "unsure: 'Queue'"),
            ('"%(number)s articles"\n\n', '"%(count)s articles"\n\n', "other placeholders"),
            ('"un article"', '"un %(what)s"', "other placeholders"),
            ('"un article"', '""', "not translated"),
            (HEAD, f'{HEAD}msgid "Gone"\nmsgstr "Parti"\n\n', "not what the sources say"),
        ],
    )
    def test_finds_what_is_not(self, french, old, new, fault):
        _translate(french, old, new)

        assert any(fault in problem for problem in catalogues.problems(french))

    def test_finds_a_string_that_nobody_gathered(self, french):
        (french / "annotations" / "more.py").write_text('WORD = _("Review")\n')

        assert any("not translated: 'Review'" in one for one in catalogues.problems(french))


class TestCompiled:
    def test_holds_the_words(self, french):
        catalogues.compile_stale(french)

        with _catalogue(french).with_suffix(".mo").open("rb") as compiled:
            words = GNUTranslations(compiled)
        assert words.gettext("Queue") == "File"
        assert words.ngettext("%(number)s article", "%(number)s articles", 0) == "un article"
        assert words.ngettext("%(number)s article", "%(number)s articles", 2)[0] == "%"

    def test_is_made_anew_only_when_older(self, french):
        stale = catalogues.stale(french)
        catalogues.compile_stale(french)

        assert stale == [_catalogue(french)]
        assert catalogues.stale(french) == []


class TestTheHouse:
    def test_is_complete_in_every_language(self):
        languages = {file.parent.parent.name for file in catalogues.files(settings.BASE_DIR)}

        assert list(catalogues.problems(settings.BASE_DIR)) == []
        assert languages | {settings.LANGUAGE_CODE} == {code for code, _ in settings.LANGUAGES}
