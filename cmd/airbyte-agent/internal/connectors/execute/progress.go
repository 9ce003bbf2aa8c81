package execute

import (
	"fmt"
	"io"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

// progress is a line that says how many records there are so far. Its zero value
// says nothing.
type progress struct {
	to    io.Writer
	shown bool
}

// newProgress shows it on standard error if somebody looks there, unless the
// records themselves run over the same screen.
func newProgress(a *app.App) *progress {
	onScreen := a.Terminal.Out && (a.Flags.Output == "" || a.Flags.Output == "-")
	if !a.Terminal.Err || onScreen {
		return &progress{}
	}
	return &progress{to: a.Err}
}

func (p *progress) show(records int) {
	if p.to == nil {
		return
	}
	p.shown = true
	_, _ = fmt.Fprintf(p.to, "\r%s…", counted(records)) // nobody left to tell
}

// end takes the line away, so that nothing is in front of what comes next.
func (p *progress) end() {
	if p.shown {
		_, _ = fmt.Fprint(p.to, "\r\x1b[K") // nobody left to tell
		p.shown = false
	}
}
