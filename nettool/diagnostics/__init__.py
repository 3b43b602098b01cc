"""What we tell people: source, spans, diagnostics, suggestions, rendering. Knows nothing of networks."""
