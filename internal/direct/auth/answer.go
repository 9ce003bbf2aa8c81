package auth

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// The bounds of what a token answer may say.
const (
	maxAnswer = 1 << 20
	maxLife   = 100 * 365 * 24 * time.Hour // a longer one would overflow
)

// answer is what a token endpoint said.
type answer struct {
	access    string
	refresh   string // "": the old one stays
	tokenType string
	life      time.Duration // 0: not told
	extracted map[string]string
}

// refusal is a success status with an error inside, as some endpoints send it.
type refusal struct{ text string }

func (r *refusal) Error() string { return r.text }

// readAnswer reads a token answer. The decoder's words are not repeated: they
// may quote a token.
func readAnswer(body []byte, extract []string) (*answer, error) {
	if len(body) > maxAnswer {
		return nil, errors.New("it is far too long for a token")
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil || members == nil {
		return nil, errors.New("it is not the json object that a token comes in")
	}
	got := &answer{
		access:    text(members["access_token"]),
		refresh:   text(members["refresh_token"]),
		tokenType: text(members["token_type"]),
		life:      life(members["expires_in"]),
	}
	if got.tokenType == "" {
		got.tokenType = "Bearer"
	}
	if got.access == "" {
		if said := explained(members); said != "" {
			return nil, &refusal{said}
		}
		return nil, errors.New("it holds no access_token")
	}
	if !isHeaderSafe(got.access) {
		return nil, errors.New("its access_token holds control characters")
	}
	for _, name := range extract {
		if value := scalar(members[name]); value != "" {
			got.extracted = merged(got.extracted, map[string]string{name: value})
		}
	}
	return got, nil
}

func explained(members map[string]json.RawMessage) string {
	parts := []string{text(members["error"]), text(members["error_description"])}
	return strings.Trim(strings.Join(parts, ": "), ": ")
}

// text decodes a JSON string; any other value is "".
func text(value json.RawMessage) string {
	var s string
	if len(value) == 0 || json.Unmarshal(value, &s) != nil {
		return ""
	}
	return s
}

// scalar is a string's text, and any other value as it is written; null is "".
func scalar(value json.RawMessage) string {
	switch {
	case len(value) == 0, string(value) == "null":
		return ""
	case value[0] == '"':
		return text(value)
	default:
		return string(value)
	}
}

// life reads expires_in, which services write as a number and as text. What
// makes no sense counts as not told: a token that has ended is noticed by the
// service's 401.
func life(value json.RawMessage) time.Duration {
	seconds, err := strconv.ParseFloat(strings.TrimSpace(scalar(value)), 64)
	if err != nil || math.IsNaN(seconds) || seconds <= 0 {
		return 0
	}
	return time.Duration(min(seconds, maxLife.Seconds()) * float64(time.Second))
}
