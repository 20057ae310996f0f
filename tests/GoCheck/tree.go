package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// tilePath maps a tile to its path in c2sp.org/tlog-tiles, which leaves the height out and calls data entries.
func tilePath(t tlog.Tile) string {
	level := fmt.Sprint(t.L)
	if t.L < 0 {
		level = "entries"
	}
	rest := strings.SplitN(t.Path(), "/", 4)[3]
	return "tile/" + level + "/" + rest
}

// folder reads the files of an export.
type folder string

func (f folder) read(t tlog.Tile) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(f), filepath.FromSlash(tilePath(t))))
}

func (f folder) Height() int { return tileHeight }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		var err error
		if data[i], err = f.read(t); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// checkTree derives the root three times: from tiles that x/mod authenticates on the way, from tiles as they are, and
// from the entries. Then it compares every tile with what follows from the entries, and checks proofs.
func checkTree(dir string, tree tlog.Tree) error {
	stored, err := readEntries(folder(dir), tree.N)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(tree.N, hashesOf(stored))
	if err != nil {
		return fmt.Errorf("root of the entries: %v", err)
	}
	if err := compareTiles(folder(dir), tree.N, hashesOf(stored)); err != nil {
		return err
	}
	if tree.N == 0 {
		// TreeHash has no answer of its own for a tree without entries: the root of nothing is SHA-256 of nothing.
		root = emptyRoot
	}
	if root != tree.Hash {
		return errors.New("the entries do not lead to the root of the checkpoint")
	}
	if tree.N == 0 {
		return nil
	}
	authenticated := tlog.TileHashReader(tree, folder(dir))
	for _, reader := range []tlog.HashReader{authenticated, plainReader(dir, tree.N)} {
		root, err := tlog.TreeHash(tree.N, reader)
		if err != nil {
			return fmt.Errorf("root of the tiles: %v", err)
		}
		if root != tree.Hash {
			return errors.New("the tiles do not lead to the root of the checkpoint")
		}
	}
	return checkProofs(tree, stored, authenticated)
}

var emptyRoot = tlog.Hash{
	0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
	0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
}

// readEntries hashes every entry of every bundle and returns the hashes in x/mod's order of storage.
func readEntries(f folder, size int64) ([]tlog.Hash, error) {
	var stored []tlog.Hash
	for n := int64(0); n*256 < size; n++ {
		t := tlog.Tile{H: tileHeight, L: -1, N: n, W: 256}
		if left := size - n*256; left < 256 {
			t.W = int(left)
		}
		bundle, err := f.read(t)
		if err != nil {
			return nil, err
		}
		for i := 0; i < t.W; i++ {
			index := n*256 + int64(i)
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s: ends in entry %d", tilePath(t), index)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			hashes, err := tlog.StoredHashes(index, bundle[2:end], hashesOf(stored))
			if err != nil {
				return nil, err
			}
			stored = append(stored, hashes...)
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("%s: goes on after its last entry", tilePath(t))
		}
	}
	return stored, nil
}

// compareTiles compares the file of every tile with the hashes of the entries.
func compareTiles(f folder, size int64, hashes tlog.HashReader) error {
	for _, t := range tilesOf(size) {
		want, err := tlog.ReadTileData(t, hashes)
		if err != nil {
			return err
		}
		got, err := f.read(t)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s: not the hashes of the entries", tilePath(t))
		}
	}
	return nil
}

// tilesOf lists the tiles that c2sp.org/tlog-tiles asks for: NewTiles of x/mod also names each narrower partial tile.
func tilesOf(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for level, hashes := 0, size; hashes > 0; level, hashes = level+1, hashes/256 {
		for n := int64(0); n < hashes/256; n++ {
			tiles = append(tiles, tlog.Tile{H: tileHeight, L: level, N: n, W: 256})
		}
		if width := hashes % 256; width > 0 {
			tiles = append(tiles, tlog.Tile{H: tileHeight, L: level, N: hashes / 256, W: int(width)})
		}
	}
	return tiles
}

// plainReader believes the tiles.
func plainReader(dir string, size int64) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			t := tlog.TileForIndex(tileHeight, index)
			// The file is as wide as the tree has hashes there.
			if width := size>>uint(tileHeight*t.L) - t.N*256; width < 256 {
				t.W = int(width)
			} else {
				t.W = 256
			}
			data, err := folder(dir).read(t)
			if err != nil {
				return nil, err
			}
			if hashes[i], err = tlog.HashFromTile(t, data, index); err != nil {
				return nil, err
			}
		}
		return hashes, nil
	})
}

// checkProofs proves some entries, and some earlier trees, from the tiles.
func checkProofs(tree tlog.Tree, stored []tlog.Hash, tiles tlog.HashReader) error {
	for _, n := range []int64{0, tree.N / 3, tree.N / 2, tree.N - 1} {
		proof, err := tlog.ProveRecord(tree.N, n, tiles)
		if err != nil {
			return err
		}
		leaf := stored[tlog.StoredHashIndex(0, n)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaf); err != nil {
			return fmt.Errorf("inclusion of entry %d: %v", n, err)
		}
		proof2, err := tlog.ProveTree(tree.N, n+1, tiles)
		if err != nil {
			return err
		}
		old, err := tlog.TreeHash(n+1, hashesOf(stored))
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof2, tree.N, tree.Hash, n+1, old); err != nil {
			return fmt.Errorf("consistency with size %d: %v", n+1, err)
		}
	}
	return nil
}

func hashesOf(stored []tlog.Hash) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			if index >= int64(len(stored)) {
				return nil, fmt.Errorf("no hash is stored at %d", index)
			}
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
}
