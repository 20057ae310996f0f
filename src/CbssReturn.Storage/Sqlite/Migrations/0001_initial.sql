-- Schema 1 of the embedded store (SQLite). The rules of the row types are repeated here, so that no other writer can
-- break them. "Sealed" columns come in threes: kek_id, wrapped_key, ciphertext (docs/spec/referral-packet.md, at rest).
-- Ids named "id" are UUIDs of version 7, so that rows are appended at the right edge of their index. Moments are POSIX
-- milliseconds unless a comment says otherwise. WITHOUT ROWID where rows are small.

CREATE TABLE users (
    user_id BLOB NOT NULL PRIMARY KEY CHECK (length(user_id) = 16), -- id, 16 bytes; not encrypted
    alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 32 AND alias NOT GLOB '*[^A-Za-z0-9.-]*'), -- staff alias, no outside name; not encrypted
    role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 7), -- number of the role in desk.v1.Role; not encrypted
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32), -- SHA-256 of the token; the token is not kept
    created_at INTEGER NOT NULL CHECK (created_at >= 0), -- when added, POSIX ms; not encrypted
    removed_at INTEGER CHECK (removed_at >= 0), -- when removed, POSIX ms, null while in force; not encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64) -- transaction that wrote the row last; not encrypted
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX users_alias_in_force ON users (alias) WHERE removed_at IS NULL;

CREATE TABLE cases (
    case_id BLOB NOT NULL PRIMARY KEY CHECK (length(case_id) = 16), -- id, 16 bytes; not encrypted
    version INTEGER NOT NULL CHECK (version >= 1), -- counted from 1, one more with each change; not encrypted
    kek_id INTEGER NOT NULL CHECK (kek_id BETWEEN 0 AND 4294967295), -- day number of the key that wraps wrapped_key; not encrypted
    wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 96), -- the row's own key, 96 bytes; encrypted
    ciphertext BLOB NOT NULL CHECK (length(ciphertext) BETWEEN 48 AND 16777264), -- the person's file; encrypted
    updated_at INTEGER NOT NULL CHECK (updated_at >= 0), -- when last changed, POSIX ms; not encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64) -- transaction that wrote the row last; not encrypted
) STRICT;

CREATE TABLE consents (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order in which versions were added, whatever the clock said; not encrypted
    consent_id BLOB NOT NULL CHECK (length(consent_id) = 16), -- id, 16 bytes, the same in all versions; not encrypted
    version INTEGER NOT NULL CHECK (version >= 1), -- counted from 1 without a gap; not encrypted
    case_id BLOB NOT NULL REFERENCES cases (case_id), -- the case it belongs to, 16 bytes; not encrypted
    recorded_at INTEGER NOT NULL CHECK (recorded_at >= 0), -- when recorded, POSIX ms; not encrypted
    kek_id INTEGER NOT NULL CHECK (kek_id BETWEEN 0 AND 4294967295), -- day number of the key that wraps wrapped_key; not encrypted
    wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 96), -- the row's own key, 96 bytes; encrypted
    ciphertext BLOB NOT NULL CHECK (length(ciphertext) BETWEEN 48 AND 16777264), -- the consent record; encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64), -- transaction that wrote the row; not encrypted
    UNIQUE (consent_id, version)
) STRICT;

CREATE INDEX consents_of_case ON consents (case_id, sequence);

-- A version is never rewritten; only its key may be wrapped anew.
CREATE TRIGGER consents_append_only
BEFORE UPDATE OF sequence, consent_id, version, case_id, recorded_at, ciphertext ON consents
BEGIN
    SELECT RAISE(ABORT, 'consents are append-only');
END;

CREATE TABLE conversations (
    referral_id BLOB NOT NULL PRIMARY KEY CHECK (length(referral_id) = 16), -- id, 16 bytes; not encrypted
    conversation_index BLOB NOT NULL UNIQUE CHECK (length(conversation_index) = 32), -- keyed hash of peer and conversation id, 32 bytes; blind
    case_id BLOB REFERENCES cases (case_id), -- the case at its origin, 16 bytes, null for none; not encrypted
    incoming INTEGER NOT NULL CHECK (incoming IN (0, 1)), -- 1 when this node received the referral; not encrypted
    created_at INTEGER NOT NULL CHECK (created_at >= 0), -- when first stored, POSIX ms; not encrypted
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 255), -- number of the state in casework; not encrypted
    version INTEGER NOT NULL CHECK (version >= 1), -- counted from 1, one more with each change; not encrypted
    kek_id INTEGER NOT NULL CHECK (kek_id BETWEEN 0 AND 4294967295), -- day number of the key that wraps wrapped_key; not encrypted
    wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 96), -- the row's own key, 96 bytes; encrypted
    ciphertext BLOB NOT NULL CHECK (length(ciphertext) BETWEEN 48 AND 16777264), -- peer, aliases, packets, sections; encrypted
    updated_at INTEGER NOT NULL CHECK (updated_at >= 0), -- when last changed, POSIX ms; not encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64) -- transaction that wrote the row last; not encrypted
) STRICT;

CREATE INDEX conversations_of_case ON conversations (case_id, referral_id) WHERE case_id IS NOT NULL;

-- The replay memory as well: (kid, packet_id) is remembered as long as the row is.
CREATE TABLE received (
    row_id BLOB NOT NULL PRIMARY KEY CHECK (length(row_id) = 16), -- id, 16 bytes; not encrypted
    kid BLOB NOT NULL CHECK (length(kid) = 32), -- hash of the sender's signing key, 32 bytes; not encrypted, it stands in the envelope
    packet_id BLOB NOT NULL CHECK (length(packet_id) = 16), -- the sender's packet id, 16 bytes; not encrypted
    envelope_hash BLOB NOT NULL CHECK (length(envelope_hash) = 32), -- hash of the envelope's head, 32 bytes; not encrypted
    referral_id BLOB REFERENCES conversations (referral_id), -- the referral it belongs to, 16 bytes, null for none; not encrypted
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3), -- 1 stored, 2 quarantined, 3 refused; not encrypted
    reason_code INTEGER CHECK (reason_code BETWEEN 1000 AND 9999), -- CB- code of the reason, null when stored; not encrypted
    receipt_record BLOB NOT NULL CHECK (length(receipt_record) = 89), -- receipt v1 as given, 89 bytes; not encrypted
    receipt_signature BLOB NOT NULL CHECK (length(receipt_signature) = 64), -- its signature, 64 bytes; not encrypted
    kek_id INTEGER CHECK (kek_id BETWEEN 0 AND 4294967295), -- day number of the key that wraps wrapped_key, null unless stored; not encrypted
    wrapped_key BLOB CHECK (length(wrapped_key) = 96), -- the row's own key, 96 bytes, null unless stored; encrypted
    ciphertext BLOB CHECK (length(ciphertext) BETWEEN 48 AND 16777264), -- secrets of the envelope's parts, null unless stored; encrypted
    received_at INTEGER NOT NULL CHECK (received_at >= 0), -- when received, POSIX ms; not encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64), -- transaction that wrote the row last; not encrypted
    UNIQUE (kid, packet_id),
    CHECK ((state = 1) = (reason_code IS NULL)),
    CHECK (state = 1 OR (referral_id IS NULL AND kek_id IS NULL)),
    CHECK ((kek_id IS NULL) = (wrapped_key IS NULL) AND (kek_id IS NULL) = (ciphertext IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX received_in_quarantine ON received (row_id) WHERE state = 2;

-- Envelopes stand apart from the rows that describe them, so that looking through rows does not drag bodies along.
CREATE TABLE packet_body (
    row_id BLOB NOT NULL PRIMARY KEY CHECK (length(row_id) = 16), -- id of the row in received or outbox, 16 bytes; not encrypted
    body BLOB NOT NULL CHECK (length(body) BETWEEN 1 AND 16777216) -- the envelope as received or sent; its parts are encrypted, its head is not
) STRICT;

CREATE TABLE outbox (
    row_id BLOB NOT NULL PRIMARY KEY CHECK (length(row_id) = 16), -- id, 16 bytes; not encrypted
    peer_index BLOB NOT NULL CHECK (length(peer_index) = 16), -- keyed hash of the recipient's node id, first 16 bytes; blind
    referral_id BLOB REFERENCES conversations (referral_id), -- the referral it belongs to, 16 bytes, null for none; not encrypted
    queued_at INTEGER NOT NULL CHECK (queued_at >= 0), -- when queued, POSIX ms; not encrypted
    packet_id BLOB NOT NULL UNIQUE CHECK (length(packet_id) = 16), -- packet id, 16 bytes; not encrypted
    body_bytes INTEGER NOT NULL CHECK (body_bytes BETWEEN 1 AND 16777216), -- size of the envelope, bytes; not encrypted
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6), -- 1 queued, 2 delivered, 3 refused, 4 conflict, 5 undelivered, 6 cancelled; not encrypted
    attempts INTEGER NOT NULL CHECK (attempts >= 0), -- claims since queued, sealed again or retried by hand; not encrypted
    may_have_left INTEGER NOT NULL CHECK (may_have_left IN (0, 1)), -- 1 when any byte may have left the node; not encrypted
    due_at INTEGER NOT NULL CHECK (due_at >= 0), -- when it may be claimed, POSIX ms; not encrypted
    lease_until INTEGER CHECK (lease_until >= 0), -- end of the lease, POSIX ms, null for none; not encrypted
    lease_owner TEXT CHECK (length(lease_owner) BETWEEN 1 AND 64), -- worker that holds the lease, null for none; not encrypted
    give_up_at INTEGER NOT NULL CHECK (give_up_at >= 0), -- when it counts as undelivered, POSIX ms; not encrypted
    last_code INTEGER CHECK (last_code BETWEEN 1000 AND 9999), -- CB- code of the last failure, null for none; not encrypted
    receipt_record BLOB CHECK (length(receipt_record) = 89), -- the recipient's receipt v1, 89 bytes, null until answered; not encrypted
    receipt_signature BLOB CHECK (length(receipt_signature) = 64), -- its signature, 64 bytes, null until answered; not encrypted
    kek_id INTEGER NOT NULL CHECK (kek_id BETWEEN 0 AND 4294967295), -- day number of the key that wraps wrapped_key; not encrypted
    wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 96), -- the row's own key, 96 bytes; encrypted
    ciphertext BLOB NOT NULL CHECK (length(ciphertext) BETWEEN 48 AND 16777264), -- recipient, part secrets, transfer tag; encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64), -- transaction that wrote the row last; not encrypted
    CHECK ((lease_until IS NULL) = (lease_owner IS NULL)),
    CHECK (lease_until IS NULL OR state = 1),
    CHECK ((receipt_record IS NULL) = (receipt_signature IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_due ON outbox (peer_index, due_at, row_id) WHERE state = 1;
CREATE INDEX outbox_give_up ON outbox (give_up_at) WHERE state = 1;
CREATE INDEX outbox_open ON outbox (row_id) WHERE state IN (1, 5);

CREATE TABLE epoch_seeds (
    day INTEGER NOT NULL PRIMARY KEY CHECK (day BETWEEN 0 AND 4294967295), -- days since 1970-01-01 UTC; not encrypted
    record BLOB NOT NULL CHECK (length(record) = 1252), -- the published record of the day's key, 1252 bytes; not encrypted
    signature BLOB NOT NULL CHECK (length(signature) = 64), -- its signature, 64 bytes; not encrypted
    kek_id INTEGER CHECK (kek_id BETWEEN 0 AND 4294967295), -- day plus 2147483648: the key of its own that wraps wrapped_key, null once destroyed; not encrypted
    wrapped_key BLOB CHECK (length(wrapped_key) = 96), -- the row's own key, 96 bytes, null once destroyed; encrypted
    ciphertext BLOB CHECK (length(ciphertext) BETWEEN 48 AND 16777264), -- the private seed, null once destroyed; encrypted
    destroyed_at INTEGER CHECK (destroyed_at >= 0), -- when the seed was destroyed, POSIX ms, null while held; not encrypted
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64), -- transaction that wrote the row last; not encrypted
    CHECK ((kek_id IS NULL) = (wrapped_key IS NULL) AND (kek_id IS NULL) = (ciphertext IS NULL)),
    CHECK ((kek_id IS NULL) = (destroyed_at IS NOT NULL))
) STRICT;

CREATE TABLE peer_epoch_keys (
    peer_index BLOB NOT NULL CHECK (length(peer_index) = 16), -- keyed hash of the peer's node id under a label of its own, first 16 bytes; blind
    day INTEGER NOT NULL CHECK (day BETWEEN 0 AND 4294967295), -- days since 1970-01-01 UTC; not encrypted
    record BLOB NOT NULL CHECK (length(record) = 1252), -- the peer's published record, 1252 bytes; not encrypted, public
    signature BLOB NOT NULL CHECK (length(signature) = 64), -- its signature, 64 bytes; not encrypted, public
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64), -- transaction that wrote the row last; not encrypted
    PRIMARY KEY (peer_index, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 64 AND key NOT GLOB '*[^a-z0-9.-]*'), -- name of the value; not encrypted
    value BLOB NOT NULL CHECK (length(value) <= 65536), -- the value; encrypted by its owner where it must be
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64) -- transaction that wrote the row last; not encrypted
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_intake (
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
    updated_by TEXT NOT NULL CHECK (length(updated_by) BETWEEN 1 AND 64), -- transaction that wrote the row; not encrypted
    CHECK ((detail_digest IS NULL) = (kek_id IS NULL)),
    CHECK ((kek_id IS NULL) = (wrapped_key IS NULL) AND (kek_id IS NULL) = (ciphertext IS NULL)),
    CHECK (event <> 1 OR (peer = zeroblob(16) AND handle = zeroblob(16) AND tag = zeroblob(32)))
) STRICT;
