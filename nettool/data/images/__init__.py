"""Images in files: what their headers say, their pixels, and where they are kept."""
