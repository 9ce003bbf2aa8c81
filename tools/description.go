package tools

import (
	"strings"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/connector"
)

// The sentences that several texts share.
const (
	executePaging   = `If meta.has_more is true, the same call with params.cursor = meta.cursor gives the next page.`
	perActionPaging = `If meta.has_more is true, the same call with cursor = meta.cursor gives the next page.`

	truncationAdvice = `If meta.truncated is true, rows are missing that the cursor skips: follow meta.hint instead.`

	errorAdvice  = `On {"error": ...} follow its hint; did_you_mean and allowed hold legal values.`
	searchAdvice = `To find records use context_store_search: it filters and sorts, but may lag behind; for the present state use get or list.`
	writeAdvice  = `Change data only when the user asks for it, and never repeat a change whose outcome is unknown before you looked.`
)

// describe puts the user's text and the generated one together within the
// budget. The generated one is asked for text of a given room, -1 for any.
func (cfg *config) describe(generate func(room int) string) (string, error) {
	text := strings.TrimSpace(cfg.description)
	used := utf8.RuneCountInString(text)
	if cfg.descriptionBudget > 0 && used > cfg.descriptionBudget {
		return "", configError("description has %d characters, the budget is %d; shorten it or raise the budget with WithDescriptionBudget",
			used, cfg.descriptionBudget)
	}
	if !cfg.generated {
		return text, nil
	}
	room := -1
	if cfg.descriptionBudget > 0 {
		room = cfg.descriptionBudget - used
		if used > 0 {
			room-- // the line break between the two
		}
	}
	generated := generate(room)
	if text == "" || generated == "" {
		return text + generated, nil
	}
	return text + "\n" + generated, nil
}

// description returns the generated description of the execute tool: the most
// important sentences first, as many whole ones as fit.
func (c *capabilities) description(room int) string {
	sentences := []string{
		c.can() + " the customer's data in " + c.title() + ". One call runs one action on one entity; the action's arguments go into params.",
		errorAdvice,
		executePaging,
	}
	if len(c.searchable()) > 0 {
		sentences = append(sentences, searchAdvice)
	}
	if c.effect() != connector.Read {
		sentences = append(sentences, writeAdvice)
	}
	text := fit(sentences, " ", room)
	if room < 0 {
		return text + "\n" + c.operationsText()
	}
	return text
}

// fit joins the first parts that fit into room characters; of the very first it
// keeps as many words as fit. A negative room takes all.
func fit(parts []string, sep string, room int) string {
	text := ""
	for i, part := range parts {
		if i > 0 {
			part = sep + part
		}
		if room >= 0 && utf8.RuneCountInString(text+part) > room {
			if i == 0 {
				return words(part, room)
			}
			break
		}
		text += part
	}
	return text
}

// words cuts text to at most room characters, between words.
func words(text string, room int) string {
	runes := []rune(text)
	cut := string(runes[:max(0, min(room, len(runes)))])
	if i := strings.LastIndexByte(cut, ' '); i >= 0 {
		return cut[:i]
	}
	return ""
}
