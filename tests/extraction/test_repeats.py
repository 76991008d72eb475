from annotations.extraction import Profile, extract

STORM = (
    "Le port a perdu 12 navires dans la tempête de mardi, a dit la mairie. Le vent soufflait fort."
    " La tempête de mardi a coulé 14 navires dans le port."
)


def related(text, language="fr"):
    return list(extract(text, language=language, profile=Profile.FAST))


class TestRepeats:
    def test_are_linked_to_the_first_time_it_was_said(self):
        said = "La digue de Saint-Malo a cédé dans la nuit, selon la préfecture du département."
        text = f"{said} Personne ne dormait. {said} {said}"

        found = related(text)

        places = [one.repeats and text[one.repeats.start : one.repeats.end] for one in found]
        assert places == [None, None, said, said]
        assert {one.repeats.start for one in found if one.repeats} == {0}

    def test_are_seen_in_other_words_and_other_numerals(self):
        first = "Le port a perdu 12 navires dans la tempête de mardi, a dit la mairie."
        again = "Selon la mairie, le port a perdu douze navires dans la tempête de mardi."

        found = related(f"{first} {again}")

        assert found[1].repeats.start == 0

    def test_are_seen_when_somebody_else_concludes_with_them(self):
        first = "Le maire a annoncé que des « mesures de rétorsion » étaient en préparation."
        again = (
            "La mairie a conclu en disant que des « mesures de rétorsion » étaient en préparation."
        )

        assert related(f"{first} {again}")[1].repeats.start == 0

    def test_are_not_seen_where_figures_differ_or_one_denies(self):
        first = "Le port a perdu 12 navires dans la tempête de mardi soir."
        other = "Le port a perdu 15 navires dans la tempête de mardi soir."
        denied = "Le port n’a pas perdu de navires dans la tempête de mardi soir."

        found = related(f"{first} {other} {denied}")

        assert [one.repeats for one in found] == [None, None, None]


class TestConflicts:
    def test_show_both_places(self):
        hint = related(STORM)[2].conflicts[0]

        assert STORM[hint.start : hint.end] == "14 navires"
        assert STORM[hint.other_start : hint.other_end] == "12 navires"
        assert hint.unit == "navire"

    def test_are_seen_in_english(self):
        text = (
            "The flood killed seven people in the town of Ashford on Monday. Rain fell for days."
            " Nine people were killed by the flood in Ashford on Monday."
        )

        assert [one.other_text for one in related(text, "en")[2].conflicts] == ["seven people"]

    def test_leave_other_things_and_open_bounds_alone(self):
        text = (
            "Au moins 12 navires ont coulé dans le port pendant la tempête. Trois marins ont été"
            " blessés. Le bilan de la tempête dans le port est de 14 navires coulés."
        )

        assert [one.conflicts for one in related(text)] == [(), (), ()]

    def test_are_written_in_plain_json_types(self):
        wire = related(STORM)[2].to_dict()

        assert wire["repeats"] is None
        assert wire["conflicts"][0]["text"] == "14 navires"


def test_long_texts_are_related_in_bounded_time_and_memory():
    text = " ".join(f"La commune numéro {n} a fermé son école primaire hier." for n in range(3000))

    found = related(text)

    assert len(found) == 3000
