"""The section `data` of a spec: each part of it, declared and read. Only `origins` knows what data are."""
