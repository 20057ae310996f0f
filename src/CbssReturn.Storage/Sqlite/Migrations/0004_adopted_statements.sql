-- Schema 4: what entries that were taken back after a rollback say about packets. The rows that they were about are lost or old,
-- so the node would say the same again.

CREATE TABLE audit_adopted (
    said BLOB NOT NULL PRIMARY KEY CHECK (length(said) = 34), -- transfer or refused tag, event, and 1 for pending or 0, 34 bytes; not encrypted
    idx INTEGER NOT NULL CHECK (idx >= 0) -- the entry that says it; not encrypted
) STRICT, WITHOUT ROWID;

INSERT INTO audit_adopted (said, idx) SELECT tag || x'0300', idx FROM lost_tags;

DROP TABLE lost_tags;
