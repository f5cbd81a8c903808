"""Talks with the nodes of a cluster, and says what is wrong with them. The only importer of opensearchpy.

A node that does not answer is left out for a while, and what was asked is put to another. Nothing of a password is ever
said.
"""

import logging
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opensearchpy import OpenSearch, Transport, helpers
from opensearchpy.exceptions import (
    ConnectionError as UnreachedError,
)
from opensearchpy.exceptions import (
    ConnectionTimeout,
    ImproperlyConfigured,
    OpenSearchException,
    SerializationError,
    SSLError,
    TransportError,
)

from bot.errors.cluster import ClusterError
from bot.settings.cluster import ClusterAddress
from corpus.clause import Clause

# Ours, in seconds: a question is answered within 15 in any case, and what makes an index may take longer at a node.
PATIENCE, PATIENCE_OF_WORK = 5.0, 120.0
_TRIES = 2  # after the first
_BULK_TRIES, _PAUSE, _LONGEST_PAUSE = 6, 1, 8  # of what a node takes no more of at present; seconds
_PORTION = 8 * 1024 * 1024  # bytes of a request
_REFUSED, _FORBIDDEN, _ABSENT, _BUSY = 401, 403, 404, 429
_OWN_FAULT = 500
_PASSING = (502, 503, 504)  # another node may do better
_PARTIAL = ("search_phase_execution_exception", "no_shard_available", "shards")  # of one that lacks some of its parts
_FULL = ("flood", "disk", "read-only", "read_only")  # what OpenSearch says of an index on a disk that is full


class _Tries(Transport):
    """Puts to another node what one did not answer, and raises what was most telling if none did.

    What a node says of the cluster tells more than that another one was late or is gone, whichever was tried last.
    """

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as the class above
        failures: list[TransportError] = []
        for _ in range(1 + _TRIES):
            try:
                return super().perform_request(*args, **kwargs)
            except SSLError:
                raise
            except TransportError as error:
                if not isinstance(error, UnreachedError) and error.status_code not in _PASSING:
                    raise
                failures.append(error)
        raise min(failures, key=_says_little)


def _says_little(failure: TransportError) -> tuple[bool, bool]:
    return isinstance(failure, UnreachedError), not isinstance(failure, ConnectionTimeout)


class Connection:
    """The cluster at ``address``; whoever asks may do so from several threads."""

    def __init__(self, address: ClusterAddress) -> None:
        self.address = address
        # It logs what is asked, word for word, and as a warning what is an error here.
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        hosts = [{"host": node.host, "port": node.port} for node in address.nodes]
        is_encrypted = address.nodes[0].is_encrypted
        self._client = OpenSearch(
            hosts=hosts,
            http_auth=(address.user[0], address.user[1].get_secret_value()) if address.user else None,
            use_ssl=is_encrypted,
            ssl_context=ssl.create_default_context() if is_encrypted else None,
            http_compress=True,
            timeout=PATIENCE,
            transport_class=_Tries,
            max_retries=0,  # of its own
            retry_on_timeout=True,
            retry_on_status=_PASSING,
            pool_maxsize=16,
        )

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> Any:  # noqa: ANN401  # what JSON can hold
        """What the cluster answers to one request. Raises ``ClusterError``."""
        with self._explained():
            found = self._client.transport.perform_request(
                method, path, params={**(params or {}), "request_timeout": patience}, body=body
            )
        if not isinstance(found, dict):  # whatever it is that listens there
            raise self.problem(Clause("cluster.no_engine"))
        return found

    def is_there(self, path: str) -> bool:
        """Whether there is something at a path. Raises ``ClusterError``."""
        with self._explained():
            return bool(self._client.transport.perform_request("HEAD", path))

    def load(self, name: str, documents: Iterable[Mapping[str, Any]]) -> None:
        """Put documents into an index, each under its ``_id``: in place of the one that has it already.

        What a node takes no more of at present is sent again, after pauses. Raises ``ClusterError``.
        """
        with self._explained():
            for is_good, item in helpers.streaming_bulk(
                self._client,
                documents,
                index=name,
                max_chunk_bytes=_PORTION,
                raise_on_error=False,
                max_retries=_BULK_TRIES,
                initial_backoff=_PAUSE,
                max_backoff=_LONGEST_PAUSE,
                request_timeout=PATIENCE_OF_WORK,
            ):
                if not is_good:
                    said = next(iter(item.values()))
                    raise self._refusal(int(said.get("status", 0)), str(said.get("error", "")))

    def problem(self, clause: Clause) -> ClusterError:
        """An error that says what is wrong with this cluster."""
        return ClusterError(where=str(self.address), problem=clause)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except SSLError:
            raise self.problem(Clause("cluster.certificate")) from None
        except ConnectionTimeout:
            raise self.problem(Clause("cluster.late")) from None
        except UnreachedError:
            raise self.problem(Clause("cluster.no_answer")) from None
        except TransportError as error:
            status = error.status_code if isinstance(error.status_code, int) else 0
            raise self._refusal(status, f"{error.error} {error.info}") from None
        except (SerializationError, ImproperlyConfigured, UnicodeError):
            raise self.problem(Clause("cluster.no_engine")) from None
        except OpenSearchException as error:
            raise self.problem(Clause("cluster.other", status=type(error).__name__)) from None

    def _refusal(self, status: int, said: str) -> ClusterError:
        """What an answer with that status means, of which the cluster ``said`` more."""
        low = said.lower()
        if status in (_FORBIDDEN, _BUSY) and "block" in low and any(sign in low for sign in _FULL):
            return self.problem(Clause("cluster.full"))
        known = {
            _REFUSED: Clause("cluster.refused"),
            _FORBIDDEN: Clause("cluster.forbidden"),
            _ABSENT: Clause("cluster.absent"),
            _BUSY: Clause("cluster.busy"),
        }
        if status in known:
            return self.problem(known[status])
        if status >= _OWN_FAULT and any(sign in low for sign in _PARTIAL):
            return self.problem(Clause("cluster.partial"))
        return self.problem(Clause("cluster.other", status=status))
