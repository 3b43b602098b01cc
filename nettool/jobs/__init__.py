"""What a command does once the spec is sound: run an experiment, evaluate a run, smoke-test a spec."""
