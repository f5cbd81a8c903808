"""The same for what is said of quotations that were checked; see ``bot.saying.templates.keys``."""

from retrieval.quotation.verdict import Verdict

QUOTATION = {
    **{f"quotation.{verdict}": "opening" for verdict in Verdict},
    **{f"quotation.{verdict}_heading": "" for verdict in Verdict},
    **{f"quotation.{verdict}_short": "" for verdict in Verdict},
    "quotation.altered_speaker": "opening",
    "quotation.altered_speaker_heading": "",
    "quotation.altered_unsaid": "opening",
    "quotation.altered_unsaid_heading": "",
    "quotation.joined_altered": "opening",
    "quotation.joined_altered_heading": "",
    "quotation.cut_within": "opening",
    "quotation.cut_within_heading": "",
    "quotation.cut_within_short": "",
    "quotation.nearest": "",
    "quotation.too_little": "",
    "quotation.replaced": "quoted true",
    "quotation.left_out": "true",
    "quotation.added": "quoted",
    "quotation.speaker": "quoted true",
    "quotation.no_speaker": "quoted",
    "quotation.more": "n",
    "quotation.cut_out": "",
    "quotation.cut_off": "",
    "quotation.beside": "words",
    "quotation.line": "line verdict opening",
    "quotation.unchecked": "",
    "quotation.total": "n wrong",
}
