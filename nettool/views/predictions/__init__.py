"""What a network answers, put into words: classes, numbers and pictures, as a table, CSV or JSON."""
