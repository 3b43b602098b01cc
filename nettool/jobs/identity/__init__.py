"""What a run was trained on (spec, data, samples), held against what is there now."""
