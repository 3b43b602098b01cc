"""What stops the work when the data are not there or are not what they should be."""


class DataError(Exception):
    """The data cannot be used. `message` is one sentence without a full stop; `details` are further lines."""

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message, details)
        self.message = message
        self.details = details

    def __str__(self) -> str:
        return "\n".join((self.message, *(f"  {detail}" for detail in self.details)))


class DataMissing(DataError):
    """The data are neither on this machine nor to be had; the details say where to put them."""
