-- Schema 2: what one key signed and nobody could read, newest first, so that only the newest envelopes are kept.

CREATE INDEX received_quarantined_of ON received (kid, row_id) WHERE state = 2;
