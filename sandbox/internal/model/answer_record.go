package model

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

var (
	tagPattern   = regexp.MustCompile(`<[^>]*>`)
	blankPattern = regexp.MustCompile(`\s+`)
)

// plain strips HTML to one line of text.
func plain(s string) string {
	s = html.UnescapeString(tagPattern.ReplaceAllString(s, " "))
	return strings.TrimSpace(blankPattern.ReplaceAllString(s, " "))
}

// label names a row in one line, by the fields that tell it from others.
func label(entity string, row record) string {
	if entity == "messages" {
		return labelMessage(row)
	}
	name := row.text("title", "name", "label", "value", "email", "slug", "id")
	if number := row.text("number"); number != "" {
		name = strings.TrimSpace("#" + number + " " + name)
	}
	if email := row.text("email"); email != "" && email != name {
		name += " <" + email + ">"
	}
	if remark := row.text("state", "status", "object_type", "type"); remark != "" {
		name += " (" + remark + ")"
	}
	if name == "" {
		return summary(row)
	}
	return clip(oneLine(name), 160)
}

// oneLine keeps an address in angle brackets, which plain would take
// for HTML.
func oneLine(s string) string {
	return strings.TrimSpace(blankPattern.ReplaceAllString(s, " "))
}

func labelMessage(row record) string {
	author := row.object("author")
	name := author.text("name")
	if name == "" {
		name = "Unknown author"
	}
	if private, _ := row["is_private"].(bool); private {
		name += " (internal)"
	}
	return name + ": " + clip(plain(row.text("message_html")), 160)
}

// told are the fields of a single record worth saying, in this order.
var told = []string{
	"state", "status", "type", "object_type", "source", "email", "domain", "primary_domain", "slug",
	"value", "created_at", "updated_at", "latest_message_time", "resolution_time", "id",
}

// describeRecord tells one record: what it is, then its telling fields.
func describeRecord(c Call, row record) string {
	noun := singular(strings.ReplaceAll(c.Entity, "_", " "))
	if noun == "" {
		noun = "result"
	}
	if noun == "me" {
		noun = "user behind these credentials"
	}
	name := row.text("title", "name", "label")
	if number := row.text("number"); number != "" {
		name = strings.TrimSpace("#" + number + " " + name)
	}
	facts := facts(row, name)
	switch {
	case name == "" && facts == "":
		return fmt.Sprintf("The %s: %s", noun, summary(row))
	case name == "":
		return fmt.Sprintf("The %s: %s.", noun, facts)
	case facts == "":
		return fmt.Sprintf("The %s is %s.", noun, name)
	}
	return fmt.Sprintf("The %s is %s: %s.", noun, name, facts)
}

func facts(row record, name string) string {
	var parts []string
	for _, field := range told {
		if value := row.text(field); value != "" && value != name {
			parts = append(parts, strings.ReplaceAll(field, "_", " ")+" "+clip(plain(value), 120))
		}
	}
	if body := plain(row.text("body_html")); body != "" {
		parts = append(parts, fmt.Sprintf("it reads %q", clip(body, 200)))
	}
	return strings.Join(parts, ", ")
}

// summary is a record without telling fields, as JSON.
func summary(row record) string {
	if len(row) == 1 && row["value"] != nil {
		return fmt.Sprint(row["value"])
	}
	raw, err := plainjson.Encode(row)
	if err != nil {
		return fmt.Sprintf("%d fields", len(row)) // unreachable: the row came from JSON
	}
	return clip(string(raw), 200)
}
