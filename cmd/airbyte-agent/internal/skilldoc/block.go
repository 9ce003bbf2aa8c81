package skilldoc

import (
	"math"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// render renders one block of the content. A block without what its type needs
// is shown as it is.
func render(block gjson.Result) string {
	switch block.Get("type").String() {
	case "heading":
		if text := line(block.Get("text")); text != "" {
			return strings.Repeat("#", level(block.Get("level"))) + " " + text
		}
	case "paragraph":
		if text := block.Get("text"); text.Exists() {
			return words(text)
		}
	case "list":
		if items := block.Get("items"); items.IsArray() {
			return bullets(items)
		}
	case "code":
		if text := block.Get("code"); text.Exists() {
			return fenced(line(block.Get("language")), words(text))
		}
	case "table":
		if headers, rows := block.Get("headers"), block.Get("rows"); headers.IsArray() || rows.IsArray() {
			return table(headers.Array(), rows.Array())
		}
	}
	return words(block)
}

// level reads a heading's level, which may be a text, within what Markdown has.
func level(value gjson.Result) int {
	if value.Type != gjson.Number && value.Type != gjson.String {
		return 2
	}
	number, err := strconv.ParseFloat(strings.TrimSpace(value.String()), 64)
	if err != nil || math.IsNaN(number) {
		return 2
	}
	return int(min(max(number, 1), 6))
}

// bullets renders a list. Further lines of an item belong to the item.
func bullets(items gjson.Result) string {
	var lines []string
	for _, item := range items.Array() {
		lines = append(lines, "- "+strings.ReplaceAll(words(item), "\n", "\n  "))
	}
	return strings.Join(lines, "\n")
}

// fenced renders code between fences longer than any in the code.
func fenced(language, text string) string {
	language = strings.ReplaceAll(language, "`", "") // it would end the fence's line
	fence := strings.Repeat("`", max(3, longestTicks(text)+1))
	return fence + language + "\n" + strings.TrimSuffix(text, "\n") + "\n" + fence
}

// code renders a short text as code in a line.
func code(text string) string {
	ticks := strings.Repeat("`", longestTicks(text)+1)
	if len(ticks) > 1 { // a tick at the edge would join the fence
		text = " " + text + " "
	}
	return ticks + text + ticks
}

func longestTicks(text string) (longest int) {
	for rest := text; ; {
		i := strings.IndexByte(rest, '`')
		if i < 0 {
			return longest
		}
		rest = rest[i:]
		run := len(rest) - len(strings.TrimLeft(rest, "`"))
		longest, rest = max(longest, run), rest[run:]
	}
}

// table renders rows under their headers; short rows are filled up, and so
// are the headers when a row is longer.
func table(headers, rows []gjson.Result) string {
	columns := len(headers)
	for _, row := range rows {
		columns = max(columns, len(row.Array()))
	}
	if columns == 0 {
		return ""
	}
	lines := []string{tableRow(headers, columns), "|" + strings.Repeat(" --- |", columns)}
	for _, row := range rows {
		lines = append(lines, tableRow(row.Array(), columns))
	}
	return strings.Join(lines, "\n")
}

var cellEscapes = strings.NewReplacer(`\`, `\\`, `|`, `\|`)

func tableRow(cells []gjson.Result, columns int) string {
	var row strings.Builder
	row.WriteString("|")
	for i := range columns {
		cell := ""
		if i < len(cells) {
			cell = cellEscapes.Replace(line(cells[i]))
		}
		row.WriteString(" " + cell + " |")
	}
	return row.String()
}
