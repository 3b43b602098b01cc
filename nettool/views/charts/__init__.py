"""Pictures with axes: curves, confusions, data."""
