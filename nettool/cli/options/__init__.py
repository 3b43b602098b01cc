"""Options and arguments: declared once, completed by the shell, read into what jobs take."""
