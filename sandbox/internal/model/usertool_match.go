package model

import (
	"regexp"
	"slices"
	"strings"
)

// plainWords are words of a description that say nothing about its subject.
var plainWords = []string{
	"about", "all", "an", "and", "any", "are", "as", "at", "be", "been", "between", "by", "can", "describe", "does", "each",
	"from", "give", "given", "has", "have", "how", "if", "into", "it", "its", "me", "name", "named", "no", "not", "of", "on",
	"one", "or", "other", "our", "over", "return", "say", "some", "tell", "than", "that", "their", "them", "there", "this",
	"use", "used", "was", "we", "what", "when", "where", "whether", "which", "who", "whose", "with", "you", "your",
}

// connectorWords are what the built-in rules ask a connector about.
var connectorWords = []string{
	"account", "agent", "company", "contact", "customer", "email", "field", "form", "issue", "message", "note",
	"open", "pylon", "reply", "role", "state", "status", "tag", "team", "ticket", "user",
}

// distinctive returns the words of the tool's name and description that tell it
// from other tools and from the connector's.
func (t tool) distinctive() []string {
	var telling []string
	for _, word := range words(t.Name + " " + t.Description) {
		known := func(list []string) bool {
			return slices.ContainsFunc(list, func(w string) bool { return sameWord(w, word) })
		}
		if len(word) > 2 && !known(fillers) && !known(plainWords) && !known(connectorWords) && !known(telling) {
			telling = append(telling, word)
		}
	}
	return telling
}

// spoken counts the words that the text has.
func spoken(wanted []string, text string) int {
	said, n := words(text), 0
	for _, word := range wanted {
		if slices.ContainsFunc(said, func(w string) bool { return sameWord(w, word) }) {
			n++
		}
	}
	return n
}

// fits reports whether the text has a value for one of the tool's properties,
// and a word that is distinctive of the tool.
func (t tool) fits(text string) bool {
	if spoken(t.distinctive(), text) == 0 {
		return false
	}
	for name, p := range t.props {
		if p.fitting(name, text) != "" {
			return true
		}
	}
	return false
}

// describes reports whether the text has at least two distinctive words of the
// tool, and half of them where they are few. A required address must be there.
func (t tool) describes(text string) bool {
	telling := t.distinctive()
	for _, name := range t.required {
		if shape := valueShape(name); shape != nil && !shape.MatchString(text) {
			return false
		}
	}
	return spoken(telling, text) >= min(max(2, (len(telling)+1)/2), 3)
}

// longestName bounds the pattern that is made of a property's name.
const longestName = 64

// valueShapes are what the values of properties look like, by a word of their
// name.
var valueShapes = map[string]*regexp.Regexp{
	"email": emailPattern,
	"mail":  emailPattern,
	"url":   regexp.MustCompile(`https?://[^\s"<>]*[^\s"<>.,;:!?)]`),
	"link":  regexp.MustCompile(`https?://[^\s"<>]*[^\s"<>.,;:!?)]`),
}

func valueShape(name string) *regexp.Regexp {
	for _, word := range words(name) {
		if shape := valueShapes[word]; shape != nil {
			return shape
		}
	}
	return nil
}

// fitting returns the value of the text that the property's name speaks of: an
// address of that kind, or what has a digit and follows the name, as in "order
// A-7" for order_id. It is empty where there is none, and for what is no string.
func (p property) fitting(name, text string) string {
	if !p.is("string") || len(p.Enum) > 0 || len(name) > longestName || name == wrappedArgument {
		return ""
	}
	if shape := valueShape(name); shape != nil {
		return shape.FindString(text)
	}
	noun := strings.Join(slices.DeleteFunc(words(name), func(w string) bool {
		return w == "id" || w == "number" || w == "no"
	}), `[\s_-]+`)
	if noun == "" || slices.Contains(connectorWords, noun) {
		return ""
	}
	named := asks(`\b` + noun + `\s+(?:(?:id|number|no\.?)\s+)?[#"“]?((?:[a-z]+-?)?\d[\w-]*)`)
	if m := named.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
