"""A timeline: dated sentences in the order of events, each with how its date is known; words of the report alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.passage import Kind
from corpus.report import Report
from retrieval.overview.dating import Moment
from retrieval.overview.timeline import Event, timeline
from retrieval.overview.years import Reading
from tests.builders import passage, report
from tests.golden.test_summaries import REPORTS

Told = tuple[str, str, tuple[int | None, int | None, int | None] | None]


def told(event: Event) -> Told:
    return event.said, event.reading.value, event.moment and tuple(event.moment)  # type: ignore[return-value]  # of three


def events(*paragraphs: str, date: dt.date | None = None, language: str = "en") -> list[Told]:
    return [told(event) for event in timeline(report(*paragraphs, date=date, language=language), "e").events]


@pytest.mark.parametrize(
    ("text", "said", "moment"),
    [
        ("It fell on 2 January 2025.", "2 January 2025", (2025, 1, 2)),
        ("It fell on January 2, 2025.", "January 2, 2025", (2025, 1, 2)),
        ("Between January 2 and 4, 2025, it fell.", "January 2 and 4, 2025", (2025, 1, 2)),
        ("Between 2 and 4 January 2025 it fell.", "2 and 4 January 2025", (2025, 1, 2)),
        ("It fell on 2–4 January 2025.", "2–4 January 2025", (2025, 1, 2)),
        ("It fell on the 3rd of May 2024.", "3rd of May 2024", (2024, 5, 3)),
        ("It fell in May 2024.", "May 2024", (2024, 5, None)),
        ("It fell in March and April 2011.", "March and April 2011", (2011, 3, None)),
        ("From 28 December to 3 January 2020 it fell.", "28 December to 3 January 2020", (2019, 12, 28)),
        ("It was built in 1961 for 700 people.", "1961", (1961, None, None)),
        ("It fell on 2025-01-02.", "2025-01-02", (2025, 1, 2)),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, said: str, moment: tuple[int, int | None, int | None]) -> None:
    assert events(text) == [(said, "written", moment)]


@pytest.mark.parametrize(
    ("text", "said", "moment"),
    [
        ("Il a cédé le 1er mars 2024.", "1er mars 2024", (2024, 3, 1)),
        ("Cela dura du 2 au 4 janvier 2025.", "2 au 4 janvier 2025", (2025, 1, 2)),
        ("La loi fut adoptée en août 2024.", "août 2024", (2024, 8, None)),
        ("Cela dura du 2 mars au 4 avril 2011.", "2 mars au 4 avril 2011", (2011, 3, 2)),
    ],
)
def test_a_french_date_is_read(text: str, said: str, moment: tuple[int, int | None, int | None]) -> None:
    assert events(text, language="fr") == [(said, "written", moment)]


@pytest.mark.parametrize(
    "text",
    ["It may rain.", "They march on.", "There were 1500 people.", "The path was 2 km long.", "He was told to go."],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert events(text) == []


def test_a_day_before_a_comma_counts_nothing() -> None:
    assert events("They came on May 6, setting it on fire.") == [("May 6", "unknown", (None, 5, 6))]
    assert events("There in May 6 people fled.") == [("May", "unknown", (None, 5, None))]


def test_a_number_with_a_blank_is_no_year() -> None:
    assert events("Il y a eu 1 530 cas en tout, contre 1 214 avant.", language="fr") == []


def test_a_date_without_a_year_takes_that_of_the_whole_date_shortly_before_it() -> None:
    found = events("It began on 5 May 2019. It ended on 7 May.", date=dt.date(2024, 6, 1))
    assert found == [("5 May 2019", "written", (2019, 5, 5)), ("7 May", "inferred", (2019, 5, 7))]


def test_else_it_takes_the_year_of_the_report() -> None:
    far = [f"Nothing was seen in place {n}." for n in "abc"]
    found = events("It began on 5 May 2019.", *far, "It ended on 7 May.", date=dt.date(2024, 6, 1))
    assert found[-1] == ("7 May", "inferred", (2024, 5, 7))


def test_where_no_year_is_told_none_is_invented() -> None:
    assert events("It fell on 7 May.", "It was built in 1961.") == [
        ("1961", "written", (1961, None, None)),
        ("7 May", "unknown", (None, 5, 7)),
    ]


def test_a_sentence_stands_at_its_first_date_and_equal_dates_in_the_order_of_the_text() -> None:
    found = events("It fell on 3 May 2024 and rose on 1 May 2024. It sank on 2 May 2024. They met on 3 May 2024.")
    assert [said for said, _, _ in found] == ["2 May 2024", "3 May 2024", "3 May 2024"]


def test_a_sentence_that_leans_on_another_stands_that_far_behind_it_and_is_marked() -> None:
    found = events(
        "On 9 May 2024 they met.", "On 2 May 2024 it fell. Two days later, it was found.", "It rose on 3 May 2024."
    )
    assert found == [
        ("2 May 2024", "written", (2024, 5, 2)),
        ("3 May 2024", "written", (2024, 5, 3)),
        ("Two days later", "later", None),
        ("9 May 2024", "written", (2024, 5, 9)),
    ]


def test_a_sentence_about_the_time_before_stands_before_what_it_leans_on() -> None:
    found = events("On 2 May 2024 it fell. Some days earlier, it had shaken.")
    assert [reading for _, reading, _ in found] == ["earlier", "written"]


@pytest.mark.parametrize(
    ("leaning", "order", "language"),
    [
        ("The next day it rose.", ["2 May", "The next day", "4 May"], "en"),
        ("A week later it rose.", ["2 May", "4 May", "A week later"], "en"),
        ("Some days later it rose.", ["2 May", "Some days later", "4 May"], "en"),
        ("Three days earlier, it rose.", ["Three days earlier", "1 May", "2 May", "4 May"], "en"),
        ("Le lendemain, il a plu.", ["2 mai", "Le lendemain", "4 mai"], "fr"),
        ("Trois jours plus tard, il a plu.", ["2 mai", "4 mai", "Trois jours plus tard"], "fr"),
        ("Trois jours plus tôt, il a plu.", ["Trois jours plus tôt", "1er mai", "2 mai", "4 mai"], "fr"),
    ],
)
def test_how_far_a_sentence_leans_says_where_it_stands(leaning: str, order: list[str], language: str) -> None:
    """Also where no year is told."""
    days = ("It fell on 2 May.", "It sank on 4 May.", "It shook on 1 May.")
    if language == "fr":
        days = ("Il est tombé le 2 mai.", "Il a coulé le 4 mai.", "Il a tremblé le 1er mai.")
    found = [said for said, _, _ in events(f"{days[0]} {leaning}", *days[1:], language=language)]
    assert [said for said in found if said in order] == order
    assert len(found) == 4


def test_a_sentence_that_stands_apart_from_what_it_leans_on_says_which_day_that_is() -> None:
    found = by_day("On 2 May 2024 it fell. Two days later, it was found.", "It rose on 3 May 2024.")
    assert found == [("2 May 2024", None), ("3 May 2024", None), ("Two days later", Moment(2024, 5, 2))]


def test_hours_lean_on_an_hour_and_years_on_any_date() -> None:
    text = "On 29 April he rang at 1.12 a.m. in vain.", "The court, which opens on 9 September, is asked why."
    found = by_day(*text, "His mother was told, eleven hours later.")
    assert found == [("29 April", None), ("eleven hours later", None), ("9 September", None)]
    found = by_day("In 1974 it was dug.", "Nobody was told on 9 October 1990.", "It was told eleven years later.")
    assert [said for said, _ in found] == ["1974", "9 October 1990", "eleven years later"]
    found = by_day("On 9 October 1990 it fell.", "In 1974 it was dug.", "It was closed eleven years later.")
    assert [said for said, _ in found] == ["1974", "eleven years later", "9 October 1990"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two days before the raid a patrol was ambushed.", "en"),
        ("The day after the raid it rained.", "en"),
        ("Deux jours avant le raid, il a plu.", "fr"),
        ("La veille du scrutin, il a plu.", "fr"),
    ],
)
def test_what_says_when_by_an_event_that_it_names_leans_on_no_day(text: str, language: str) -> None:
    day = {"en": "It fell on 2 May 2024.", "fr": "Il est tombé le 2 mai 2024."}[language]
    assert len(events(f"{day} {text}", language=language)) == 1


def test_nothing_leans_on_a_bound_or_on_nothing() -> None:
    assert [
        said for said, _, _ in events("Two days later it fell. It has stood since 2 May 2024. Hours later it fell.")
    ] == ["2 May 2024"]


def test_an_hour_that_opens_a_sentence_leans_on_the_day_before_it() -> None:
    found = events("It sailed on 22 August 2024.", "17.15. The gale came.", "4.12 The State did not.")
    assert found == [("22 August 2024", "written", (2024, 8, 22)), ("17.15", "later", None)]


def by_day(*paragraphs: str, title: str = "A report", language: str = "en") -> list[tuple[str, Moment | None]]:
    found = timeline(report(*paragraphs, title=title, language=language), "e").events
    return [(event.said, event.by) for event in found]


def test_hours_are_of_the_day_told_before_them_and_not_of_one_told_among_them() -> None:
    hours = "17.30. The burials begin. It was filmed on 2 March.", "18.10. The last one ends."
    assert by_day(*hours, title="Maro market, 3 April") == [
        ("2 March", None),
        ("17.30", Moment(None, 4, 3)),
        ("18.10", Moment(None, 4, 3)),
    ]
    assert by_day("4 April. The road is closed.", "06.30. It opens.")[1:] == [("06.30", Moment(None, 4, 4))]
    assert by_day("Le 4 avril, la route est fermée.", "06.30. Elle rouvre.", language="fr")[1:] == [
        ("06.30", Moment(None, 4, 4))
    ]


def test_hours_of_a_day_that_is_not_told_have_none() -> None:
    assert by_day("On 4 April it fell. The next day it rose.", "06.30. It fell.")[2:] == [("06.30", None)]


def test_what_leans_on_a_day_that_is_not_shown_says_which() -> None:
    assert by_day("Two days later it rose.", title="Floods of 3 April") == [("Two days later", Moment(None, 4, 3))]


@pytest.mark.parametrize(
    ("text", "shown", "language"),
    [
        ("4 April. The road is closed. It rains.", "4 April. The road is closed.", "en"),
        ("5 April 2024, 6.40 a.m. The road opens.", "5 April 2024, 6.40 a.m. The road opens.", "en"),
        (
            "On Monday, 5 April. “It rains. It pours,” he said.",
            "On Monday, 5 April. “It rains. It pours,” he said.",
            "en",
        ),
        ("4 avril. La route est fermée. Il pleut.", "4 avril. La route est fermée.", "fr"),
        ("It was on 4 April. The road is closed.", "It was on 4 April.", "en"),
    ],
)
def test_a_date_alone_is_shown_with_what_happened(text: str, shown: str, language: str) -> None:
    assert [event.excerpt.text for event in timeline(report(text, language=language), "e").events] == [shown]


def test_a_date_alone_that_nothing_follows_is_not_shown_but_leant_on() -> None:
    assert by_day("4 April.", "Two days later it rose.") == [("Two days later", Moment(None, 4, 4))]


def test_dates_of_no_known_year_stand_around_the_first() -> None:
    """An officer who failed a test in December did so before he shot in March, and the hearing in June comes after."""
    found = events("On 6 March he shot.", "The court meets on 3 June.", "He had failed in December.")
    assert [said for said, _, _ in found] == ["December", "6 March", "3 June"]
    found = events("On 9 November he shot.", "The court meets on 18 February.", "He had failed in July.")
    assert [said for said, _, _ in found] == ["July", "9 November", "18 February"]


def test_what_is_still_to_come_lies_ahead() -> None:
    found = events("On 16 January the wall fell.", "The last report is expected in November.")
    assert [said for said, _, _ in found] == ["16 January", "November"]
    found = events("On 16 June the wall fell.", "The court will meet in March.")
    assert [said for said, _, _ in found] == ["16 June", "March"]
    found = events("Le 16 juin, le mur est tombé.", "Le rapport est attendu en mars.", language="fr")
    assert [said for said, _, _ in found] == ["16 juin", "mars"]
    assert events("It will meet on 20 January.", date=dt.date(2024, 12, 15))[0][2] == (2025, 1, 20)
    assert events("It will meet on 20 December.", date=dt.date(2024, 3, 15))[0][2] == (2024, 12, 20)


def test_a_year_is_inferred_over_the_end_of_one() -> None:
    assert events("It fell on 28 December 2019. It rose on 3 January.")[1] == ("3 January", "inferred", (2020, 1, 3))
    assert events("It fell on 3 January 2020. It had risen on 28 December.")[0][2] == (2019, 12, 28)
    assert events("It rose on 20 December.", date=dt.date(2025, 3, 15)) == [("20 December", "inferred", (2024, 12, 20))]
    assert events("It rose in October.", date=dt.date(2025, 3, 15)) == [("October", "inferred", (2024, 10, None))]
    assert events("It rose on 2 October.", date=dt.date(2025, 3, 15)) == [("2 October", "inferred", (2024, 10, 2))]
    assert events("It meets on 20 June.", date=dt.date(2025, 3, 15)) == [("20 June", "inferred", (2025, 6, 20))]


def test_no_year_is_inferred_from_a_whole_date_far_before() -> None:
    assert events("It fell on 5 May 2019.", "A.", "B.", "C.", "It rose on 7 May.")[-1] == (
        "7 May",
        "unknown",
        (None, 5, 7),
    )


def test_a_day_of_no_told_year_stands_behind_the_last_whole_date_before_it() -> None:
    far = ("A.", "B.", "C.")
    found = events("It fell on 5 May 2019.", *far, "It rose on 7 May.", "It was closed in 2021.")
    assert [said for said, _, _ in found] == ["5 May 2019", "7 May", "2021"]


def test_an_inferred_year_counts_for_those_after_it() -> None:
    far = ("A.", "B.", "C.")
    found = events(
        "It sailed on 8 May 2019.", "It fell on 10 May.", *far, "It will sail on 3 June.", "It rose on 11 May."
    )
    assert [said for said, _, _ in found] == ["8 May 2019", "10 May", "11 May", "3 June"]


def test_else_it_stands_behind_what_is_told_as_past_and_before_what_is_to_come() -> None:
    found = events(
        "It fell on 5 May.",
        "It was dug in 1974.",
        "It should be closed by 2028.",
        "The next report is due on 15 October 2030.",
        "It shook in March.",
        "The court will meet on 3 June.",
    )
    assert [said for said, _, _ in found] == ["1974", "March", "5 May", "3 June", "2028", "15 October 2030"]
    found = events("Il est tombé le 5 mai.", "Il fut creusé en 1974.", "Il sera fermé d'ici à 2028.", language="fr")
    assert [said for said, _, _ in found] == ["1974", "5 mai", "2028"]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("GENEVA (14 March 2025) – The experts spoke.", "en"),
        ("DOLMAR, Zerania, 14 March 2025 (Coast Agency) - The experts spoke.", "en"),
        ("GENÈVE (14 mars 2025) – Les experts ont parlé.", "fr"),
        ("Sarlonne, le 14 mars 2025. – Les experts ont parlé.", "fr"),
        ("Le 14 mars 2025 – Les experts ont parlé.", "fr"),
    ],
)
def test_a_report_is_of_the_day_in_its_dateline(line: str, language: str) -> None:
    far = ("A.", "B.", "C.")
    told = {"en": "It fell on 2 February.", "fr": "Il est tombé le 2 février."}[language]
    assert [moment for _, _, moment in events(line, *far, told, language=language)] == [(2025, 2, 2), (2025, 3, 14)]


def test_what_is_to_come_takes_no_year_that_is_past() -> None:
    text = "Issued on 27 June 2025. It fell on 16 August 2020. It will be heard on 15 October."
    assert ("15 October", "unknown", (None, 10, 15)) in events(text)
    text = "It fell on 16 August 2020. Issued on 27 June 2025. It will be heard on 15 October."
    assert ("15 October", "inferred", (2025, 10, 15)) in events(text)


def test_today_is_the_day_of_the_report_but_not_in_somebodys_words() -> None:
    texts = "The experts today said so.", "“Today it rained,” she said."
    assert events(*texts, date=dt.date(2025, 3, 15)) == [("today", "report", (2025, 3, 15))]
    assert events(*texts) == []


def test_the_timeline_of_the_bundled_report() -> None:
    found = timeline(ingest(BUNDLED).edition.reports[0], "e").events
    assert [told(event) for event in found] == [
        ("January 2 and 4, 2025", "written", (2025, 1, 2)),
        ("January 2", "inferred", (2025, 1, 2)),
        ("shortly thereafter", "later", None),
        ("Two days later", "later", None),
        ("today", "report", (2025, 3, 15)),
    ]


@pytest.mark.parametrize("of", REPORTS.values(), ids=lambda of: of.id)
def test_any_timeline_is_verbatim_and_in_order(of: Report) -> None:
    found = timeline(of, "e").events
    for event in found:
        passage = event.excerpt.passage
        assert event.excerpt.text == passage.text[slice(*event.excerpt.span)]
        assert event.said == passage.text[slice(*event.words)]
        assert event.excerpt.sentence.covers(event.words)
        assert (event.moment is None) is (event.reading in (Reading.LATER, Reading.EARLIER))
    ranks = [event.moment.rank for event in found if event.moment]
    assert ranks == sorted(ranks)
    assert timeline(of, "e").events == found


@given(
    st.lists(st.sampled_from(["2", "May", "2024", "later", "days", "January", "and", "–", "on", "1 530", "today", "."]))
)
def test_any_words_make_a_timeline(words: list[str]) -> None:
    for event in timeline(report(" ".join(["It", *words]), date=dt.date(2024, 5, 1)), "e").events:
        assert event.said in event.excerpt.text


def test_dates_that_are_less_exact_come_first() -> None:
    exact = [Moment(2024), Moment(2024, 5), Moment(2024, 5, 2), Moment(None, 1, 1)]
    assert sorted((exact[2], exact[0], exact[3], exact[1]), key=lambda moment: moment.rank) == exact


def test_a_heading_that_says_when_the_document_was_issued_is_dated_too() -> None:
    """Other headings are not: they tell of what stands below them."""
    passages = (
        passage("Issued by the Registrar of the Court on 7 October", kind=Kind.HEADING),
        passage("The night of 9 October", kind=Kind.HEADING),
        passage("It fell on 3 October.", 1),
    )
    found = timeline(Report("report", "A report", passages), "e")
    assert [event.said for event in found.events] == ["3 October", "7 October"]
