"""What an import refuses is kept for every reader's language."""

import json

import pytest
from django.conf import settings
from django.utils import translation

from annotations.models import Sentence
from annotations.workflow import import_words
from tests.factories import UserFactory, annotated, published
from tests.imports.test_claims import REVIEW

TEXT = "La ville a dépensé 3 millions d’euros pour ses écoles en 2024."
DOCUMENT = json.dumps({"text": TEXT, "label": ["Vrai"], "lang": "fr"}).encode()


def said(work, code):
    """Say what is wrong in every language that a reader may have."""
    [fault] = work.faults.filter(code=code)
    words = {}
    for language in dict(settings.LANGUAGES):
        with translation.override(language):
            words[language] = import_words.sentence(fault.code, fault.params)
    return words


class TestRefusal:
    def test_of_the_whole_file_is_kept_in_each_language(self, ask, carry):
        work = ask(b"titre;auteur\nA;B\n")
        carry(work)

        assert work.state == "failed"
        assert work.errors["fr"].startswith("Aucune colonne ne s’appelle")
        assert work.errors["en"].startswith("No column is called")
        assert "titre, auteur" in work.errors["fr"]

    def test_of_a_label_is_told_in_each_language(self, ask, carry, desk, annotator, reviewer):
        carry(ask(DOCUMENT, format="doccano"))
        published(Sentence.objects.get(), annotator=annotator, reviewer=reviewer)
        work = ask(DOCUMENT, format="doccano", by=UserFactory(on=desk))
        carry(work)

        words = said(work, "label_refused")

        assert words["en"].startswith("This sentence is published")
        assert words["fr"].startswith("Cette phrase est publiée")

    def test_to_publish_is_told_in_each_language(self, ask, carry, desk, manager, annotator):
        desk.annotators_needed = 2
        desk.save()
        options = {"publish": True, "author": annotator.username}
        content = json.dumps([REVIEW]).encode()
        work = ask(content, name="ours.json", format="claimreview", by=manager, options=options)
        carry(work)

        words = said(work, "not_published")

        assert words["en"].startswith("The desk wants 2 annotators")
        assert words["fr"] != words["en"]

    def test_leaves_nothing_of_having_been_tried(self, ask, carry, desk, manager, annotator):
        desk.annotators_needed = 2
        desk.save()
        options = {"publish": True, "author": annotator.username}
        content = json.dumps([REVIEW]).encode()
        carry(ask(content, name="ours.json", format="claimreview", by=manager, options=options))

        verdict = Sentence.objects.get().verdict
        assert (verdict.state, verdict.version) == ("proposed", 1)

    def test_names_labels_in_each_language(self, ask, carry, annotator):
        carry(ask(b'{"text": "%s", "lang": "fr"}' % TEXT.encode(), format="doccano"))
        annotated(Sentence.objects.get(), by=annotator, label="disputed")
        work = ask(DOCUMENT, format="doccano")
        carry(work)

        words = said(work, "label_stands")

        assert ("Disputed" in words["en"], "Contesté" in words["fr"]) == (True, True)


class TestParsers:
    @pytest.mark.parametrize(
        ("line", "french"),
        [
            ('{"text" 1}', "il manque un deux-points"),
            ('{"text": 1 "b"}', "il manque une virgule"),
            ("{text: 1}", "il manque un nom entre guillemets doubles"),
            ('{"text": "x', "un texte ne se termine pas"),
            ('{"text": "\t"}', "un caractère de contrôle se trouve dans un texte"),
            ('{"text": "\\q"}', "une barre oblique inverse n’a pas lieu d’être"),
            ('{"text": 1} x', "quelque chose suit la fin"),
            ('{"text": }', "il manque une valeur"),
        ],
    )
    def test_complain_in_the_readers_language(self, ask, carry, line, french):
        first = json.dumps({"text": TEXT, "language": "fr"})
        work = ask(f"{first}\n{line}\n".encode(), name="a.jsonl")
        carry(work)

        words = said(work, "not_json")

        assert french in words["fr"]
        assert french not in words["en"]

    def test_of_tables_do_so_too(self, ask, carry):
        work = ask(f'texte;langue\n"{TEXT}"x;fr\n'.encode())
        carry(work)

        assert "quelque chose suit un guillemet fermant" in said(work, "broken_quotes")["fr"]
