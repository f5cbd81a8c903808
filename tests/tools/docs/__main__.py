"""Writes what in the documents is made by the program anew, and says which files that has changed."""

from tests.architecture.sources import CHECKOUT
from tests.tools.docs.documents import documents
from tests.tools.docs.makers import env_example
from tests.tools.docs.renewing import renewed


def main() -> None:
    """Rewrite every document and ``.env.example`` where they differ from what the program makes today."""
    new = {CHECKOUT / name: renewed(page) for name, page in documents().items()}
    new[CHECKOUT / ".env.example"] = env_example()
    for file, text in new.items():
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
            print(file.relative_to(CHECKOUT))


if __name__ == "__main__":
    main()
