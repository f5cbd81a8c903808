"""Questions that found nothing, from when they were answered until they are written down: where the operator wants it.

Without their texts being kept nothing is noted. Never who asked, nor where, nor when but for the day.
"""

import datetime as dt
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from corpus.community.values import Unfound
from retrieval.answer import Answer
from retrieval.outcome import Outcome

if TYPE_CHECKING:  # the store brings the database along
    from corpus.store.store import Feedback

MOST_WAITING = 1_000  # ours: as long as the database cannot be written; the oldest makes room
MOST_KEPT = 10_000  # ours: questions in the database, at 300 characters at most


def today() -> dt.date:
    """The day, in UTC."""
    return dt.datetime.now(dt.UTC).date()


class Unanswered:
    """What is to be kept for so many ``days``; 0: nothing is, and what was is deleted. ``today`` gives the day.

    Safe to use from several threads.
    """

    def __init__(self, days: int = 0, clock: Callable[[], dt.date] = today) -> None:
        self.days = days
        self._today = clock
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._waiting: deque[tuple[str, dt.date, str]] = deque(maxlen=MOST_WAITING)
        self._cleaned: dt.date | None = None

    def note(self, answer: Answer) -> None:
        """Take note of an answer that found nothing, if that is to be kept.

        Not of a question that has no word to look for, such as "hello", nor where it has to be said which report is
        meant: nothing is missing there.
        """
        if self.days and answer.outcome is Outcome.SILENT and not (answer.only_stop_words or answer.which):
            with self._lock:
                self._waiting.append((answer.question, self._today(), answer.edition))

    def write(self, feedback: "Feedback") -> None:
        """Write down what was noted, and delete what is too old, at least once a day; blocks.

        Raises ``StoreError``, and then all of it is left to the next time.
        """
        with self._writing:  # whoever ends the process waits for what is being written
            self._write(feedback)

    def _write(self, feedback: "Feedback") -> None:
        day = self._today()
        since = day - dt.timedelta(days=self.days)
        with self._lock:
            noted = list(self._waiting)
        if noted:
            questions = [Unfound(question, day, edition) for question, day, edition in noted]
            feedback.keep_unfound(questions, since, MOST_KEPT)
            with self._lock:
                for one in noted:
                    if self._waiting and self._waiting[0] == one:  # else others have crowded it out
                        self._waiting.popleft()
        elif self._cleaned == day or (self._cleaned and not self.days):
            return
        else:
            feedback.forget_unfound(since if self.days else None)
        self._cleaned = day
