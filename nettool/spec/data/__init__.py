"""The section `data` of a spec: each part of it, declared and read. What data are is not known here."""
