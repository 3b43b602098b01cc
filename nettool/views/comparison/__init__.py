"""Runs against each other: what differs in what was asked, and in what came out."""
