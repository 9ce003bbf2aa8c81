package output

import "strings"

// Wrap breaks text at its white space into lines of at most width columns; 0 is
// any width. A word that is longer has a line of its own. The text comes without
// control characters, see [Line].
func Wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(Line(text)) {
		switch {
		case line == "":
			line = word
		case width > 0 && textWidth(line)+1+textWidth(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
