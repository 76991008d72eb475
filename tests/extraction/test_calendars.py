"""What a rule needs before it is tried is never more than what it reads."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotations.extraction import dates, languages

DATA = Path(__file__).parent.parent / "data"
DAY = date(2025, 2, 12)
SPOKEN = {
    "fr": [
        "Au T3 2024, au deuxième trimestre, au premier semestre et dans les années 1990.",
        "L’été 2023, cet HIVER, l’automne dernier et Fin de l’année.",
        "Il y a deux ans, dans trois mois, à midi, à 18 h 30, le 12/03/2024, le 2024-03-12.",
        "AUJOURD’HUI, avant-hier, après-demain, ce Matin, la nuit dernière, en fin de semaine.",
        "L’an passé, la semaine prochaine, ce mois-ci, entre lundi et jeudi, du 3 au 5 mai.",
        "Dans la nuit de mardi à mercredi, fin 2022, entre 2019 et 2021, de mars à mai 2024.",
    ],
    "en": [
        "In Q2 2024, the third quarter, the second half of the year and the 1990s.",
        "Summer 2023, last Winter, the end of the month, the End of 2022.",
        "Two years ago, three weeks earlier, in two months, at noon, at 6:30pm, on 12/03/2024.",
        "The day before Yesterday, tonight, Tomorrow, this morning, overnight, last night.",
        "Earlier this week, over the weekend, the next year, between Friday and Sunday.",
        "From March to May 2024, May 3-5, overnight Thursday into Friday, 2019-2021, 2024-03-12.",
    ],
}


def texts(language):
    lines = (DATA / f"claims_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [*SPOKEN[language], *(json.loads(line)["text"] for line in lines)]


def same_but_eager(calendar, monkeypatch):
    """Return a calendar that tries every rule on every sentence."""
    for name in ("DIGIT", "YEAR", "NUMERIC", "MONTH", "WEEKDAY"):
        monkeypatch.setattr(dates, f"NEED_{name}", frozenset())
    return replace(calendar, needs={})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_date_is_missed_for_what_its_rule_needs(language, monkeypatch):
    calendar = languages.find(language).calendar
    found = [dates.find(text, calendar, DAY) for text in texts(language)]

    eager = same_but_eager(calendar, monkeypatch)

    assert [dates.find(text, eager, DAY) for text in texts(language)] == found
    assert sum(map(len, found[: len(SPOKEN[language])])) > 20
