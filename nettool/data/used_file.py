"""A file that data were read from, as a run remembers it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class UsedFile:
    """Where data came from.

    `checksum` is `algorithm:digits`. `verified`: it is the published file; `unverified`: well-formed, but not
    known to be the published one; `embedded`: part of an installed library; `own`: the user's, published
    nowhere. `note` adds what else is known. `former` is the checksum that earlier versions recorded of it,
    where it is another one; empty where they recorded none.
    """

    path: str
    checksum: str
    state: Literal["verified", "unverified", "embedded", "own"]
    note: str = ""
    former: str | None = None
