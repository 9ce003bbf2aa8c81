package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func runes(s string) int { return utf8.RuneCountInString(s) }

// clip shortens s to at most limit characters, and says so with an ellipsis.
func clip(s string, limit int) string {
	if runes(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit]) + "…"
}

// words splits s into lower-case words; a change to upper case inside a word
// starts a new one, so that getWeather is two.
func words(s string) []string {
	var out []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			out = append(out, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	var before rune
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
		} else {
			if unicode.IsUpper(r) && unicode.IsLower(before) {
				flush()
			}
			word.WriteRune(r)
		}
		before = r
	}
	flush()
	return out
}

// wordChunks cuts text for streaming: each chunk is a word with the blanks
// after it, and together they are the text.
func wordChunks(text string) []string {
	var chunks []string
	start, blank := 0, false
	for i, r := range text {
		if space := unicode.IsSpace(r); space != blank {
			if blank && i > start {
				chunks = append(chunks, text[start:i])
				start = i
			}
			blank = space
		}
	}
	if start < len(text) {
		chunks = append(chunks, text[start:])
	}
	return chunks
}

// fragmentSize is the length in characters of a streamed piece of arguments.
const fragmentSize = 16

// fragments cuts arguments for streaming, never inside a character and never
// into an empty piece: some clients take an empty piece for a new call.
func fragments(arguments string) []string {
	var pieces []string
	rest := []rune(arguments)
	for len(rest) > 0 {
		n := min(fragmentSize, len(rest))
		pieces = append(pieces, string(rest[:n]))
		rest = rest[n:]
	}
	return pieces
}
