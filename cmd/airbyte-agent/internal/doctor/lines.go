package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

// marks show the outcome of a check at a glance.
var marks = map[string]string{OK: "✓", Warning: "!", Failed: "✗", Skipped: "-"}

const (
	longestName = len(checkOrganization)
	before      = 2 + longestName + 2 // columns before what was found
	narrowest   = 20                  // columns that texts are not broken below
	arrow       = "→ "
	arrowWidth  = 2
)

// writeLines shows checks to a person: what was found of each, and indented below
// what to do about it.
func writeLines(w io.Writer, rows []json.RawMessage, width int) error {
	var text strings.Builder
	if len(rows) == 0 {
		text.WriteString("Nothing found.\n")
	}
	room := 0
	if width > 0 {
		room = max(width-before, narrowest)
	}
	for _, row := range rows {
		var c Check
		if err := json.Unmarshal(row, &c); err != nil {
			return fmt.Errorf("read a check: %w", err)
		}
		head := fmt.Sprintf("%s %-*s  ", marks[c.Status], longestName, c.Name)
		block(&text, head, strings.Repeat(" ", before), output.Wrap(c.Message, room))
		if c.Hint != "" {
			indent := strings.Repeat(" ", before)
			block(&text, indent+arrow, indent+strings.Repeat(" ", arrowWidth), output.Wrap(c.Hint, max(room-arrowWidth, 0)))
		}
	}
	if _, err := io.WriteString(w, text.String()); err != nil {
		return fmt.Errorf("writing the checks: %w", err)
	}
	return nil
}

// block writes lines, the first one behind head and the others indented.
func block(text *strings.Builder, head, indent string, lines []string) {
	for _, line := range lines {
		text.WriteString(strings.TrimRight(head+line, " ") + "\n")
		head = indent
	}
}
