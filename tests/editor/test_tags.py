import re
from datetime import timedelta

import pytest
from django.template import Context, Engine, Template
from django.template.base import TextNode
from django.utils import timezone, translation
from heroicons.templatetags import heroicons

from annotations.editor.queue import Segment


def drawn(source, **context):
    return Template(source).render(Context(context))


class TestIcons:
    @pytest.mark.parametrize("style", ["micro", "mini", "outline", "solid"])
    def test_are_those_of_the_package(self, style):
        icon = drawn(f'{{% heroicon_{style} "check" aria_hidden="true" %}}')

        ours = getattr(heroicons, f"heroicon_{style}")
        assert icon == ours("check", aria_hidden="true")

    def test_cost_nothing_when_a_page_is_drawn(self):
        [node] = Template('{% heroicon_mini "check" %}').nodelist

        assert isinstance(node, TextNode)

    def test_may_depend_on_the_page(self):
        icon = drawn("{% heroicon_mini name %}", name="check")

        assert icon == heroicons.heroicon_mini("check")


class TestContext:
    @pytest.mark.parametrize(
        ("prefix", "shown"),
        [
            ("voirs de la ville, dit-on. Ensuite, ", "… de la ville, dit-on. Ensuite, "),
            ("Le début. ", "Le début. "),
            ("x" * 40, "x" * 40),
        ],
    )
    def test_begins_with_a_whole_word(self, prefix, shown):
        assert drawn("{{ text|from_a_word }}", text=prefix) == shown

    @pytest.mark.parametrize(
        ("suffix", "shown"),
        [
            (" Nous avons gagné dans neuf bureaux sur", " Nous avons gagné dans neuf bureaux …"),
            (" Nous avons gagné dans les deux camps.", " Nous avons gagné dans les deux camps."),
            (" Fin", " Fin"),
        ],
    )
    def test_ends_with_a_whole_word(self, suffix, shown):
        assert drawn("{{ text|to_a_word }}", text=suffix) == shown


class TestMark:
    def test_is_said_in_the_language_of_the_page(self):
        with translation.override("en"):
            english = drawn("{% mark 'verified' %}")
        with translation.override("fr"), translation.override("en"):
            again = drawn("{% mark 'verified' %}")

        assert "Verified" in english
        assert again == english

    def test_is_nothing_without_a_label(self):
        assert drawn("{% mark label %}", label="") == ""

    def test_has_no_white_space_around_it(self):
        shown = drawn("[{% mark 'verified' %}]")

        assert (shown[:6], shown[-8:]) == ("[<span", "</span>]")


class TestAge:
    def test_counts_to_the_minute_and_tells_the_exact_time(self):
        moment = timezone.now() - timedelta(hours=3, minutes=2)

        age = drawn("{% age moment %}", moment=moment)

        assert f'datetime="{timezone.localtime(moment).isoformat()}"' in age
        assert age.endswith(">3\xa0hours\xa0ago</time>")

    def test_is_said_as_the_language_says_it(self):
        moment = timezone.now() - timedelta(days=500)

        with translation.override("fr"):
            long_ago = drawn("{% age moment %}", moment=moment)
            now = drawn("{% age moment %}", moment=timezone.now())

        assert long_ago.endswith(">il\xa0y\xa0a\xa01\xa0an</time>")
        assert now.endswith(">à l’instant</time>")


class TestOptions:
    def test_selects_what_is_chosen_and_escapes_names(self):
        found = drawn("{% options rows 'b' %}", rows=[("a", "A"), ("b", "<B>")])

        assert found == (
            '<option value="a">A</option><option value="b" selected>&lt;B&gt;</option>'
        )


class TestBar:
    def test_lays_the_pattern_over_the_colour(self):
        found = drawn("{% bar segments %}", segments=[Segment("disputed", 1, 0.0, 33.33)])

        assert found.count('x="0.0" width="33.33"') == 2
        assert "bar__part--disputed" in found
        assert "url(#pattern-disputed)" in found


class TestTally:
    def test_counts_labels_in_words_that_hold_for_one_and_for_many_and_what_is_left(self):
        found = drawn("{% tally counts %}", counts=(("verified", 3), ("left", 2)))

        assert re.search(r"Verified.*<b>3</b></li>", found, re.DOTALL)
        assert "2 candidates left" in found

    def test_says_when_nothing_is_left(self):
        assert "All decided" in drawn("{% tally counts %}", counts=())


class TestFixed:
    def test_is_drawn_once_for_each_language_and_sees_nothing_of_the_page(self):
        template = Template('{% fixed "components/_language_buttons.html" %}')

        with translation.override("en"):
            english = template.render(Context({"languages": ["xx"]}))
        with translation.override("fr"):
            french = template.render(Context())

        assert 'value="en" lang="en" title="English" aria-current="true"' in " ".join(
            english.split()
        )
        assert "xx" not in english
        assert french != english


class TestTemplates:
    def test_are_compiled_once_while_developing_too(self, settings):
        options = settings.TEMPLATES[0]["OPTIONS"]

        engine = Engine(debug=True, app_dirs=True, **options)

        [(loader, _inner)] = engine.loaders
        assert loader == "django.template.loaders.cached.Loader"
