package sandbox

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

const seededIDs = 0x1000 // ids below are the fixed ones

// idSource makes ids that look like UUIDs and come in the same order in every
// run, so that goldens hold.
type idSource struct{ used atomic.Uint64 }

func (s *idSource) next() string { return sandboxID(seededIDs + s.used.Add(1)) }

func sandboxID(n uint64) string { return fmt.Sprintf("5a4db0c0-0000-4000-8000-%012x", n) }

// isUUID reports whether id has the form of a UUID, in either case.
func isUUID(id string) bool {
	if len(id) != 36 {
		return false
	}
	for i, c := range id {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !strings.ContainsRune("0123456789abcdefABCDEF", c) {
				return false
			}
		}
	}
	return true
}

// timestamp writes a time as the service does: UTC, microseconds, Z.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// seededAt is when everything in a fresh sandbox was made: fixed, so that equal
// sandboxes give equal bytes.
const seededAt = "2026-01-05T09:00:00.000000Z"
