"""Reviews in the elements of pages: microdata and RDFa Lite, as houses write them."""

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.imports import pages
from annotations.imports.references import LEVELS
from tests.imports.test_claims import CLAIM, REVIEW, page
from tests.imports.test_files import entries, faults

MICRODATA = f"""<!DOCTYPE html><html><head><title>Vérification</title>
<link rel="canonical" href="https://verif.example/pont">
<script>var reste = "<div itemscope itemtype='https://schema.org/ClaimReview'>";</script></head><body>
<article itemscope itemtype="https://schema.org/ClaimReview">
  <h1 itemprop="headline">Non, le pont n’a pas coûté 12&nbsp;millions</h1>
  <p>L’affirmation : <q itemprop="claimReviewed">{CLAIM}</q></p>
  <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
    dit par <span itemprop="author" itemscope itemtype="http://schema.org/Person">
      <a itemprop="name" href="/personnes/12">Jeanne Moreau-Blanc</a></span>
    le <time itemprop="datePublished" datetime="2023-03-30">30 mars</time>
    <a itemprop="appearance" href="https://reseau.example/post/1">ici</a>
  </div>
  <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <meta itemprop="ratingValue" content="1"><meta itemprop="bestRating" content="5">
    <meta itemprop="worstRating" content="1">
    <strong itemprop="alternateName">Faux</strong> :
    <span itemprop="ratingExplanation">Le marché public parle de <b>7</b> millions.</span>
  </div>
  <time itemprop="datePublished" datetime="2023-04-05T08:00:00+02:00">5 avril</time>
  <meta itemprop="inLanguage" content="fr">
</article></body></html>"""
RDFA = f"""<!DOCTYPE html><html prefix="og: https://ogp.me/ns#"><head>
<meta property="og:url" content="https://verif.example/pont"></head>
<body vocab="https://schema.org/"><article typeof="ClaimReview" resource="#check">
  <h1 property="headline">Non, le pont n’a pas coûté 12 millions</h1>
  <q property="schema:claimReviewed">{CLAIM}</q>
  <div property="itemReviewed" typeof="Claim">
    <span property="author" typeof="Person"><span property="name">Jeanne Moreau-Blanc</span></span>
    <time property="datePublished" datetime="2023-03-30">30 mars</time>
    <a property="appearance" href="https://reseau.example/post/1">ici</a>
  </div>
  <div property="reviewRating" typeof="Rating">
    <meta property="ratingValue" content="1"><meta property="bestRating" content="5">
    <meta property="worstRating" content="1"><strong property="alternateName">Faux</strong>
    <p property="ratingExplanation">Le marché public parle de 7 millions.
  </div>
  <span property="datePublished" content="2023-04-05T08:00:00+02:00">5 avril</span>
</article></body></html>"""
LD = page(json.dumps(REVIEW))


def told(found):
    [mark] = found.marks
    return (found.fields, found.first_published, mark)


def chained(levels):
    """Have a review refer to an item that refers to the next, and so on; the last is the claim."""
    html = f'<i id="x{levels}" itemprop="claimReviewed">{CLAIM}</i>'
    for level in range(1, levels):
        kind = "ClaimReview" if level == levels - 1 else "CreativeWork"
        html += (
            f'<div id="x{level}" itemprop="about" itemscope itemref="x{level + 1}" '
            f'itemtype="https://schema.org/{kind}"></div>'
        )
    return f'<p itemscope itemtype="https://schema.org/WebPage" itemref="x1">{html}'


class TestPages:
    @pytest.mark.parametrize("html", [MICRODATA, RDFA], ids=["microdata", "rdfa"])
    def test_say_the_same_in_elements_as_in_scripts(self, html):
        [inside] = entries(html, "claimreview")
        [script] = entries(LD, "claimreview")

        fields, first, mark = told(inside)
        assert told(script) == (fields | {"language": "fr"}, first, mark)
        assert inside.faults == ()

    def test_that_say_it_twice_bring_it_once(self):
        html = MICRODATA.replace("</body>", f"{LD}</body>")

        assert len(entries(html, "claimreview")) == 1

    def test_with_reviews_of_several_claims_bring_each(self):
        second = MICRODATA[MICRODATA.index("<article") : MICRODATA.index("</body>")]
        html = MICRODATA.replace("</body>", second.replace(CLAIM, "Il a deux arches.") + "</body>")

        found = entries(html, "claimreview")

        assert [one.fields["text"] for one in found] == [CLAIM, "Il a deux arches."]

    def test_find_a_review_within_other_items(self):
        html = MICRODATA.replace(
            "<article itemscope",
            '<main itemscope itemtype="https://schema.org/WebPage">'
            '<article itemprop="review" itemscope',
        )

        assert [one.fields["text"] for one in entries(html, "claimreview")] == [CLAIM]

    def test_find_what_an_item_refers_to(self):
        html = (
            '<p itemscope itemtype="https://schema.org/ClaimReview"'
            ' itemref="claim verdict nowhere">'
            f'<div id="claim"><span itemprop="claimReviewed">{CLAIM}</span></div>'
            '<div id="verdict" itemprop="reviewRating" itemscope>'
            '<b itemprop="alternateName">Faux</b></div>'
        )

        [found] = entries(html, "claimreview")

        assert (found.fields["text"], found.marks[0].label) == (CLAIM, "Faux")

    def test_close_what_nobody_closed(self):
        html = (
            '<ul itemscope itemtype="https://schema.org/ClaimReview">'
            f'<li itemprop="claimReviewed">{CLAIM}<li itemprop="reviewRating">Faux</i></ul>Fin'
        )

        [found] = entries(html, "claimreview")

        assert (found.fields["text"], found.marks[0].label) == (CLAIM, "Faux")

    def test_make_relative_addresses_whole(self):
        html = MICRODATA.replace("https://reseau.example/post/1", "../tract")

        [found] = entries(html, "claimreview")

        assert found.fields["source_url"] == "https://verif.example/tract"

    def test_without_a_review_are_told(self):
        html = MICRODATA.replace("schema.org/ClaimReview", "schema.org/Review")

        assert faults(entries(html, "claimreview")) == [(1, "", "no_claimreview")]

    def test_that_refer_in_circles_end(self):
        html = (
            '<div id="a" itemprop="x" itemscope itemref="b">'
            '<div id="b" itemprop="y" itemscope itemref="a">'
            f'<i itemprop="claimReviewed">{CLAIM}</i></div></div>'
        )

        assert pages.read(html).elements

    def test_find_what_is_referred_to_by_what_an_item_refers_to(self):
        html = (
            '<p itemscope itemtype="https://schema.org/ClaimReview" itemref="claim item">'
            f'<i id="claim" itemprop="claimReviewed">{CLAIM}</i>'
            '<div id="item" itemprop="itemReviewed" itemscope itemref="author"></div>'
            '<div id="author" itemprop="author" itemscope itemref="name"></div>'
            '<div id="name"><b itemprop="name">Jeanne Moreau-Blanc</b></div>'
        )

        [found] = entries(html, "claimreview")

        assert found.fields["source"] == "Jeanne Moreau-Blanc"

    def test_take_the_same_place_into_several_items(self):
        review = '<p itemscope itemtype="https://schema.org/ClaimReview" itemref="by">'
        html = f"""{review}<q itemprop="claimReviewed">{CLAIM}</q></p>
            {review}<q itemprop="claimReviewed">Il a deux arches.</q></p>
            <div id="by" itemprop="itemReviewed" itemscope>
            <b itemprop="author">Jeanne</b></div>"""

        found = entries(html, "claimreview")

        assert [one.fields["source"] for one in found] == ["Jeanne", "Jeanne"]

    def test_follow_references_a_good_way_down(self):
        [found] = entries(chained(LEVELS), "claimreview")

        assert found.fields["text"] == CLAIM

    def test_that_refer_further_than_can_be_followed_are_refused_with_the_reason(self):
        found = entries(chained(LEVELS + 2), "claimreview")

        assert faults(found) == [(1, "", "entangled_page")]

    def test_that_refer_too_far_are_still_read_in_their_scripts(self):
        [found] = entries(chained(LEVELS + 2) + LD, "claimreview")

        assert found.fields["text"] == CLAIM

    def test_that_refer_to_ever_more_are_refused_in_time(self):
        places = [" ".join(f"p{level}{one}" for one in range(50)) for level in range(LEVELS)]
        html = "".join(
            f'<div id="p{level}{one}" itemprop="a" itemscope itemref="{places[level]}"></div>'
            for level in range(LEVELS)
            for one in range(50)
        )

        before = process_time()
        found = entries(html, "claimreview")

        assert faults(found) == [(1, "", "entangled_page")]
        assert process_time() - before < 5

    def test_of_any_depth_are_read_in_time(self):
        html = '<div itemscope itemprop="a">' * 20_000 + '<i itemprop="b">' * 20_000

        before = process_time()
        pages.read(html)

        assert process_time() - before < 5

    @given(st.lists(st.sampled_from(MICRODATA.split("<")[5:]), max_size=30))
    def test_torn_to_pieces_break_nothing(self, pieces):
        entries("<" + "<".join(pieces), "claimreview")
