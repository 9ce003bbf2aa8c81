package settings

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// setMember returns object with the member at the path of keys set to a text,
// or without it for "". The rest keeps its bytes and order. What is no object
// on the way becomes one. The object must be valid JSON.
func setMember(object []byte, path, text string) []byte {
	key, rest, deeper := strings.Cut(path, ".")
	changed, found := []byte{'{'}, false
	add := func(name, value []byte) {
		if len(changed) > 1 {
			changed = append(changed, ',')
		}
		changed = append(append(append(changed, '"'), name...), '"', ':')
		changed = append(changed, value...)
	}
	set := func(name, value []byte) {
		switch {
		case deeper:
			add(name, setMember(value, rest, text))
		case text != "":
			add(name, envelope.AppendString(nil, text))
		}
	}
	envelope.EachMember(object, func(name, value []byte) bool {
		if envelope.IsKey(name, key) {
			set(name, value)
			found = true
		} else {
			add(name, value)
		}
		return true
	})
	if !found {
		set([]byte(key), nil)
	}
	return append(changed, '}')
}
