// Command GoCheck reads exported audit logs the way an outsider would: with golang.org/x/mod/sumdb, which knows nothing
// of this project, on the paths of c2sp.org/tlog-tiles.
//
//	apt-get install golang-go golang-golang-x-mod-dev
//	GO111MODULE=off GOPATH=/usr/share/gocode go run ./tests/GoCheck DIR VKEYS [DIR VKEYS ...]
//
// DIR holds checkpoint, tile/L/N[.p/W] and tile/entries/N[.p/W]. VKEYS holds one verifier key a line: the log's first,
// then those of witnesses. For each pair it prints "cosigned NAME at TIME" for each witness whose cosignature verifies,
// and then "ok size N". At the first thing that is wrong it says what, and exits with status 1.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 3 || len(os.Args)%2 == 0 {
		fmt.Fprintln(os.Stderr, "usage: GoCheck DIR VKEYS [DIR VKEYS ...]")
		os.Exit(2)
	}
	for i := 1; i < len(os.Args); i += 2 {
		dir, vkeys := os.Args[i], os.Args[i+1]
		if err := checkLog(dir, vkeys); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", dir, err)
			os.Exit(1)
		}
	}
}

func checkLog(dir, vkeys string) error {
	head, err := readCheckpoint(dir, vkeys)
	if err != nil {
		return err
	}
	for _, line := range head.cosigned {
		fmt.Println(line)
	}
	if err := checkTree(dir, head.tree); err != nil {
		return err
	}
	fmt.Printf("ok size %d\n", head.tree.N)
	return nil
}
