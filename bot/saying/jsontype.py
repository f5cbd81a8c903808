"""What a record is: something that can be written as a JSON object."""

from collections.abc import Mapping

Json = Mapping[str, object]
