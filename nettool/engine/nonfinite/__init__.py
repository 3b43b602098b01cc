"""Where a number that is not finite comes from: steps repeated, operations looked through."""
