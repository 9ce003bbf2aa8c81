package browser

import (
	"fmt"
	"io"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Invite writes which page must be opened to go on: on a terminal the message and
// the page, each on a line, elsewhere one line with the JSON of notice, for the
// program that reads there.
func Invite(w io.Writer, terminal bool, message, page string, notice any) error {
	text := message + ":\n" + page
	if !terminal {
		line, err := envelope.Marshal(notice)
		if err != nil {
			return fmt.Errorf("browser: write the notice: %w", err)
		}
		text = string(line)
	}
	if _, err := fmt.Fprintln(w, text); err != nil {
		return fmt.Errorf("browser: print the page to open: %w", err)
	}
	return nil
}
