package envelope

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// appendShortened appends valid JSON, compact, with every string value longer
// than per characters cut and marked. It gives up, with fits false, once it
// has written more than maxBytes.
func appendShortened(dst []byte, src json.RawMessage, per, maxBytes int) (out []byte, fits bool) {
	for i := 0; i < len(src); {
		if len(dst) > maxBytes {
			return dst, false
		}
		c := src[i]
		if c != '"' {
			if !isSpace(c) {
				dst = append(dst, c)
			}
			i++
			continue
		}
		end := stringEnd(src, i)
		if isKey(src, end) {
			dst = append(dst, src[i:end]...)
		} else {
			dst = appendCut(dst, src[i+1:end-1], per)
		}
		i = end
	}
	return dst, len(dst) <= maxBytes
}

// isKey reports whether the string that ended at i is followed by a colon.
func isKey(src []byte, i int) bool {
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	return i < len(src) && src[i] == ':'
}

// appendCut appends a string whose inside is raw, keeping at most per
// characters. An escape is one character, and neither an escape, nor a
// surrogate pair, nor a UTF-8 sequence is ever cut in two.
func appendCut(dst, raw []byte, per int) []byte {
	dst = append(dst, '"')
	end, kept := 0, 0
	for end < len(raw) && kept < per {
		end += unit(raw[end:])
		kept++
	}
	dst = append(dst, raw[:end]...)
	if end < len(raw) {
		total := kept
		for i := end; i < len(raw); total++ {
			i += unit(raw[i:])
		}
		dst = append(dst, fmt.Sprintf("... [%d of %d characters]", kept, total)...)
	}
	return append(dst, '"')
}

// unit returns the length of the first character of a valid string's inside.
func unit(raw []byte) int {
	if raw[0] != '\\' {
		_, n := utf8.DecodeRune(raw)
		return n
	}
	if raw[1] != 'u' {
		return 2
	}
	highSurrogate := raw[2]|0x20 == 'd' && (raw[3] == '8' || raw[3] == '9' || raw[3]|0x20 == 'a' || raw[3]|0x20 == 'b')
	if highSurrogate && len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' {
		return 12
	}
	return 6
}
