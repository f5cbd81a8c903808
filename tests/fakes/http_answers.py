"""A server on loopback that gives one answer to everything, with or without TLS: what is no OpenSearch, or refuses."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Answers(ThreadingHTTPServer):
    """Gives ``status`` and ``body``, as ``kind``, to whatever it is asked; ``asked`` has the paths, in their order."""

    daemon_threads = True

    def __init__(self, status: int, body: object, kind: str = "application/json") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.kind = status, kind
        self.body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}

    @property
    def host(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Answers

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(f"{self.command} {self.path}")
        self.send_response(self.server.status)
        for name, value in {"Content-Type": self.server.kind, **self.server.headers}.items():
            self.send_header(name, value)
        body = b"" if self.command == "HEAD" else self.server.body
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815  # the names that http.server looks for


@contextmanager
def answering(server: Answers, certificate: Path | None = None) -> Iterator[Answers]:
    """The server while inside; with TLS where it has a ``certificate`` (with its key, in one file)."""
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
