package pylon

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// sealCursor makes an opaque cursor that is good for one scope only: the list
// and the parameters it was made under.
func sealCursor(scope string, offset int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%08x:%d", scopeSum(scope), offset))
}

// openCursor returns the offset inside a cursor. An empty cursor starts at zero.
func openCursor(scope, cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	invalid := badRequest("cursor is not valid for this request: send a cursor from the previous page unchanged, with the same parameters")
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return 0, invalid
	}
	sum, position, _ := strings.Cut(string(raw), ":")
	offset, err := strconv.Atoi(position)
	if err != nil || offset < 0 || sum != fmt.Sprintf("%08x", scopeSum(scope)) {
		return 0, invalid
	}
	return offset, nil
}

func scopeSum(scope string) uint32 {
	hash := fnv.New32a()
	hash.Write([]byte(scope))
	return hash.Sum32()
}

// slicePage cuts one page out of rows and returns the cursor of the next one.
// The page is never nil, so that it encodes as an array.
func slicePage[T any](rows []T, scope, cursor string, size int) ([]T, string, error) {
	start, err := openCursor(scope, cursor)
	if err != nil {
		return nil, "", err
	}
	start = min(start, len(rows))
	end := len(rows)
	if size > 0 {
		end = min(start+size, end)
	}
	next := ""
	if end < len(rows) {
		next = sealCursor(scope, end)
	}
	return append([]T{}, rows[start:end]...), next, nil
}

// listPage answers one page of an entity's list; scope holds what else, besides
// the entity, the cursor depends on.
func listPage[T any](o *Organization, entity, scope, cursor string, rows []T) (Reply, error) {
	page, next, err := slicePage(rows, entity+"?"+scope, cursor, o.pageSizes[entity])
	if err != nil {
		return Reply{}, err
	}
	return o.listed(page, next)
}
