package model

import (
	"fmt"
	"strings"
)

// prefix begins every answer.
const prefix = "[scripted model] "

// shownRows is how many rows of a list an answer names.
const shownRows = 5

// answer joins the answers of the segments.
func (s script) answer(shares [][]Result) string {
	parts := make([]string, len(s.segments))
	for i, part := range s.segments {
		if part.rule.Answer != nil {
			parts[i] = part.rule.Answer(part.question, shares[i])
		} else {
			parts[i] = describeEach(shares[i])
		}
	}
	return prefix + strings.Join(parts, "\n\n")
}

func describeAll(results []Result) string { return prefix + describeEach(results) }

func describeEach(results []Result) string {
	parts := make([]string, len(results))
	for i, r := range results {
		parts[i] = Describe(r)
	}
	return strings.Join(parts, "\n\n")
}

// Describe says in plain sentences what a result holds: the error, the number
// of records and the first five of them, the one record, or the text in quotes.
func Describe(r Result) string {
	if r.Error != nil {
		return describeFailure(r)
	}
	rows, isList := r.rows()
	switch {
	case r.Data == nil:
		return fmt.Sprintf("The tool %s said: %q.", subject(r.Call), clip(r.Text, 500))
	case isList:
		return describeList(r.Call, rows, r.Meta)
	case len(rows) == 1:
		return describeRecord(r.Call, rows[0])
	case string(r.Data) == "null":
		return fmt.Sprintf("The tool %s returned no data.", subject(r.Call))
	}
	return fmt.Sprintf("The tool %s returned %s.", subject(r.Call), clip(string(r.Data), 500))
}

func describeFailure(r Result) string {
	text := fmt.Sprintf("The tool %s could not do that", subject(r.Call))
	if r.Error.Kind != "" {
		text += " (" + r.Error.Kind + ")"
	}
	text += ". It said: " + sentence(r.Error.Message)
	if r.Error.Hint != "" {
		text += " Its hint: " + sentence(r.Error.Hint)
	}
	return text
}

// sentence ends s with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(clip(strings.TrimSpace(s), 600))
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// subject names the operation where it is known, else the tool.
func subject(c Call) string {
	if c.Entity != "" && c.Action != "" {
		return c.Entity + "." + c.Action
	}
	if c.Tool == "" {
		return "result"
	}
	return c.Tool
}

func describeList(c Call, rows []record, meta Meta) string {
	var text strings.Builder
	fmt.Fprintf(&text, "I found %s", counted(len(rows), c.Entity))
	switch {
	case len(rows) == 0:
		text.WriteString(".")
	case len(rows) > shownRows:
		fmt.Fprintf(&text, "; the first %d:", shownRows)
	default:
		text.WriteString(":")
	}
	for _, row := range rows[:min(shownRows, len(rows))] {
		text.WriteString("\n- " + label(c.Entity, row))
	}
	text.WriteString(remainder(len(rows), meta))
	return text.String()
}

// remainder says what the result left out.
func remainder(shown int, meta Meta) string {
	var text string
	if meta.Truncated && meta.Total > 0 {
		text += fmt.Sprintf("\nThe result was cut: it holds %d of %d rows.", max(shown, meta.Returned), meta.Total)
	} else if meta.Truncated {
		text += "\nThe result was cut to fit."
	}
	if meta.HasMore {
		text += "\nThere are more on the next page."
	}
	return text
}

func counted(n int, entity string) string {
	noun := strings.ReplaceAll(entity, "_", " ")
	if noun == "" {
		noun = "rows"
	}
	if n == 1 {
		noun = singular(noun)
	}
	if n == 0 {
		return "no " + noun
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func singular(noun string) string {
	if stem, ok := strings.CutSuffix(noun, "ies"); ok {
		return stem + "y"
	}
	return strings.TrimSuffix(noun, "s")
}
