"""Selectors resolved by the rules of the W3C text alone, without a line of the product's code.

Web Annotation Data Model, 4.2.4 and 4.2.5: offsets count code points from 0, the end is excluded; a
quote selects every place where exact stands between prefix and suffix.
"""


def position(selector, text):
    """Return the words that a TextPositionSelector selects."""
    assert set(selector) == {"type", "start", "end"}
    characters = list(text)
    return "".join(characters[selector["start"] : selector["end"]])


def quote(selector, text):
    """Return every place that a TextQuoteSelector selects."""
    assert selector["type"] == "TextQuoteSelector"
    found = []
    for start in range(len(text) - len(selector["exact"]) + 1):
        end = start + len(selector["exact"])
        if (
            text[start:end] == selector["exact"]
            and text[:start].endswith(selector.get("prefix", ""))
            and text[end:].startswith(selector.get("suffix", ""))
        ):
            found.append((start, end))
    return found


def resolve(target, text):
    """Return the one place on which all selectors of a target agree."""
    [by_position] = [one for one in target["selector"] if one["type"] == "TextPositionSelector"]
    [by_quote] = [one for one in target["selector"] if one["type"] == "TextQuoteSelector"]
    assert position(by_position, text) == by_quote["exact"]
    places = quote(by_quote, text)
    assert places == [(by_position["start"], by_position["end"])]
    return places[0]
