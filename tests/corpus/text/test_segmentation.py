"""Where sentences end: a table of hard cases, and what holds for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.pipeline import BUNDLED
from corpus.passage import Span
from corpus.text.segmentation import sentences

# Every "|" is the end of a sentence; white space stays with the sentence before it.
CASES = [
    # titles of people
    "Mr. Keita met Mrs. Diallo and Dr. Touré. |They left.",
    "Gen. Camara spoke. |Col. Sow did not.",
    "The letter names Prof. Morris Tidball-Binz and Ms. Claudia Mahler.",
    "Lt. Col. Diarra and Sgt. Traoré were there. |So was Rev. Dembélé.",
    "He asked for Mme. Coulibaly. |She was away.",
    # initials
    "The book by J. K. Rowling sold well. |It was read.",
    "George W. Bush met A. A. Milne.",
    "Vitamin C. The body needs it.".replace("C. ", "C. |"),
    "Annex B. |It lists names.",
    "They cite J.A.D. McCurdy on this.",
    # dotted abbreviations of states and bodies
    "The U.N. Security Council met. |It voted.",
    "The U.S. Army trained them in the U.S. |The training ended.",
    "He lives in Washington, D.C. |He works there.",
    "A U.N.-backed mission left in 2023. |Nobody replaced it.",
    "The Ph.D. students wrote it. |She holds a Ph.D. |It took years.",
    "It is U.K. law.",
    # numbered things
    "Resolution No. 5 was adopted. |It binds.",
    "See Art. 3 and para. 4 of the report. |They apply.",
    "Cf. pp. 12–15 and fig. 2. |Both show it.",
    "It is in Vol. IV of the record. |Nobody read it.",
    "The answer was no. |They left.",
    "Under art. 5 (2) this is a crime. |It was tried.",
    "The file A/HRC/56/1. |The annex A/HRC/56/1/Add.1 follows.",
    "It refers to Add.1 Corrigendum and to No.12 Street.",
    # dates and times
    "On Jan. 2 they left. |On Jan. 4 they were found.",
    "It happened on 2 January. |The family waited.",
    "They came at 5 p.m. |Witnesses fled at 6 a.m. GMT on Sunday.",
    "The talks ended at 10 p.m. Monday.",
    "It began in Dec. 2024. |It went on.",
    "They left in Sept. |The rains had ended.",
    # numbers
    "It rose by 3.5 per cent. |Prices of 1.200,50 were seen.",
    "At least 12.5 million fled. |14 died.",
    "The total was $3.2 million. |$5 million was pledged.",
    "1. The experts met. |2. They left.",
    "(c) The right to life. |(d) The right to be heard.",
    "States must (a) inquire, (b) prosecute and (c) repair. |All must act.",
    "A. Legal framework",
    "IV. The findings are grave. |They are new.",
    "3.1. The group met twice. |It agreed.",
    # companies, streets and Latin
    "Acme Ltd. |The owner left.",
    "He sold it to Acme Inc. of Bamako. |It closed.",
    "Smith et al. (2020) found it. |Others did not.",
    "They took guns, cars, etc. |Then they left.",
    "They took weapons (guns, knives, etc.) and cars, i.e. everything. |Nothing was left.",
    "Use wells, e.g. Niono's. |They are deep.",
    "Mali vs. Niger was the match. |Mali won.",
    "They met in St. Petersburg. |It snowed.",
    # quotes
    "“Those responsible must face prosecution. |They must pay,” the experts emphasized. |Nobody answered.",
    "“… and wells,” the experts emphasized. |They left.",
    '"They must pay." |The experts left.',
    'He said "yes." |She said "no."',
    "“Stop!” the expert said. |No one stopped.",
    "“Who did it?” Mr. Keita asked. |Nobody knew.",
    '“Is it "false"?” the general asked.',
    "He called it “false.” |“It is true,” she said.",
    "She said: ‘They left.’ |Then she wept.",
    'The claims were "false" and "defamatory," he said. |They were not.',
    "Il a dit : « Non. » |Puis il est parti.",
    "« Où sont-ils ? » |Personne ne sait.",
    "Er sagte: „Nein.“ |Dann ging er.",
    # question and exclamation marks
    "Who did it?! |Nobody knows.",
    "Is it true? |It is! |They say so.",
    "They asked why? when it was clear.",
    "¿Quién fue? |¡Nadie! |¿Por qué?",
    # ellipses and omissions
    "They waited... |Nobody came.",
    "They waited… |Nobody came.",
    "The ... Malian army and the … Wagner group.",
    "The bodies were found. |[...] The car was burned [...] Mali denied it.",
    "He waited . . . and left.",
    "They were found [sic]. |They were dead.",
    # brackets
    "They left (nobody saw it). |The car burned.",
    "They left. |(Nobody saw it.) |The car burned.",
    "The army (known as FAMa.) denied it.",
    "They left (see above). |Then it rained.",
    # semicolons and colons do not end a sentence
    "Six men died; three women died; a child died: all were civilians. |None fought.",
    # missing blanks
    "They demand accountability.|The experts insist.",
    "They demand “accountability.”|The experts insist.",
    'They demand "accountability."|The experts insist.',
    "Is it so?|The experts doubt it.",
    "See www.Example.Com and README.Md at https://un.Org.Example/a.Txt today.",
    "Node.Js and Booking.Com are names. |Mr.Keita is a name.",
    # footnotes
    "Ten were killed.12 |The army denied it.",
    "Ten were killed.¹² |The army denied it.",
    "Ten were killed.[12] |The army denied it.[citation needed] |It went on.",
    "He said “yes.”3 |Then he left.",
    "Ten were killed.* |The army denied it.† |It went on.",
    "It is written there.:23–4 |The court agreed.",
    "The H.264 The format and the 3.12 Python are no ends.",
    # Markdown
    "**They left.** |*Nobody* saw it. |_All of it._ |Then it rained.",
    # lines
    "The report\nis wrapped here. |It goes\non. ",
    "Heading without a stop\n\n|The text begins.",
    "They demand:\n|- an inquiry\n|- a trial",
    "They demand:\n|- an inquiry;\n|- a trial.\n|Nobody answered.",
    "They demand:\n|• an inquiry\n|• a trial",
    "States shall:\n|(a) inquire;\n|(b) prosecute.",
    "1. The wells\n(all) of them were\n(the) dry ones. |They left.",
    "It is in article\n5. of the Covenant and in rule\n12) of the other.",
    "He stayed –\n– so they say – at home.",
    # other scripts
    "من فعل ذلك؟ |لا أحد يعرف. |انتهى.",
    "他们被发现。|谁干的？|没有人知道！",
    "他说：“他们死了。”|然后离开。",
    "वे मारे गए। |कोई नहीं जानता।",
    "Они ушли. |Никто не видел.",
    # what goes on in small letters
    "The company iRobot. inc. was small. |Nobody knew.",
    "approx. 12 people and ca. 5 cars",
    "in the U.S. “Patriot Act” of 2001",
    # small things
    "",
    "Mali",
    "...",
    ". ",
    "?! ",
    "Yes. ",
]


@pytest.mark.parametrize("marked", CASES)
def test_a_hard_case_is_split_where_the_bars_stand(marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == [part for part in marked.split("|") if part]


def test_the_bundled_report_has_the_sentences_that_a_person_counts() -> None:
    paragraph = (BUNDLED / "un-experts-mali-2025.txt").read_text("utf-8").split("\n")[6]
    assert [paragraph[start:end] for start, end in sentences(paragraph)] == [
        (
            "The UN experts demanded Malian authorities swiftly conduct independent, transparent, and impartial "
            "investigations in compliance with international human rights standards. "
        ),
        "“Those responsible, including any foreign military operatives involved, must face prosecution. ",
        (
            "Authorities must also institute measures to prevent future violations and ensure reparations for victims' "
            "families,” the experts emphasized."
        ),
    ]


def assert_tiles(text: str) -> None:
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    ends = [0, *(span.end for span in spans)]
    assert [span.start for span in spans] == ends[:-1]
    assert all(span.start < span.end for span in spans)


@given(st.text())
def test_sentences_tile_any_text(text: str) -> None:
    assert_tiles(text)


PIECES = st.sampled_from(
    [*'.!?…。؟"“”’()[]*-•\n \t»', "...", "\n\n", " The", " the", "12", "U.S.", "Mr.", "killed", "(a) ", "1. "]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_sentences_tile_what_looks_like_prose(text: str) -> None:
    assert_tiles(text)


@pytest.mark.parametrize(
    "piece", [".", " ", "\n", ". ", '."', "a.B", "(", "1. ", "\n- x", "a. b", "。", "[", ".[1]", "\n(", "\nx. ", ".1,"]
)
def test_a_hostile_text_takes_no_longer_than_its_length_asks_for(piece: str) -> None:
    """A quadratic step would take hours here, not a moment."""
    assert_tiles(piece * (300_000 // len(piece)))


def test_a_text_without_stops_is_one_sentence() -> None:
    assert sentences("no stops here") == (Span(0, 13),)
