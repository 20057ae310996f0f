-- Schema 3: the audit log (docs/spec/audit-log.md), what this node keeps of the logs of others, and the proofs of final
-- receipts. Each of these tables is written by one kind of transaction, so there is no updated_by; each column can be held
-- against another one or against a root, so that a changed one shows (AuditStoreCheck). Sizes and indexes are counts of
-- entries, 0 to 2^63 - 1.

-- The copy that the old intake table leaves behind must not outlive it.
PRAGMA secure_delete = ON;

-- The row that an entry is about is told to the log, so that its place can be found again.
CREATE TABLE audit_intake_3 (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order of the log, never used twice; not encrypted
    event INTEGER NOT NULL CHECK (event BETWEEN 1 AND 8), -- entry v1: event; not encrypted
    outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 4), -- entry v1: 1 done, 2 refused, 3 failed, 4 pending; not encrypted
    at_minute INTEGER NOT NULL CHECK (at_minute >= 0 AND at_minute % 60 = 0), -- entry v1: POSIX seconds at a full minute; not encrypted
    peer BLOB NOT NULL CHECK (length(peer) = 16), -- entry v1: peer as the log names it, 16 bytes, zero for none; not encrypted
    handle BLOB NOT NULL CHECK (length(handle) = 16), -- entry v1: random packet handle, 16 bytes, zero for none; not encrypted
    tag BLOB NOT NULL CHECK (length(tag) = 32), -- entry v1: transfer or refused tag, 32 bytes, zero for none; not encrypted
    peer_entry_index INTEGER NOT NULL CHECK (peer_entry_index >= 0), -- entry v1: index of the peer's or erased entry, else 0; not encrypted
    detail_digest BLOB CHECK (length(detail_digest) = 32), -- SHA-256 of the detail, 32 bytes, null for none; not encrypted
    kek_id INTEGER CHECK (kek_id BETWEEN 0 AND 4294967295), -- day number of the key that wraps wrapped_key, null for no detail; not encrypted
    wrapped_key BLOB CHECK (length(wrapped_key) = 96), -- the detail's own key, 96 bytes, null for no detail; encrypted
    ciphertext BLOB CHECK (length(ciphertext) BETWEEN 48 AND 16777264), -- the detail, null for none; encrypted
    subject BLOB CHECK (length(subject) = 16), -- row in received or outbox that the entry is about, 16 bytes, null for none; not encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64), -- transaction that wrote the row; not encrypted
    CHECK ((detail_digest IS NULL) = (kek_id IS NULL)),
    CHECK ((kek_id IS NULL) = (wrapped_key IS NULL) AND (kek_id IS NULL) = (ciphertext IS NULL)),
    CHECK (event <> 1 OR (peer = zeroblob(16) AND handle = zeroblob(16) AND tag = zeroblob(32)))
) STRICT;

INSERT INTO audit_intake_3 (sequence, event, outcome, at_minute, peer, handle, tag, peer_entry_index, detail_digest,
    kek_id, wrapped_key, ciphertext, updated_by)
SELECT sequence, event, outcome, at_minute, peer, handle, tag, peer_entry_index, detail_digest,
    kek_id, wrapped_key, ciphertext, updated_by
FROM audit_intake ORDER BY sequence;

DROP TABLE audit_intake;

ALTER TABLE audit_intake_3 RENAME TO audit_intake;

CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), -- there is one row; not encrypted
    size INTEGER NOT NULL CHECK (size >= 0), -- entries in the tree; not encrypted
    root BLOB NOT NULL CHECK (length(root) = 32), -- RFC 6962 root of that many entries, 32 bytes; not encrypted
    generation INTEGER NOT NULL CHECK (generation >= 0), -- one more for each sequencer that began; earlier ones are fenced out; not encrypted
    row_hash BLOB NOT NULL CHECK (length(row_hash) = 32) -- SHA-256 over the columns before, shows a damaged one; not encrypted
) STRICT;

INSERT INTO audit_head (id, size, root, generation, row_hash) VALUES (
    1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0,
    x'e7e0298f1b6a50a9fe17c8881ac78434587273e3c73036843f37f0dc6991777e');

CREATE TABLE audit_entries (
    idx INTEGER NOT NULL PRIMARY KEY CHECK (idx >= 0), -- place in the log, from 0 without a gap; not encrypted
    entry BLOB NOT NULL CHECK (length(entry) IN (113, 149)), -- entry v1 as it was hashed; not encrypted, it names nobody
    CHECK (substr(entry, 1, 4) = x'43424131'),
    CHECK (CASE length(entry) WHEN 113 THEN substr(entry, 113) = x'00' ELSE substr(entry, 145) = x'0000007001' END)
) STRICT;

-- Only the way out of a rollback takes entries back, and none that any checkpoint covers.
CREATE TRIGGER audit_entries_append_only
BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit entries are append-only');
END;

CREATE TABLE audit_tiles (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7), -- 0 for hashes of entries; not encrypted
    idx INTEGER NOT NULL CHECK (idx >= 0), -- place in the level, from 0; not encrypted
    hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0), -- 1 to 256 hashes; grows at its end; not encrypted
    PRIMARY KEY (level, idx)
) STRICT;

CREATE TABLE audit_details (
    idx INTEGER NOT NULL PRIMARY KEY CHECK (idx >= 0), -- the entry that commits to the detail; not encrypted
    digest BLOB NOT NULL CHECK (length(digest) = 32), -- SHA-256 of the detail, as the entry has it, 32 bytes; not encrypted
    kek_id INTEGER NOT NULL CHECK (kek_id BETWEEN 0 AND 4294967295), -- day number of the key that wraps wrapped_key; not encrypted
    wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 96), -- the detail's own key, 96 bytes; encrypted
    ciphertext BLOB NOT NULL CHECK (length(ciphertext) BETWEEN 48 AND 16777264) -- the detail as the intake had it; encrypted
) STRICT;

CREATE TABLE audit_places (
    row_id BLOB NOT NULL PRIMARY KEY CHECK (length(row_id) = 16), -- id of the row in received or outbox, 16 bytes; not encrypted
    idx INTEGER NOT NULL CHECK (idx >= 0), -- the newest entry about the row; not encrypted
    leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32) -- RFC 6962 leaf hash of that entry, 32 bytes; not encrypted
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_checkpoints (
    size INTEGER NOT NULL PRIMARY KEY CHECK (size >= 0), -- entries that the checkpoint covers; not encrypted
    root BLOB NOT NULL CHECK (length(root) = 32), -- their root, written before anything is signed, 32 bytes; not encrypted
    at INTEGER NOT NULL CHECK (at >= 0), -- end of its publishing interval, POSIX ms; not encrypted
    generation INTEGER NOT NULL CHECK (generation >= 1), -- sequencer that recorded it; not encrypted
    row_hash BLOB NOT NULL CHECK (length(row_hash) = 32), -- SHA-256 over the columns before, shows a damaged one; not encrypted
    note BLOB CHECK (length(note) BETWEEN 1 AND 16384) -- the signed note with the cosignatures so far, null until signed; not encrypted, public
) STRICT;

CREATE INDEX audit_checkpoints_signed ON audit_checkpoints (size) WHERE note IS NOT NULL;

CREATE TRIGGER audit_checkpoints_one_root
BEFORE UPDATE OF size, root, at, generation ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'a size has one root');
END;

CREATE TABLE lost_tags (
    tag BLOB NOT NULL PRIMARY KEY CHECK (length(tag) = 32), -- transfer tag of a packet received before a rollback, 32 bytes; not encrypted
    idx INTEGER NOT NULL CHECK (idx >= 0) -- its entry in the log; not encrypted
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox_proofs (
    row_id BLOB NOT NULL PRIMARY KEY REFERENCES outbox (row_id), -- the packet whose receipt is final, 16 bytes; not encrypted
    peer_entry_index INTEGER NOT NULL CHECK (peer_entry_index >= 0), -- place of the entry in the recipient's log; not encrypted
    entry BLOB NOT NULL CHECK (length(entry) IN (113, 149)), -- the recipient's entry, verbatim; not encrypted, it names nobody
    proof BLOB NOT NULL CHECK (length(proof) BETWEEN 1 AND 65536) -- c2sp.org/tlog-proof@v1 of that entry; not encrypted
) STRICT;

-- Packets with a receipt that is not final. A table of its own, because only few rows of the outbox are such ones.
CREATE TABLE outbox_unproven (
    peer_index BLOB NOT NULL CHECK (length(peer_index) = 16), -- keyed hash of the recipient's node id, first 16 bytes; blind
    row_id BLOB NOT NULL UNIQUE REFERENCES outbox (row_id), -- the row in outbox, 16 bytes; not encrypted
    PRIMARY KEY (peer_index, row_id)
) STRICT, WITHOUT ROWID;

INSERT INTO outbox_unproven (peer_index, row_id)
SELECT peer_index, row_id FROM outbox WHERE state IN (2, 3) AND receipt_record IS NOT NULL;

CREATE TABLE witnessed_logs (
    origin TEXT NOT NULL PRIMARY KEY CHECK (length(origin) BETWEEN 1 AND 255 AND origin NOT GLOB '*[^!-*,-~]*'), -- the log; not encrypted
    size INTEGER NOT NULL CHECK (size >= 0), -- the size that was cosigned last; not encrypted
    root BLOB NOT NULL CHECK (length(root) = 32), -- its root, 32 bytes; not encrypted
    note BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND 16384) -- the whole note as it was shown, evidence; not encrypted, public
) STRICT;

CREATE TABLE mirrored_logs (
    log_id INTEGER NOT NULL PRIMARY KEY CHECK (log_id >= 1), -- names the log in the next tables; not encrypted
    origin TEXT NOT NULL UNIQUE CHECK (length(origin) BETWEEN 1 AND 255 AND origin NOT GLOB '*[^!-*,-~]*'), -- the log; not encrypted
    size INTEGER NOT NULL CHECK (size >= 0), -- entries that are held; not encrypted
    root BLOB NOT NULL CHECK (length(root) = 32) -- their root, 32 bytes; not encrypted
) STRICT;

CREATE TABLE mirrored_checkpoints (
    log_id INTEGER NOT NULL REFERENCES mirrored_logs (log_id), -- the log; not encrypted
    size INTEGER NOT NULL CHECK (size >= 0), -- entries that the checkpoint covers; not encrypted
    root BLOB NOT NULL CHECK (length(root) = 32), -- their root, 32 bytes; not encrypted
    note BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND 16384), -- the whole note as it came, evidence; not encrypted, public
    PRIMARY KEY (log_id, size)
) STRICT;

CREATE TABLE mirrored_bundles (
    log_id INTEGER NOT NULL REFERENCES mirrored_logs (log_id), -- the log; not encrypted
    idx INTEGER NOT NULL CHECK (idx >= 0), -- number of the bundle, from 0; not encrypted
    entries BLOB NOT NULL CHECK (length(entries) BETWEEN 115 AND 38656), -- 1 to 256 entries v1, each after its u16 length; grows at its end; not encrypted
    PRIMARY KEY (log_id, idx)
) STRICT;

CREATE TABLE mirrored_tiles (
    log_id INTEGER NOT NULL REFERENCES mirrored_logs (log_id), -- the log; not encrypted
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7), -- 0 for hashes of entries; not encrypted
    idx INTEGER NOT NULL CHECK (idx >= 0), -- place in the level, from 0; not encrypted
    hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0), -- 1 to 256 hashes; grows at its end; not encrypted
    PRIMARY KEY (log_id, level, idx)
) STRICT;

-- Checkpoints that came with calls. Place 0 is the newest one of a log, 1 to 16 are evidence of a contradiction, in the
-- order in which they were found.
CREATE TABLE seen_checkpoints (
    origin TEXT NOT NULL CHECK (length(origin) BETWEEN 1 AND 255 AND origin NOT GLOB '*[^!-*,-~]*'), -- the log; not encrypted
    place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 16), -- 0 newest, then evidence without a gap; not encrypted
    size INTEGER NOT NULL CHECK (size >= 0), -- entries that the checkpoint covers; not encrypted
    root BLOB NOT NULL CHECK (length(root) = 32), -- their root, 32 bytes; not encrypted
    note BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND 16384), -- the whole note as it came; not encrypted, public
    PRIMARY KEY (origin, place)
) STRICT;
