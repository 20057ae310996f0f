package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type checkpoint struct {
	tree     tlog.Tree
	cosigned []string
}

// readCheckpoint opens the checkpoint with the keys of the log and of the witnesses. The log must have signed it. A
// signature of any of the keys that does not verify makes the whole note wrong.
func readCheckpoint(dir, vkeys string) (*checkpoint, error) {
	keys, err := os.ReadFile(vkeys)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(keys), "\n"), "\n")
	log, err := note.NewVerifier(lines[0])
	if err != nil {
		return nil, fmt.Errorf("key of the log: %v", err)
	}
	known := []note.Verifier{log}
	for _, line := range lines[1:] {
		witness, err := newWitness(line)
		if err != nil {
			return nil, fmt.Errorf("key of a witness: %v", err)
		}
		known = append(known, witness)
	}

	msg, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return nil, err
	}
	opened, err := note.Open(msg, note.VerifierList(known...))
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %v", err)
	}
	var head checkpoint
	signed := false
	for _, sig := range opened.Sigs {
		if sig.Name == log.Name() && sig.Hash == log.KeyHash() {
			signed = true
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(sig.Base64)
		if err != nil || len(raw) != 4+cosignatureSize {
			return nil, errors.New("checkpoint: a cosignature of another size")
		}
		time := binary.BigEndian.Uint64(raw[4:])
		head.cosigned = append(head.cosigned, fmt.Sprintf("cosigned %s at %d", sig.Name, time))
	}
	if !signed {
		return nil, errors.New("checkpoint: the log has not signed it")
	}

	text := strings.Split(opened.Text, "\n")
	if len(text) != 4 || text[0] != log.Name() || text[3] != "" {
		return nil, errors.New("checkpoint: not origin, size and root of this log")
	}
	head.tree.N, err = strconv.ParseInt(text[1], 10, 64)
	if err != nil || head.tree.N < 0 || strconv.FormatInt(head.tree.N, 10) != text[1] {
		return nil, errors.New("checkpoint: the size is not a size")
	}
	if head.tree.Hash, err = tlog.ParseHash(text[2]); err != nil {
		return nil, fmt.Errorf("checkpoint: %v", err)
	}
	return &head, nil
}

// witness verifies cosignatures (c2sp.org/tlog-cosignature, version 1), which x/mod does not know: the payload is a
// time, u64, and an Ed25519 signature over that time and the text of the note.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

const (
	cosignatureType = 4
	cosignatureSize = 8 + ed25519.SignatureSize
)

func newWitness(vkey string) (*witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not name, id and key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureType {
		return nil, errors.New("not a key for cosignatures")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, errors.New("the id is not the key's")
	}
	return &witness{parts[0], hash, key[1:]}, nil
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) Verify(msg, sig []byte) bool {
	if len(sig) != cosignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(w.key, append([]byte(head), msg...), sig[8:])
}
