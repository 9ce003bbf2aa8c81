// Package suggest finds the word somebody most likely meant.
package suggest

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the word closest to got, ignoring case, or "" when none is
// close: one letter may differ in a word of up to three, two in one of up to
// seven, and a third of the letters in a longer one.
func Nearest(got string, words []string) string {
	const longest = 100 // no name is longer, and the distance costs its product
	got = strings.ToLower(strings.TrimSpace(got))
	if got == "" || len(got) > longest {
		return ""
	}
	best, bestDistance := "", allowance(utf8.RuneCountInString(got))+1
	for _, word := range words {
		if d := levenshtein.ComputeDistance(got, strings.ToLower(word)); d < bestDistance {
			best, bestDistance = word, d
		}
	}
	return best
}

func allowance(letters int) int {
	switch {
	case letters <= 3:
		return 1
	case letters <= 7:
		return 2
	default:
		return letters / 3
	}
}
