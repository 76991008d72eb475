from datetime import UTC, datetime

import pytest

from annotations.workflow import intake
from annotations.workflow.errors import BadInput

PARAGRAPHS = (
    "Le maire a annoncé mardi que l’école primaire fermerait ses portes en juin, après trente ans "
    "de service dans le quartier nord de la ville.",
    "Les parents d’élèves ont répondu qu’ils saisiraient le tribunal administratif dès la semaine "
    "prochaine pour contester la décision.",
)
BODY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)


def page(head=""):
    return (
        f"<html><head>{head}</head><body><nav><a href='/'>Accueil</a></nav>"
        f"<article>{BODY}</article><footer>Mentions légales</footer></body></html>"
    )


def settled(**draft):
    return intake.settle(intake.Draft(**{"language": "fr", **draft}))


def refusal_of(**draft):
    with pytest.raises(BadInput) as caught:
        settled(**draft)
    return caught.value


class TestDecode:
    def test_reads_utf8_and_drops_only_the_byte_order_mark(self):
        text = "Élu à 52 %\r\n\u00a0« oui » 🙂\t\n"

        assert intake.decode(text.encode()) == text
        assert intake.decode(b"\xef\xbb\xbf" + text.encode()) == text
        assert intake.decode(b"\xef\xbb\xbf" * 2 + b"a") == "\ufeffa"

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_names_the_line_the_column_and_the_byte_where_it_stops(self, mark):
        data = mark + "Première\r\nÉté : ".encode() + b"\xe9t\xe9\n"

        with pytest.raises(BadInput) as caught:
            intake.decode(data)

        assert "byte 0xE9 in line 2, column 7" in str(caught.value)
        assert (caught.value.field, caught.value.reason) == ("file", "undecodable")

    def test_names_a_text_cut_in_the_middle_of_a_character(self):
        with pytest.raises(BadInput, match="byte 0xC3 in line 1, column 4"):
            intake.decode(b"caf" + "é".encode()[:1])


class TestSettleText:
    def test_leaves_the_text_as_it_is(self):
        text = "\ufeffTitre \r\n\r\n  « Cent\u202f% »\u00a0: e\u0301 ≠ é 🙂👩‍👧\t\n\n"

        assert settled(text=text).text == text

    @pytest.mark.parametrize(
        ("char", "code"),
        [("\x00", "U+0000"), ("\x0b", "U+000B"), ("\x1b", "U+001B"), ("\x7f", "U+007F")],
    )
    def test_names_the_place_of_a_control_character(self, char, code):
        refusal = refusal_of(text=f"Une ligne.\nUne é🙂{char}autre.")

        assert f"Line 2, column 7 holds the control character {code}" in str(refusal)
        assert (refusal.field, refusal.reason) == ("text", "control_character")

    def test_refuses_half_a_surrogate_pair(self):
        assert "U+D83D" in str(refusal_of(text="Une moitié \ud83d ici."))

    @pytest.mark.parametrize("field", ["title", "byline", "source"])
    def test_refuses_control_characters_around_the_text_too(self, field):
        refusal = refusal_of(text="Un texte.", **{field: "a\x00b"})

        assert (refusal.field, refusal.reason) == (field, "control_character")

    def test_counts_bytes_not_characters_for_the_limit(self, settings):
        settings.ARTICLE_MAX_BYTES = 1_000

        assert settled(text="é" * 500).text == "é" * 500
        refusal = refusal_of(text="é" * 501)

        assert str(refusal) == "The article has 1,002 bytes; at most 1,000 are taken."
        assert refusal.reason == "too_large"

    @pytest.mark.parametrize("text", ["", "  \r\n\t\u00a0\u2028 "])
    def test_refuses_an_article_without_text(self, text):
        refusal = refusal_of(text=text)

        assert (refusal.field, refusal.reason) == ("text", "empty")

    def test_takes_the_first_line_with_words_for_the_title(self):
        assert settled(text="\r\n  \n\u00a0Le titre \r\nLa suite.").title == "Le titre"
        assert settled(text="Le texte.", title="  Donné ").title == "Donné"

    def test_shortens_a_long_first_line_between_words(self):
        title = settled(text="mot " * 100).title

        assert len(title) <= 160
        assert title.endswith("mot…")

    def test_shortens_a_title_that_is_longer_than_its_place(self):
        assert len(settled(text="Le texte.", title="é" * 900).title) == intake.TITLE_LENGTH


class TestSettleLanguage:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Le maire a annoncé mardi que l’école fermerait ses portes en juin.", "fr"),
            ("The mayor said on Tuesday that the school would close its doors in June.", "en"),
        ],
    )
    def test_finds_out_which_it_is_where_nobody_says(self, text, language):
        assert settled(text=text, language="").language == language

    def test_asks_where_it_cannot_tell(self):
        refusal = refusal_of(text="12 345 🙂", language=" ")

        assert (refusal.field, refusal.reason) == ("language", "language_not_detected")

    @pytest.mark.parametrize("given", ["fr", "pt-BR", "zh", "zh-Hant", "ar"])
    def test_takes_any_language_tag(self, given):
        assert settled(text="Un texte.", language=given).language == given

    def test_writes_the_language_in_small_letters_so_that_lists_find_it(self):
        assert settled(text="Un texte.", language="FR-CA").language == "fr-CA"

    @pytest.mark.parametrize("given", ["xx", "français", "fr_FR", "fr-", "fr" + "-abcdefgh" * 3])
    def test_refuses_an_unknown_language(self, given):
        refusal = refusal_of(text="Un texte.", language=given)

        assert (refusal.field, refusal.reason) == ("language", "unknown_language")


class TestSettleAddress:
    def test_takes_a_very_long_address_with_letters_of_any_script(self):
        url = "https://journal.example/" + "é" * 1_900

        assert settled(text="Un texte.", source_url=url).source_url == url

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "journal.example/a",
            "ftp://journal.example/",
            "https://journal.example/" + "a" * 2_000,
        ],
    )
    def test_refuses_what_no_browser_should_open(self, url):
        refusal = refusal_of(text="Un texte.", source_url=url)

        assert (refusal.field, refusal.reason) == ("source_url", "bad_url")

    def test_refuses_control_characters_in_an_address(self):
        refusal = refusal_of(text="Un texte.", source_url="https://journal.example/\x00")

        assert (refusal.field, refusal.reason) == ("source_url", "control_character")


class TestSettlePage:
    def test_keeps_the_main_text_only(self):
        draft = settled(html=page())

        assert draft.text == "\n".join(PARAGRAPHS)
        assert draft.html == page()

    def test_takes_title_author_and_date_from_the_page(self):
        head = (
            "<title>L’école ferme - Journal</title><meta name='author' content='Zoé Dà'>"
            "<meta property='og:title' content='L’école ferme'>"
            "<meta property='article:published_time' content='2024-11-26T08:00:00+01:00'>"
        )

        draft = settled(html=page(head))

        assert (draft.title, draft.byline) == ("L’école ferme", "Zoé Dà")
        assert draft.published_at == datetime(2024, 11, 26, tzinfo=UTC)

    def test_believes_what_people_say_more_than_the_page(self, now):
        head = (
            "<title>Autre</title><meta name='author' content='Zoé Dà'>"
            "<meta name='date' content='2020-01-01'>"
        )

        draft = settled(html=page(head), title="Donné", byline="Moi", published_at=now)

        assert (draft.title, draft.byline, draft.published_at) == ("Donné", "Moi", now)

    def test_trusts_the_decoded_text_not_the_encoding_that_the_page_claims(self):
        html = '<?xml version="1.0" encoding="iso-8859-1"?>' + page("<meta charset='iso-8859-1'>")

        assert settled(html=html).text == "\n".join(PARAGRAPHS)

    @pytest.mark.parametrize("html", ["<p>", "pas de balises", " ", "<html></html>", "<!-- x -->"])
    def test_says_when_there_is_no_article_in_the_page(self, html):
        refusal = refusal_of(html=html)

        assert (refusal.field, refusal.reason) == ("html", "no_main_text")

    def test_refuses_control_characters_in_the_page(self):
        assert refusal_of(html=page("<title>a\x01b</title>")).field == "html"
