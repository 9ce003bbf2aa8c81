package execute

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/fields"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// writeRecords writes the records of all pages as JSON Lines. What was written
// before a failure stays on standard output; a file of -o is then not touched.
func (cmd *command) writeRecords(ctx context.Context, c call, svc service) error {
	params, err := c.params()
	if err != nil {
		return err
	}
	conn, err := svc.pages(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	w := &walk{fields: cmd.app.Flags.Fields, progress: newProgress(cmd.app), notice: cmd.app.Notice}
	err = cmd.app.WriteTo(ctx, func(to io.Writer) error {
		w.out = bufio.NewWriter(to)
		return w.all(ctx, conn, c, params)
	})
	w.progress.end()
	if err != nil {
		return w.failed(cmd.app, err)
	}
	return operation.ErrWritten
}

// walk writes records page by page and holds one page at a time.
type walk struct {
	out      *bufio.Writer
	fields   []string
	progress *progress
	notice   func(format string, args ...any)

	records int // read
	written int
	cursor  string // leads to the page behind those written, "" when nothing does
	matched bool   // a field was found in some record
	held    []byte // lines of the first page with records in which none was found, until one is
	warning string // the last one told
	line    bytes.Buffer
}

func (w *walk) all(ctx context.Context, conn *connector.Connector, c call, params connector.Params) error {
	for page, err := range conn.Pages(ctx, c.entity, c.action, params) {
		if err != nil {
			return err
		}
		for record := range envelope.Rows(page.Data) {
			if err := w.write(record); err != nil {
				return err
			}
		}
		if len(w.held) > 0 {
			return w.noField(page.Data)
		}
		if err := w.out.Flush(); err != nil {
			return fmt.Errorf("write the records: %w", err)
		}
		w.written, w.cursor = w.records, page.Meta.Cursor
		w.tell(page.Meta.Warning)
		w.progress.show(w.records)
	}
	return nil
}

// noField is the failure of the first page with records when it has none of the
// fields: to look for them in all pages would mean to keep these.
func (w *walk) noField(read json.RawMessage) error {
	e := failure.Invalid("--fields: nothing is called %s in the first page (%s)", strings.Join(w.fields, ", "), counted(w.records)).
		WithHint("detail.response is what was read; without --fields the records come whole")
	e.Err = errNoField
	if envelope.Valid(read) == nil {
		e.Detail = envelope.Encode(struct {
			Response json.RawMessage `json:"response"`
		}{read})
	}
	return e
}

// tell passes a warning of the service on, once for as many pages as repeat it.
// JSON Lines have no place for it.
func (w *walk) tell(warning string) {
	if warning != "" && warning != w.warning {
		w.progress.end()
		w.notice("%s", warning)
	}
	w.warning = warning
}

// write writes one record. Those in which --fields finds nothing wait for one of
// the same page in which it does: a misspelt field shall give a failure, not empty
// lines.
func (w *walk) write(record json.RawMessage) error {
	w.records++
	if len(w.fields) > 0 {
		kept, matched, err := fields.Select(record, w.fields)
		if err != nil {
			return err
		}
		record, w.matched = kept, w.matched || matched
	}
	line, err := w.oneLine(record)
	if err != nil {
		return err
	}
	if len(w.fields) > 0 && !w.matched {
		w.held = append(w.held, line...)
		return nil
	}
	if _, err := w.out.Write(append(w.held, line...)); err != nil {
		return fmt.Errorf("write the records: %w", err)
	}
	w.held = nil
	return nil
}

// oneLine makes one line of a record, safe for a terminal as all JSON that the
// command line writes.
func (w *walk) oneLine(record json.RawMessage) ([]byte, error) {
	w.line.Reset()
	if err := output.JSON(&w.line, record); err != nil {
		return nil, err
	}
	indented := bytes.Clone(w.line.Bytes())
	w.line.Reset()
	if err := json.Compact(&w.line, indented); err != nil {
		return nil, fmt.Errorf("a record is not valid json: %w", err)
	}
	w.line.WriteByte('\n')
	return w.line.Bytes(), nil
}

// failed says how far the walk came, and how to go on where that is known.
func (w *walk) failed(a *app.App, err error) error {
	e := *failure.From(err)
	switch {
	case e.Exit == failure.ExitInterrupted, errors.Is(err, errNoField), w.records == 0:
		return err
	case a.Flags.Output != "" && a.Flags.Output != "-":
		e.Message += fmt.Sprintf("; %s had been read, %s was not written", counted(w.records), a.Flags.Output)
		return &e
	}
	if w.written > 0 {
		e.Message += fmt.Sprintf("; %s had been written before", counted(w.written))
	}
	// A list that ended incomplete would end so again behind its last cursor.
	if w.cursor != "" && !errors.Is(err, connector.ErrIncomplete) {
		e.Hint = strings.TrimPrefix(e.Hint+fmt.Sprintf("; to go on behind them, set cursor in the params to %s", envelope.Encode(w.cursor)), "; ")
	}
	return &e
}

// errNoField is the cause of a failure that is about --fields alone.
var errNoField = errors.New("no such field")

func counted(records int) string {
	if records == 1 {
		return "1 record"
	}
	return fmt.Sprintf("%d records", records)
}
