"""nettool for notebooks and programs: specs and runs as objects, on `jobs`, beside the command line."""
