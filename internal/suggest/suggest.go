// Package suggest finds the word somebody most likely meant.
package suggest

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the word closest to got, ignoring case, or "" when none is
// close: more than a third of the letters would have to change.
func Nearest(got string, words []string) string {
	const longest = 100 // no name is longer, and the distance costs its product
	got = strings.ToLower(strings.TrimSpace(got))
	if got == "" || len(got) > longest {
		return ""
	}
	best, bestDistance := "", max(2, len(got)/3)+1
	for _, word := range words {
		if d := levenshtein.ComputeDistance(got, strings.ToLower(word)); d < bestDistance {
			best, bestDistance = word, d
		}
	}
	return best
}
