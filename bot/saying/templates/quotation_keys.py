"""The same for what is said of quotations that were checked; see ``bot.saying.templates.keys``."""

from retrieval.quotation.verdict import Verdict

QUOTATION = {
    **{f"quotation.{verdict}": "opening" for verdict in Verdict},
    **{f"quotation.{verdict}_heading": "" for verdict in Verdict},
    **{f"quotation.{verdict}_short": "" for verdict in Verdict},
    "quotation.altered_speaker": "opening",
    "quotation.altered_speaker_heading": "",
    "quotation.nearest": "",
    "quotation.too_little": "",
    "quotation.replaced": "quoted true",
    "quotation.left_out": "true",
    "quotation.added": "quoted",
    "quotation.speaker": "quoted true",
    "quotation.more": "n",
    "quotation.cut_off": "",
    "quotation.beside": "words",
    "quotation.line": "line verdict opening",
    "quotation.unchecked": "",
    "quotation.total": "n wrong",
}
