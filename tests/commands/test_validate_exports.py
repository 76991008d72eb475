import pytest
from django.core.management import CommandError, call_command

from tests.factories import ArticleFactory, published


@pytest.fixture
def out(desk, annotator, reviewer):
    """Two publications of one article, with the same words and other labels."""
    desk.site_url, desk.check_url = "https://journal.example/", "https://journal.example/{article}"
    desk.reviews_without_rating = True
    desk.save()
    for label in ("verified", "disputed"):
        article = ArticleFactory(desk=desk, sentences=2, source_url="")
        first, second = article.sentences.order_by("start")
        published(first, annotator=annotator, reviewer=reviewer, label=label)
        published(second, annotator=annotator, reviewer=reviewer)


def told(capsys, *arguments):
    call_command("validate_exports", *arguments)
    return capsys.readouterr().out


class TestValidateExports:
    def test_counts_what_each_format_takes(self, desk, out, capsys):
        text = told(capsys, "--desk", desk.slug)

        for name in ("webannotation", "claimreview", "datafeed"):
            assert f"{desk.slug} {name}: 4 written, 0 left out" in text

    def test_warns_of_what_two_publications_say_together(self, desk, out, capsys):
        text = told(capsys, "--format", "claimreview")

        assert "warning CR-W5: 4" in text
        assert "warning CR-W6: 2" in text

    def test_names_the_rules_that_are_broken(self, desk, out, capsys):
        desk.check_url = "https://ailleurs.example/{id}"
        desk.save()

        text = told(capsys, "--format", "claimreview")

        assert "0 written, 4 left out" in text
        assert "error CR-E2: 4  The check must stand on" in text

    def test_fails_where_it_should_be_strict(self, desk, out):
        desk.check_url = "https://ailleurs.example/{id}"
        desk.save()

        with pytest.raises(CommandError, match="8 are left out"):
            call_command("validate_exports", "--strict")

    def test_refuses_a_desk_that_is_not_there(self, db):
        with pytest.raises(CommandError, match="no such desk"):
            call_command("validate_exports", "--desk", "sport")
