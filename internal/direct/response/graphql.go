package response

import (
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

const maxReported = 20 // errors of one answer that are told

// graphql tells the errors of a GraphQL answer, which come with a success
// status.
type graphql struct{ errors, data int } // where the outline puts them

// failure returns an error when the answer has errors and no data where records
// selects it, which may be nil. Beside data errors are a warning: the service
// answered what it could.
func (g *graphql) failure(parts []envelope.Part, records *selector, effect action.Effect) (warning string, err error) {
	messages, codes := g.reported(parts)
	if len(messages) == 0 {
		return "", nil
	}
	text := excerpt(strings.Join(messages, "; "), 4*maxMessage)
	answered := hasData(parts[g.data].Raw)
	if answered && (records == nil || records.hasValue(parts)) {
		return text, nil
	}
	failure := reported(effect, "", codes...)
	failure.Message += text
	if answered && effect != action.Read {
		// The service did something: only what it should say of it is missing.
		failure.Kind, failure.Hint = lost(effect), unreadableHint(effect)
	}
	return "", failure
}

// hasValue reports whether the path leads to anything but null.
func (s *selector) hasValue(parts []envelope.Part) bool {
	return slices.ContainsFunc(s.find(parts), func(match []byte) bool { return match[0] != 'n' })
}

// reported returns what the answer's errors say, and their codes.
func (g *graphql) reported(parts []envelope.Part) (messages, codes []string) {
	note := func(e []byte) bool {
		message, code := graphQLError(e)
		messages = append(messages, excerpt(message, maxMessage))
		codes = append(codes, code...)
		return len(messages) < maxReported
	}
	switch raw := parts[g.errors].Raw; {
	case len(raw) == 0 || raw[0] == 'n':
	case raw[0] == '[':
		envelope.EachElement(raw, note)
	default: // not what the specification says, yet surely no success
		note(raw)
	}
	return messages, codes
}

// graphQLError reads one error. Where its code is differs between services.
func graphQLError(e []byte) (message string, codes []string) {
	message = words(e)
	if raw := envelope.Member(e, "message"); raw != nil {
		message = words(raw)
	}
	extensions := envelope.Member(e, "extensions")
	for _, raw := range [][]byte{
		envelope.Member(e, "type"), envelope.Member(e, "code"),
		envelope.Member(extensions, "code"), envelope.Member(extensions, "type"),
	} {
		if len(raw) > 0 && raw[0] == '"' {
			codes = append(codes, words(raw))
		}
	}
	return message, append(codes, codesIn(message)...)
}

// hasData reports whether any field that was asked for has a value: a failed
// mutation is {"data": {"issueCreate": null}} with many services.
func hasData(data []byte) (found bool) {
	if len(data) == 0 || data[0] != '{' {
		return len(data) > 0 && data[0] != 'n'
	}
	envelope.EachMember(data, func(_, value []byte) bool {
		found = value[0] != 'n'
		return !found
	})
	return found
}
