package main

import (
	"strings"
	"unicode"
)

// initialisms are words that Go writes in capitals, and names with capitals of
// their own.
var initialisms = map[string]string{
	"ai": "AI", "api": "API", "bccs": "BCCs", "bcc": "BCC", "cc": "CC", "ccs": "CCs", "ces": "CES", "crm": "CRM",
	"csat": "CSAT", "html": "HTML", "id": "ID", "ids": "IDs", "kb": "KB", "ms": "MS", "nps": "NPS", "s3": "S3",
	"sla": "SLA", "slas": "SLAs", "sms": "SMS", "ts": "TS", "url": "URL", "urls": "URLs",

	"github": "GitHub", "whatsapp": "WhatsApp",
}

// goName is the exported Go name of a snake_case name: body_html is BodyHTML.
func goName(name string) string {
	var b strings.Builder
	for _, word := range words(name) {
		if known, ok := initialisms[word]; ok {
			b.WriteString(known)
			continue
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// argumentName is the Go name of a function's argument: issue_id is issueID.
func argumentName(name string) string {
	all := words(name)
	first := all[0]
	if first == "type" {
		first = "typ"
	}
	return first + goName(strings.Join(all[1:], "_"))
}

func words(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// valuePrefixes are the beginnings of constants where the name of the type would
// only make them longer.
var valuePrefixes = map[string]string{
	"ArticleVisibilityConfig": "Article", "DestinationMetadata": "", "VisibilityInput": "Visibility",
}

// valuePrefix is what the constants for the values of a type's members begin
// with.
func valuePrefix(goType string) string {
	if prefix, ok := valuePrefixes[goType]; ok {
		return prefix
	}
	return goType
}

// singular is the Go name of one record of an entity: issue_statuses is
// IssueStatus.
func singular(entity string) string {
	name := entity
	switch {
	case strings.HasSuffix(name, "ies"):
		name = strings.TrimSuffix(name, "ies") + "y"
	case strings.HasSuffix(name, "ses"):
		name = strings.TrimSuffix(name, "es")
	case strings.HasSuffix(name, "s"):
		name = strings.TrimSuffix(name, "s")
	}
	return goName(name)
}

// phrase is a name as words of a sentence: logo_url is "Logo URL".
func phrase(name string) string {
	all := words(name)
	for i, word := range all {
		if known, ok := initialisms[word]; ok {
			all[i] = known
		}
	}
	text := strings.Join(all, " ")
	return strings.ToUpper(text[:1]) + text[1:]
}
