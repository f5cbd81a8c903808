"""Which report somebody means: by id, by title, or because there is only one."""

from bot.errors import WhichReportError
from corpus.edition import Edition
from corpus.report import Report

KNOWN_REPORTS = 10  # ids that an error message lists


def named(edition: Edition, name: str) -> Report:
    """The report whose id, or else whose id or title without regard to case, is ``name``.

    Raises ``UnknownReportError``.
    """
    wanted = name.strip().casefold()
    for report in edition.reports:
        if wanted in (report.id.casefold(), report.title.casefold()):
            return report
    return edition.report(name.strip())


def only(edition: Edition) -> Report:
    """The one report there is. Raises ``WhichReportError`` where there are several."""
    if len(edition.reports) > 1:
        raise WhichReportError(known=", ".join(report.id for report in edition.reports[:KNOWN_REPORTS]))
    return edition.reports[0]
