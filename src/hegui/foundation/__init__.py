"""What every part stands on: clock, errors, database, languages, logs, audit. Knows nothing of compliance."""
