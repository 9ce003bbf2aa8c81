package connector

import (
	"fmt"
	"strings"
)

// maxProblems is how many problems of one call are told. A model mends no more at
// a time; past it the rest of a call is not looked at.
const maxProblems = 20

// problems are what is wrong with one call, in the order it was found.
type problems struct {
	texts []string
	more  bool
}

func (p *problems) add(format string, args ...any) {
	if len(p.texts) == maxProblems {
		p.more = true
		return
	}
	p.texts = append(p.texts, fmt.Sprintf(format, args...))
}

// String returns all problems in one line, "" for none.
func (p *problems) String() string {
	text := strings.Join(p.texts, "; ")
	if p.more {
		text += "; and more"
	}
	return text
}

// excerpt shortens a value for a message: a model knows what it sent.
func excerpt(raw string) string {
	room := 60 // characters
	for i := range raw {
		if room--; room < 0 {
			return raw[:i] + "..."
		}
	}
	return raw
}
