"""The lessons: a folder for each, with its text (lesson.md) and the specs that it uses."""
