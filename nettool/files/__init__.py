"""Files that are not our own: what is opened from outside, and what users name to be written."""
