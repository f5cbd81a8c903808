"""Blocks to numbered passages: kinds by rule, parts of long paragraphs, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parsing.split import PASSAGE_LIMIT, split
from corpus.passage import Kind, Passage
from corpus.readers import READERS
from corpus.text.segmentation import sentences


def passages(text: str, title: str = "Title", suffix: str = ".txt") -> tuple[Passage, ...]:
    return split(READERS[suffix].read(text.encode()), "report", title)


def outline(text: str, title: str = "Title", suffix: str = ".txt") -> list[tuple[str, str]]:
    return [(passage.locator.label, passage.text) for passage in passages(text, title, suffix)]


def test_body_paragraphs_are_numbered_from_one_and_the_title_is_none() -> None:
    found = passages("Title\n\nThe first paragraph.\n\nThe second one.")
    assert [(p.id, p.kind, p.locator.paragraph, p.locator.part, p.text, p.tail) for p in found] == [
        ("report:title", Kind.TITLE, None, None, "Title", "\n\n"),
        ("report:1", Kind.BODY, 1, None, "The first paragraph.", "\n\n"),
        ("report:2", Kind.BODY, 2, None, "The second one.", ""),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("UN  Experts\ncondemn\n\nThe text.", "UN experts condemn"),
        ("**UN Experts Condemn**\n\nThe text.", "UN Experts Condemn"),
        ("UN Experts Condemn\n==================\n\nThe text.", "UN Experts Condemn"),
    ],
)
def test_a_title_is_recognised_across_lines_marks_and_case(text: str, title: str) -> None:
    assert [passage.kind for passage in passages(text, title)] == [Kind.TITLE, Kind.BODY]


def test_a_first_line_that_is_not_the_title_is_body_text() -> None:
    assert [label for label, _ in outline("Another line\n\nThe text.", "Title")] == ["1", "2"]


def test_the_title_counts_only_where_the_document_begins() -> None:
    assert [label for label, _ in outline("The text.\n\nTitle\n\nMore text.")] == ["1", "heading-1", "2"]


SENTENCE = "Witnesses reported that the vehicle was stopped by a patrol."


@pytest.mark.parametrize(
    ("deck", "body"),
    [
        (SENTENCE, f"{SENTENCE} Families lost contact."),
        (SENTENCE, f"Families lost contact. {SENTENCE} Nothing was left."),
        ("Witnesses reported that the vehicle was stopped…", f"{SENTENCE} Families lost contact."),
        (f"*{SENTENCE}*", f"{SENTENCE} Families lost contact."),
    ],
)
def test_a_line_under_the_title_that_the_body_repeats_is_a_deck(deck: str, body: str) -> None:
    assert outline(f"Title\n\n{deck}\n\n{body}\n\nThe end.") == [
        ("title", "Title"),
        ("deck", deck),
        ("1", body),
        ("2", "The end."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Nothing in the body repeats this line, so it must stay.",
        "Families lost contact.",  # too short to be more than chance
        "that the vehicle was stopped by a patrol.",  # a piece of a sentence
    ],
)
def test_a_line_under_the_title_that_says_something_of_its_own_is_body_text(line: str) -> None:
    found = outline(f"Title\n\n{line}\n\n{SENTENCE} Families lost contact.\n\nThe end.")
    assert [label for label, _ in found] == ["title", "1", "2", "3"]


def test_a_repeated_sentence_further_down_is_body_text() -> None:
    found = outline(f"Title\n\nThe text.\n\n{SENTENCE}\n\n{SENTENCE} Families lost contact.")
    assert [label for label, _ in found] == ["title", "1", "2", "3"]


@pytest.mark.parametrize(
    "links",
    [
        ["- READ MORE ON:", "- Mali"],
        ["Read more on:", "Mali", "UN experts", "Wagner group"],
        ["READ MORE", "https://example.org/mali"],
        ["Also read: Mali denies the claims"],
        ["See also", "Who is the Wagner group?"],
        ["Related articles", "Mali denies the claims"],
        ["Related: Mali, Wagner group"],
        ["Tags: Mali, war crimes"],
        ["Share this", "Follow us on Twitter"],
        ["https://example.org/a", "<https://example.org/b>, www.example.org"],
    ],
)
def test_lists_of_links_are_kept_apart(links: list[str]) -> None:
    found = outline("\n\n".join(["Title", "The first paragraph.", "The second paragraph.", "The third.", *links]))
    assert found[4:] == [(f"links-{number}", text) for number, text in enumerate(links, start=1)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Related crimes were reported in Niono, where the army burned houses.",
        "Share this, the experts said, with the families of the victims.",
        "Read more carefully, the letter says the opposite.",
        "Topics such as reparations were left out.",
        "See also the report of the Group of Experts (A/HRC/56/1), which found the same.",
        "Related: the court held in 2023 that the state had to pay, and that it had paid too little until then.",
        "The experts wrote to https://example.org/ and waited.",
        "- The army must leave",
    ],
)
def test_what_only_begins_like_a_list_of_links_is_body_text(paragraph: str) -> None:
    found = passages(f"Title\n\nThe first paragraph.\n\n{paragraph}\n\nThe last one.")
    assert [passage.kind for passage in found] == [Kind.TITLE, Kind.BODY, Kind.BODY, Kind.BODY]


def test_body_text_goes_on_after_links_that_stand_in_its_middle() -> None:
    text = "Title\n\nThe first paragraph.\n\nRead also:\n\nMali denies the claims\n\nThe experts insisted."
    assert [label for label, _ in outline(text)] == ["title", "1", "links-1", "links-2", "2"]


def test_markdown_links_and_headings_of_link_lists_are_links() -> None:
    links = "- [Mali](https://example.org/mali)\n- Wagner\n\n[UN]: https://un.example"
    assert outline(f"# Title\n\nThe text.\n\n## Related articles\n\n{links}", suffix=".md") == [
        ("title", "# Title"),
        ("1", "The text."),
        ("links-1", "## Related articles"),
        ("links-2", "- [Mali](https://example.org/mali)"),
        ("links-3", "- Wagner"),
        ("links-4", "[UN]: https://un.example"),
    ]


def test_a_heading_ends_a_list_of_links() -> None:
    text = "# Title\n\nOne.\n\nRead more:\n\nMali\n\n## Findings\n\nTwo."
    assert [label for label, _ in outline(text, suffix=".md")] == ["title", "1", "links-1", "links-2", "heading-1", "2"]


def test_headings_become_the_section_of_what_stands_under_them() -> None:
    text = "# Title\n\nLead.\n\n## The *execution*\n\nOne.\n\n### Graves\n\nTwo.\n\n## Demands\n\nThree."
    assert [(p.locator.label, p.locator.section) for p in passages(text, suffix=".md")] == [
        ("title", None),
        ("1", None),
        ("heading-1", None),
        ("2", "The execution"),
        ("heading-2", None),
        ("3", "Graves"),
        ("heading-3", None),
        ("4", "Demands"),
    ]


def test_ornaments_front_matter_and_comments_are_furniture() -> None:
    text = "---\na: b\n---\n\n# Title\n\nOne.\n\n* * *\n\n<!-- draft -->\n\nTwo."
    assert [(p.locator.label, p.kind) for p in passages(text, suffix=".md")] == [
        ("furniture-1", Kind.FURNITURE),
        ("title", Kind.TITLE),
        ("1", Kind.BODY),
        ("furniture-2", Kind.FURNITURE),
        ("furniture-3", Kind.FURNITURE),
        ("2", Kind.BODY),
    ]


def test_pages_stand_in_the_locator() -> None:
    found = passages("Title\n\nOne.\n\n\fTwo.")
    assert [(p.locator.label, p.locator.page) for p in found] == [("title", 1), ("1", 1), ("2", 2)]


def test_a_long_paragraph_is_cut_at_sentence_ends_into_parts_of_about_one_length() -> None:
    long = " ".join(f"This is sentence number {number:03} of a paragraph that is far too long." for number in range(70))
    found = passages(f"Title\n\nShort.\n\n{long}\n\nShort again.")
    assert [(p.locator.label, p.locator.paragraph, p.locator.part, len(p.text)) for p in found] == [
        ("title", None, None, 5),
        ("1", 1, None, 6),
        ("2.1", 2, 1, 1494),
        ("2.2", 2, 2, 1494),
        ("2.3", 2, 3, 1559),
        ("3", 3, None, 12),
    ]
    assert all(part.text.startswith("This is sentence") and part.text.endswith("too long.") for part in found[2:5])


def test_a_paragraph_of_the_limit_stays_whole() -> None:
    paragraph = ("A" * 99 + ". ") * (PASSAGE_LIMIT // 101)
    paragraph += "B" * (PASSAGE_LIMIT - len(paragraph))
    assert [len(p.text) for p in passages(f"Title\n\n{paragraph}")] == [5, PASSAGE_LIMIT]
    assert [p.locator.label for p in passages(f"Title\n\n{paragraph}C")] == ["title", "1.1", "1.2"]


def test_a_long_sentence_stays_whole_and_a_monstrous_one_is_cut_at_blanks() -> None:
    assert [len(p.text) for p in passages("Title\n\n" + "word " * 500 + "end.")] == [5, 2504]
    found = passages("Title\n\n" + "word " * 1000 + "end.")
    assert [(p.locator.label, len(p.text)) for p in found[1:]] == [("1.1", 2499), ("1.2", 2504)]


def test_a_monstrous_gap_is_no_part() -> None:
    found = passages("Title\n\nIt begins" + " " * 9000 + "and ends.")
    assert [(p.locator.label, p.text, len(p.tail)) for p in found[1:]] == [
        ("1.1", "It begins", 9000),
        ("1.2", "and ends.", 0),
    ]


def test_a_monstrous_word_is_cut_all_the_same() -> None:
    assert [len(p.text) for p in passages("Title\n\n" + "x" * 4000)] == [5, 1333, 2667]


PIECES = st.sampled_from(
    [
        *(
            "Title",
            "The army came. ",
            "It burned the car. ",
            "Mr. ",
            "word ",
            "INTRO",
            "x" * 700,
            " " * 1700,
            "?",
            "…",
            "“",
            "”",
        ),
        *("\n", "\n\n", " \n \n", "\n- ", "\f", "\u2028", "# ", "---\n", "* * *", "<!-- c -->"),
        *("READ MORE ON:", "https://a.b/c", "。", "他们死了"),
    ]
)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".markdown"])
@given(text=st.lists(PIECES, max_size=80).map("".join), title=st.sampled_from(["Title", "The army came."]))
def test_passages_tile_the_text_and_sentences_tile_the_passages(suffix: str, text: str, title: str) -> None:
    document = READERS[suffix].read(("x" + text).encode())
    found = split(document, "report", title)
    assert "".join(passage.text + passage.tail for passage in found) == document.text
    assert len({passage.id for passage in found}) == len(found)
    for passage in found:
        assert passage.text
        assert passage.text == passage.text.strip()
        assert not passage.tail.strip()
        assert "".join(map(passage.cut, passage.sentences)) == passage.text
        assert passage.sentences == sentences(passage.text)
    numbers = list(dict.fromkeys(passage.locator.paragraph for passage in found if passage.kind is Kind.BODY))
    assert numbers == list(range(1, len(numbers) + 1))


def test_figures_without_a_word_are_no_paragraph() -> None:
    found = passages("Wells of Maro\n\nNine wells were drilled.\n\n90 1 300 80 1 100\n\nTwo of them were dry.\n")
    assert [(one.kind, one.text) for one in found if one.kind is Kind.FURNITURE] == [
        (Kind.FURNITURE, "90 1 300 80 1 100")
    ]
