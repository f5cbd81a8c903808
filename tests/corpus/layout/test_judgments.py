"""Judgments of courts: the case is called by its parties, and what stands before the text is kept out of it."""

import pytest

from corpus.parsing.parse import Parsed, parse
from corpus.passage import Kind

TEXT = (
    "Introduction\n\n1. The wells of the town of Maro were closed by the board in June, and the owner asked the court "
    "to open them.\n\n2. The court heard both sides.\n\n3. The board closed nine wells.\n"
)

APPEAL = """\
Case No: B3/2021/0412

Neutral Citation Number: [2022] EWCA Civ 412

IN THE COURT OF APPEAL (CIVIL DIVISION)
ON APPEAL FROM THE COUNTY COURT AT MARO
Judge Ilic

Royal Courts of Justice
Strand, London, WC2A 2LL

Date: 12 May 2022

Before:

LORD JUSTICE BRANDT
and
LADY JUSTICE LUND
- - - - - - - - - - - - - - - - - - - - -

Between:

AWA TALL                                                     Appellant

- and -

THE WATER BOARD OF MARO                                      Respondent

- - - - - - - - - - - - - - - - - - - - -

Mr Ole Sow QC (instructed by Messrs Lund) for the Appellant

Ms Ada Keita (instructed by the board) for the Respondent

Hearing dates: 3 and 4 March 2022

- - - - - - - - - - - - - - - - - - - - -

APPROVED JUDGMENT

Lord Justice Brandt:

"""
SUPREME = """\
Easter Term
[2022] UKSC 12
On appeal from: [2020] EWCA Civ 1

JUDGMENT

Tall (Appellant) v Water Board of Maro (Respondent)

before

Lord Brandt, President
Lady Lund

JUDGMENT GIVEN ON

12 May 2022

Heard on 3 and 4 March 2022

"""
STRASBOURG = """\
THIRD SECTION

CASE OF TALL v. NORLAND

(Application no. 1234/18)

JUDGMENT

STRASBOURG

12 May 2022

"""
TRIBUNAL = """\
UNITED NATIONS

International Tribunal for the Wars of Norland         Case No. IT-98-99-T
                                                       Date: 12 May 2022
                                                       Original: English

IN THE TRIAL CHAMBER

Before:          Judge Ada Lund, Presiding
                 Judge Ole Brandt

Registrar:       Mr. Hans Ilic

Judgement of:    12 May 2022

PROSECUTOR

v.

MODIBO TALL

JUDGEMENT

"""
COURT = """\
No.: ICC-99/04-01/06
Date: 12 May 2022

TRIAL CHAMBER I

Before: Judge Ada Lund, Presiding Judge

SITUATION IN NORLAND
IN THE CASE OF
THE PROSECUTOR v. MODIBO TALL

Public

Judgment pursuant to Article 74 of the Statute

"""
NAMED = """\
Upper Tribunal
(Water Chamber)

Tall and another (closing of wells) [2022] UKUT 116 (WC)

Heard at Maro House
On 3 March 2022

Before

MR JUSTICE BRANDT

Between

AWA TALL
OLE TALL
Appellants

and

THE WATER BOARD OF MARO
Respondent

DECISION AND REASONS

"""


def read(front: str, suffix: str = ".txt") -> Parsed:
    return parse((front + TEXT).encode(), suffix, "r")


@pytest.mark.parametrize(
    ("front", "title", "symbol"),
    [
        (APPEAL, "AWA TALL v THE WATER BOARD OF MARO", "[2022] EWCA Civ 412"),
        (SUPREME, "Tall (Appellant) v Water Board of Maro (Respondent)", "[2022] UKSC 12"),
        (STRASBOURG, "CASE OF TALL v. NORLAND", "1234/18"),
        (TRIBUNAL, "PROSECUTOR v MODIBO TALL", "IT-98-99-T"),
        (COURT, "THE PROSECUTOR v. MODIBO TALL", "ICC-99/04-01/06"),
    ],
)
def test_a_case_is_called_by_its_parties(front: str, title: str, symbol: str) -> None:
    found = read(front)
    assert (found.facts.title, found.facts.symbol, str(found.facts.date)) == (title, symbol, "2022-05-12")
    body = [p.text for p in found.passages if p.kind is Kind.BODY and p.text[0].isdigit()]
    assert [text.split(".")[0] for text in body] == ["1", "2", "3"]
    kept = [p.text for p in found.passages if p.kind is Kind.BODY and not p.text[0].isdigit()]
    assert kept in ([], ["Lord Justice Brandt:"])
    assert not any(p.kind is Kind.SPEAKER for p in found.passages)
    assert any(p.kind is Kind.MASTHEAD for p in found.passages)
    assert [p.text for p in found.passages if p.kind is Kind.HEADING] == ["Introduction"]


def test_a_case_that_has_a_name_is_called_by_it() -> None:
    found = read(NAMED)
    assert (found.facts.title, found.facts.symbol) == ("Tall and another (closing of wells)", "[2022] UKUT 116 (WC)")
    assert [p.text.split(".")[0] for p in found.passages if p.kind is Kind.BODY] == ["1", "2", "3"]


def test_parties_of_one_side_stand_one_after_the_other() -> None:
    several = APPEAL.replace(
        "AWA TALL                                                     Appellant",
        "(1) AWA TALL\n(2) OLE TALL\n\nAppellants",
    )
    assert read(several).facts.title == "AWA TALL, OLE TALL v THE WATER BOARD OF MARO"


def test_a_judgment_in_markdown_is_no_other() -> None:
    parties = "**Between:**\n\n**AWA TALL**\n\n- and -\n\n**OLE BRANDT**\n\n# JUDGMENT\n\n"
    front = f"# IN THE COURT OF MARO\n\nNeutral Citation Number: [2022] EWHC 12 (Ch)\n\n{parties}"
    found = read(front, ".md")
    assert (found.facts.title, found.facts.symbol) == ("AWA TALL v OLE BRANDT", "[2022] EWHC 12 (Ch)")


@pytest.mark.parametrize(
    "front",
    [
        "Report on the courts of Maro\n\nCase No: 12/2022\n\n",
        "Report on the courts of Maro\n\nThe court sat in May. Tall v Brandt was heard on 3 May.\n\n",
        "The case for wells\n\nTown v country\n\n",
        "Case No: 12/2022\n\nReport on the wells of Maro and Oro\n\n",
    ],
)
def test_what_tells_of_courts_is_no_judgment(front: str) -> None:
    title = "Report on the wells of Maro and Oro" if front.startswith("Case") else front.split("\n")[0]
    assert read(front).facts.title == title
