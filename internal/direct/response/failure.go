package response

import (
	"errors"
	"strings"
	"unicode"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/fault"
)

const maxMessage = 500 // runes of a service's own words in an error

// unreadable tells that the answer cannot be understood.
func (r *Reader) unreadable(a Answer, cause error) error {
	return &fault.Error{
		Kind: lost(r.effect), Status: a.Status, Err: cause,
		Message: "the service's answer is not the json it should be: " + cause.Error(),
		Hint:    unreadableHint(r.effect),
	}
}

func unreadableHint(effect action.Effect) string {
	if effect == action.Read {
		return "check the address that the connector calls, then try again"
	}
	return "it may have happened: look before repeating it"
}

// lost is the kind of a failure that leaves open what the service did.
func lost(effect action.Effect) fault.Kind {
	if effect == action.Read {
		return fault.Unavailable
	}
	return fault.UnknownOutcome
}

// reported makes the error for what a service reports with a success status.
// The first code that clearly says what is wrong decides on the kind; the
// message may be a code itself.
func reported(effect action.Effect, message string, codes ...string) *fault.Error {
	kind := kindOf(effect, append(codes, codesIn(message)...))
	err := &fault.Error{Kind: kind, Message: "the service reports an error: " + excerpt(message, maxMessage)}
	if kind == fault.UnknownOutcome {
		err.Hint = unreadableHint(effect)
	}
	return err
}

// at adds the answer's status to an error about it.
func at(a Answer, err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		f.Status = a.Status
	}
	return err
}

// kindOf returns the kind that the first known code tells, else Validation.
func kindOf(effect action.Effect, codes []string) fault.Kind {
	for _, code := range codes {
		code = strings.ToLower(strings.TrimSpace(code))
		code = strings.NewReplacer(" ", "_", "-", "_").Replace(code)
		switch code {
		case "invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive",
			"invalid_token", "unauthenticated", "unauthorized", "authentication_error":
			return fault.Auth
		case "missing_scope", "no_permission", "forbidden", "access_denied":
			return fault.Permission
		case "ratelimited", "rate_limited", "rate_limit_exceeded", "throttled":
			return fault.RateLimited
		case "internal_error", "internal_server_error", "fatal_error", "service_unavailable":
			return lost(effect)
		}
		if code == "not_found" || strings.HasSuffix(code, "_not_found") {
			return fault.NotFound
		}
	}
	return fault.Validation
}

// codesIn returns what in a message is a code: the message itself when it is
// one word, and the words with an underscore. Other words are prose, where
// "forbidden" may be about characters.
func codesIn(message string) []string {
	words := strings.FieldsFunc(message, func(c rune) bool {
		return c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c)
	})
	if len(words) == 1 {
		return words
	}
	var codes []string
	for _, word := range words {
		if strings.Contains(word, "_") {
			codes = append(codes, word)
		}
	}
	return codes
}

// excerpt makes foreign text fit for an error: one line, at most limit runes.
func excerpt(text string, limit int) string {
	var b strings.Builder
	count, gap := 0, false
	for _, c := range text {
		if unicode.IsSpace(c) || unicode.IsControl(c) {
			gap = b.Len() > 0
			continue
		}
		if count += 1; count > limit {
			return b.String() + "…"
		}
		if gap {
			b.WriteByte(' ')
			count, gap = count+1, false
		}
		b.WriteRune(c)
	}
	return b.String()
}
