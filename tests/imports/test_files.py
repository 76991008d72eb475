"""Files as they come: encodings, tables, JSON; what is read, and what is said of the rest."""

import codecs
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.imports import Sniffer, Unreadable, read, shape_of


def sniffed(content, size=7):
    sniffer = Sniffer()
    for start in range(0, len(content), size):
        sniffer.feed(content[start : start + size])
    return sniffer


def entries(content, format="articles"):  # noqa: A002
    if isinstance(content, str):
        content = content.encode()
    sniffer = sniffed(content)
    chunks = [content[start : start + 11] for start in range(0, len(content), 11)]
    return list(
        read(chunks, format=format, shape=shape_of(sniffer.start()), encoding=sniffer.encoding())
    )


def faults(found):
    return [(one.line, one.column, one.code) for entry in found for one in entry.faults]


class TestSniffer:
    TEXT = "titre;texte\nÉté;L’été à Évian, déjà très cher, a été gâché.\n" * 3

    @pytest.mark.parametrize(
        ("content", "encoding"),
        [
            (TEXT.encode(), "utf-8"),
            (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
            (b"only ascii", "utf-8"),
            (TEXT.encode("utf-16"), "utf-16"),
            (TEXT.encode("utf-16-le"), "utf-16-le"),
            (TEXT.encode("utf-16-be"), "utf-16-be"),
            (TEXT.encode("windows-1252"), "windows-1252"),
            ((TEXT * 20).encode() + "é".encode("windows-1252"), "utf-8"),
        ],
    )
    def test_names_the_encoding(self, content, encoding):
        assert sniffed(content).encoding() == encoding

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
    def test_reads_the_same_text_whatever_it_was(self, encoding):
        [first, *_more] = entries(self.TEXT.encode(encoding))

        assert first.fields["title"] == "Été"
        assert first.fields["text"] == "L’été à Évian, déjà très cher, a été gâché."

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"PK\x03\x04....", "spreadsheet"),
            (b"%PDF-1.7", "not_text"),
            (b"a\x00\x00b", "not_text"),
        ],
    )
    def test_refuses_what_is_no_text(self, content, code):
        with pytest.raises(Unreadable) as caught:
            sniffed(content).encoding()

        assert caught.value.code == code

    @given(st.binary(max_size=200))
    @settings(max_examples=200, deadline=None)
    def test_never_fails_on_any_bytes(self, content):
        with suppress(Unreadable):
            entries(content)


class TestStrayBytes:
    def test_are_named_by_line_column_and_byte(self):
        content = 'titre;texte\nUn;Déjà été.\nDeux;"Première\nd'.encode() + b'\xe9j\xe0"\n'

        first, second = entries(content)

        assert first.faults == ()
        assert second.fields["text"] == "Première\ndéjà"
        [fault] = second.faults
        assert (fault.line, fault.column, fault.params["byte"]) == (4, "texte", "E9")
        assert fault.is_warning

    def test_in_json_lines_are_named_too(self):
        content = '{"text": "Déjà été là."}\n{"text": "caf'.encode() + b'\xe9"}\n'

        _first, second = entries(content)

        assert second.fields["text"] == "café"
        assert faults([second]) == [(2, "text", "read_as_windows_1252")]

    def test_that_mean_nothing_anywhere_keep_the_row_out(self):
        [entry] = entries("titre;texte\nÉté é;Très été".encode() + b" \x81\n")

        assert entry.is_refused
        assert faults([entry]) == [(2, "texte", "undecodable")]


class TestTables:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_are_cut_by_any_delimiter(self, delimiter):
        [entry] = entries(delimiter.join(["titre", "texte"]) + "\n" + delimiter.join(["A", "B"]))

        assert entry.fields == {"title": "A", "text": "B"}

    def test_may_say_their_delimiter_first(self):
        [entry] = entries("sep=;\ntitre;texte\nA, puis;B")

        assert (entry.line, entry.fields) == (3, {"title": "A, puis", "text": "B"})

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_count_lines_through_quoted_line_breaks(self, end):
        table = end.join(["titre,texte", f'A,"un{end}deux{end}trois"', "", 'B,"x ""y"" z"', "C,"])

        found = entries(table)

        assert [entry.line for entry in found] == [2, 6, 7]
        assert found[0].fields["text"] == f"un{end}deux{end}trois"
        assert found[1].fields["text"] == 'x "y" z'
        assert faults(found) == [(7, "texte", "empty")]

    @pytest.mark.parametrize(
        "header",
        [
            "title,text,language,author,media,link,published_at",
            "Titre,Texte,Langue,Auteur,Média,Lien,Date de publication",
            '"TITRE ","Corps",lang,Byline,journal,URL,date',
        ],
    )
    def test_may_name_their_columns_in_french_or_english(self, header):
        [entry] = entries(f"{header}\nA,B,fr,Moi,La Gazette,https://a.example,2024-11-26")

        assert set(entry.fields) == {
            *("title", "text", "language", "byline", "source", "source_url", "published_at"),
        }
        assert entry.faults == ()

    def test_name_columns_from_which_nothing_is_taken_once(self):
        found = entries("id,texte,couleur,text\n1,A,bleu,\n2,B,vert,")

        assert faults(found) == [(1, "couleur", "column_unknown"), (1, "text", "column_twice")]
        assert not any(entry.is_refused for entry in found)

    def test_refuse_a_row_with_more_cells_than_the_header(self):
        _first, second = entries("titre,texte\nA,B\nA,B,C,D")

        assert second.is_refused
        assert second.faults[0].params == {"found": 4, "expected": 2}

    def test_go_on_after_a_row_whose_quotes_do_not_match(self):
        found = entries('titre,texte\nA,"B" C\nD,E\n')

        assert faults(found) == [(2, "", "broken_quotes")]
        assert found[1].fields == {"title": "D", "text": "E"}

    def test_say_where_a_quote_was_opened_that_never_closes(self):
        found = entries('titre,texte\nA,B\nC,"D\nE,F\n')

        assert faults(found) == [(3, "", "broken_quotes")]

    def test_need_a_column_of_texts(self):
        with pytest.raises(Unreadable) as caught:
            entries("titre,chapeau\nA,B")

        assert (caught.value.code, caught.value.params) == (
            "no_text_column",
            {"found": "titre, chapeau"},
        )


class TestDates:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("2024-11-26", "2024-11-26T00:00:00"),
            ("2024-11-26T18:00:00+01:00", "2024-11-26T18:00:00+01:00"),
            ("2024-11-26 18:00", "2024-11-26T18:00:00"),
            ("2024-11-26T18:00:00Z", "2024-11-26T18:00:00+00:00"),
            ("26/11/2024", "2024-11-26T00:00:00"),
            ("11/26/2024", "2024-11-26T00:00:00"),
            ("26.11.2024 18:05", "2024-11-26T18:05:00"),
            ("26 novembre 2024", "2024-11-26T00:00:00"),
            ("1er août 2024 à 9h30", "2024-08-01T09:30:00"),
            ("November 26, 2024", "2024-11-26T00:00:00"),
            ("26 Nov 2024", "2024-11-26T00:00:00"),
        ],
    )
    def test_are_read_as_newsrooms_write_them(self, written, meant):
        [entry] = entries(f"texte;date\nA;{written}")

        assert entry.fields["published_at"].isoformat() == meant
        assert entry.faults == ()

    @pytest.mark.parametrize("written", ["hier", "2024-13-01", "31/02/2024", "26 nivôse 2024"])
    def test_are_refused_where_they_are_none(self, written):
        [entry] = entries(f"texte;date\nA;{written}")

        assert (entry.is_refused, faults([entry])) == (True, [(2, "date", "not_a_date")])

    def test_that_can_be_read_two_ways_are_taken_day_first_and_say_so(self):
        [entry] = entries("texte;date\nA;03/04/2024")

        assert entry.fields["published_at"].isoformat() == "2024-04-03T00:00:00"
        assert faults([entry]) == [(2, "date", "day_first")]
        assert not entry.is_refused


class TestJson:
    def test_lines_go_on_after_a_broken_one(self):
        found = entries('{"text": "A"}\n{"text": \n\n"B"\n{"text": "C"}\n')

        assert [entry.fields.get("text") for entry in found] == ["A", None, None, "C"]
        assert faults(found) == [(2, "", "not_json"), (4, "", "not_an_object")]

    def test_lists_tell_the_line_of_each_value(self):
        content = json.dumps([{"text": "A"}, {"texte": "B", "titre": None}, 3], indent=1)

        found = entries(content)

        assert [entry.line for entry in found] == [2, 5, 9]
        assert faults(found) == [(9, "", "not_an_object")]

    def test_lists_that_break_off_give_what_was_whole(self):
        found = entries('[{"text": "A"},\n{"text": "B')

        assert found[0].fields == {"text": "A"}
        assert faults(found) == [(2, "", "not_json")]

    def test_lists_are_read_value_by_value_from_any_chunks(self):
        content = json.dumps([{"text": "é" * n} for n in range(1, 60)], ensure_ascii=False)

        assert [len(entry.fields["text"]) for entry in entries(content)] == [*range(1, 60)]

    @given(
        st.lists(
            st.dictionaries(
                st.sampled_from(["title", "text", "url", "x"]),
                st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
                min_size=1,
            ),
            min_size=1,
            max_size=8,
        ),
        st.sampled_from([None, 1, 4]),
        st.booleans(),
    )
    @settings(max_examples=100, deadline=None)
    def test_lists_and_lines_say_the_same(self, rows, indent, is_ascii):
        as_list = json.dumps(rows, indent=indent, ensure_ascii=is_ascii)
        as_lines = "\n".join(json.dumps(row, ensure_ascii=is_ascii) for row in rows)

        of_list = [entry.fields for entry in entries(as_list)]
        of_lines = [entry.fields for entry in entries(as_lines)]

        assert of_list == of_lines


class TestMemory:
    def test_does_not_grow_with_the_file(self):
        """Rows come before the file has been read to its end."""
        taken = []

        def chunks():
            yield b"texte\n"
            for n in range(1_000_000):
                taken.append(n)
                yield b"Une phrase qui revient.\n" * 1_000

        found = read(chunks(), format="articles", shape="csv", encoding="utf-8")
        for _n in range(50_000):
            next(found)

        assert len(taken) < 100


class TestDepth:
    @pytest.mark.parametrize("depth", [101, 900])
    @pytest.mark.parametrize("format", ["articles", "claimreview", "doccano", "labelstudio"])
    def test_of_a_row_is_bounded(self, format, depth):  # noqa: A002
        deep = "[" * depth + '"é"' + "]" * depth

        found = entries(f'{{"text": "A", "x": 1}}\n{{"x": {deep}}}\n', format)

        assert found[-1].is_refused
        assert faults(found[-1:]) == [(2, "", "too_deep")]

    def test_of_lists_in_a_list_is_no_header(self):
        found = entries("[[1, 2], [3]]")

        assert [code for _line, _column, code in faults(found)] == ["not_an_object"] * 2
