"""Sizes of files as people read them."""


def byte_text(count: int) -> str:
    """A number of bytes: `11.5 MB`, `29.5 kB`; one MB is 1,000,000 bytes, as publishers count."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.1f} kB"
