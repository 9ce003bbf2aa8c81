package platform

import (
	"encoding/json"
	"strconv"
)

// words is a text that may arrive as another JSON value.
type words string

// UnmarshalJSON keeps what is no string as its JSON text; null is "".
func (w *words) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*w = ""
		return nil
	}
	var s string
	if json.Unmarshal(b, &s) != nil {
		s = string(b)
	}
	*w = words(s)
	return nil
}

func (w words) number() int {
	n, err := strconv.Atoi(string(w))
	if err != nil {
		return 0
	}
	return n
}

func plain(list []words) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}
