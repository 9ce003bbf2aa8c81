package output

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/tidwall/gjson"
)

// Table shows records to people, one per line.
type Table struct {
	Columns []Column // from left to right
	Empty   string   // the sentence for no records; "Nothing found." when ""
}

// Column is one value of each record.
type Column struct {
	Title string // its heading
	Path  string // where the value is, in the syntax of gjson
	Whole bool   // never shortened: people copy it, as they do an id
}

const (
	gap       = 2 // spaces between columns
	narrowest = 4 // columns are not shortened further
)

// Write writes the headings and a line for each record, at most width columns
// of a terminal wide; 0 is any width. Long values are cut, with an ellipsis,
// in the widest columns first. Whole columns and very narrow terminals can
// make lines longer than width.
//
// Texts come on one line and without control characters, see [Line], other
// values as compact JSON, null and missing ones as nothing.
func (t Table) Write(w io.Writer, rows []json.RawMessage, width int) error {
	var text strings.Builder
	if len(rows) == 0 {
		text.WriteString(cmp.Or(t.Empty, "Nothing found.") + "\n")
	} else {
		cells := t.cells(rows)
		t.lay(&text, cells, t.widths(cells, width))
	}
	if _, err := io.WriteString(w, text.String()); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

// cells returns the headings and the values.
func (t Table) cells(rows []json.RawMessage) [][]string {
	head := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		head[i] = column.Title
	}
	cells := [][]string{head}
	for _, row := range rows {
		line := make([]string, len(t.Columns))
		for i, column := range t.Columns {
			line[i] = cell(gjson.GetBytes(row, column.Path))
		}
		cells = append(cells, line)
	}
	return cells
}

func cell(value gjson.Result) string {
	switch value.Type {
	case gjson.Null:
		return ""
	case gjson.String:
		return strings.Join(strings.Fields(Line(value.Str)), " ")
	case gjson.JSON:
		return Line(value.Get("@ugly").Raw)
	default:
		return Line(value.Raw)
	}
}

// widths returns how wide each column becomes.
func (t Table) widths(cells [][]string, width int) []int {
	widths := make([]int, len(t.Columns))
	for _, line := range cells {
		for i, text := range line {
			widths[i] = max(widths[i], textWidth(text))
		}
	}
	if width <= 0 {
		return widths
	}
	for t.total(widths) > width {
		i := t.widest(widths)
		if i < 0 {
			break
		}
		widths[i]--
	}
	return widths
}

func (t Table) total(widths []int) int {
	total := gap * (len(widths) - 1)
	for _, width := range widths {
		total += width
	}
	return total
}

// widest returns the widest column that can be shortened, -1 without one.
func (t Table) widest(widths []int) int {
	found := -1
	for i, width := range widths {
		if !t.Columns[i].Whole && width > narrowest && (found < 0 || width > widths[found]) {
			found = i
		}
	}
	return found
}

// lay writes the lines. Nothing is behind the last value of a line.
func (t Table) lay(text *strings.Builder, cells [][]string, widths []int) {
	for _, line := range cells {
		var padded strings.Builder
		for i, value := range line {
			value = fit(value, widths[i])
			padded.WriteString(value)
			padded.WriteString(strings.Repeat(" ", widths[i]-textWidth(value)+gap))
		}
		text.WriteString(strings.TrimRight(padded.String(), " ") + "\n")
	}
}
