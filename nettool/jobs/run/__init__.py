"""One run carried through, whoever asked for it: prepared, trained, measured, recorded."""
