"""What every room stands on: database, clock, ids, refusals, texts, events. It knows no domain word."""
