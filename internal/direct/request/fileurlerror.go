package request

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// Bounds of the keys that an error lists: an answer may have any number, and
// whole texts as keys.
const (
	maxKeys   = 20
	maxKeyLen = 100
)

func noAddress(reason string) error {
	return &fault.Error{Kind: fault.NotFound, Message: "find the file's address: " + reason}
}

// missingKey lists what the object has instead of key.
func missingKey(object gjson.Result, place, key string) error {
	var keys []string
	object.ForEach(func(k, _ gjson.Result) bool {
		if len(k.Str) <= maxKeyLen {
			keys = append(keys, k.Str)
		}
		return len(keys) < maxKeys
	})
	message := fmt.Sprintf("find the file's address: %s has no %q", place, key)
	if len(keys) > 0 {
		message += "; it has " + strings.Join(keys, ", ")
	}
	return &fault.Error{
		Kind: fault.NotFound, Message: message, Allowed: keys, DidYouMean: suggest.Nearest(key, keys),
	}
}

// describe names the type of a value.
func describe(v gjson.Result) string {
	switch {
	case v.Type == gjson.Null:
		return null
	case v.IsObject():
		return "an object"
	case v.IsArray():
		return "an array"
	case v.Type == gjson.String && v.Str == "":
		return "an empty string"
	case v.Type == gjson.String:
		return "a string"
	case v.Type == gjson.Number:
		return "a number"
	default:
		return "true or false"
	}
}
