package app

import (
	"context"
	"encoding/json"
	"io"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/fields"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// View says how a result is shown to people.
type View struct {
	Rows  string // path of the records in the result, in the syntax of gjson; "" for the result itself
	Table output.Table

	// Lines writes records that do not fit on a line each, at most width columns
	// wide; 0 is any width. It replaces Table.
	Lines func(w io.Writer, rows []json.RawMessage, width int) error
}

// Write writes a result: what --fields keeps of it, to where --output says, as a
// table where a person looks at a terminal and the command has a view, else as
// JSON. An empty result is null.
func (a *App) Write(ctx context.Context, result json.RawMessage, view *View) error {
	kept, err := a.selected(result)
	if err != nil {
		return err
	}
	err = a.WriteTo(ctx, func(w io.Writer) error {
		if view != nil && a.asTable() {
			return view.write(w, kept, a.width())
		}
		return output.JSON(w, kept)
	})
	if err != nil && ctx.Err() == nil {
		return notWritten(err, result)
	}
	return err
}

// notWritten is the failure to write the result of an operation that may well
// have changed something.
func notWritten(err error, result json.RawMessage) error {
	e := failure.General("%v", err).WithHint(completed)
	e.Err = err
	e.Detail = completedWith(result)
	return e
}

const completed = "the operation was completed: do not repeat it if it changes something; detail.response is its whole result"

func completedWith(result json.RawMessage) json.RawMessage {
	if len(result) == 0 {
		result = json.RawMessage("null")
	}
	return envelope.Encode(struct {
		OperationCompleted bool            `json:"operation_completed"`
		Response           json.RawMessage `json:"response"`
	}{true, result})
}

// CheckOutput refuses a file in --output that cannot be written, so that it is
// not noticed after the operation.
func (a *App) CheckOutput() error {
	if a.Flags.Output == "" || a.Flags.Output == "-" {
		return nil
	}
	if err := output.Check(a.Flags.Output); err != nil {
		return failure.Input("%v", err)
	}
	return nil
}

// WriteTo calls write with where --output says. A file is put in place whole,
// after write has returned without an error and unless ctx has ended.
func (a *App) WriteTo(ctx context.Context, write func(io.Writer) error) error {
	if a.Flags.Output == "" || a.Flags.Output == "-" {
		return write(a.Out)
	}
	return output.File(a.Flags.Output, func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		return ctx.Err()
	})
}

// selected applies --fields.
func (a *App) selected(result json.RawMessage) (json.RawMessage, error) {
	if len(a.Flags.Fields) == 0 {
		return result, nil
	}
	kept, matched, err := fields.Select(result, a.Flags.Fields)
	if err != nil {
		return nil, err
	}
	if matched {
		return kept, nil
	}
	e := failure.Invalid("--fields: nothing in the result is called %s", strings.Join(a.Flags.Fields, ", ")).
		WithHint(completed)
	e.Detail = completedWith(result)
	return nil, e
}

// asTable reports whether a result with a view is shown as one. Who selects
// fields wants to see these.
func (a *App) asTable() bool {
	switch a.Flags.Format {
	case FormatTable:
		return true
	case FormatJSON:
		return false
	}
	return a.Terminal.Out && (a.Flags.Output == "" || a.Flags.Output == "-") && len(a.Flags.Fields) == 0
}

func (a *App) width() int {
	if a.Flags.Output != "" && a.Flags.Output != "-" {
		return 0
	}
	return a.Terminal.Width
}

func (v *View) write(w io.Writer, result json.RawMessage, width int) error {
	list := gjson.ParseBytes(result)
	if v.Rows != "" {
		list = list.Get(v.Rows)
	}
	var rows []json.RawMessage
	if list.IsObject() {
		rows = append(rows, json.RawMessage(list.Raw))
	}
	if list.IsArray() {
		for _, row := range list.Array() {
			rows = append(rows, json.RawMessage(row.Raw))
		}
	}
	if v.Lines != nil {
		return v.Lines(w, rows, width)
	}
	return v.Table.Write(w, rows, width)
}
