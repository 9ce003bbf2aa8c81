package fields_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/fields"
)

const list = `{"data":[{"id":1,"name":"a"},{"id":2,"name":"b"}],"next":"p2"}`

// selections are the rules of the flag, each by a value, the paths and what
// stays.
var selections = []struct {
	name, value, paths, want string
	missed                   bool
}{
	{"no path keeps everything", " " + list + "\n", "", " " + list + "\n", false},
	{"an empty path keeps everything", list, "id,", list, false},
	{"one key", `{"id":"x","name":"n"}`, "id", `{"id":"x"}`, false},
	{"keys keep the order of the value", `{"b":1,"a":2,"c":3}`, "c,a,b", `{"b":1,"a":2,"c":3}`, false},
	{"a key inside an object", `{"user":{"id":1,"mail":"m"},"x":0}`, "user.id", `{"user":{"id":1}}`, false},
	{"several keys inside one", `{"user":{"id":1,"mail":"m","x":0}}`, "user.mail,user.id", `{"user":{"id":1,"mail":"m"}}`, false},
	{"a bare path beats the deeper one", `{"data":{"id":1,"x":2}}`, "data.id,data", `{"data":{"id":1,"x":2}}`, false},
	{"the order of the two does not matter", `{"data":{"id":1,"x":2}}`, "data,data.id", `{"data":{"id":1,"x":2}}`, false},
	{"a dot at the end is the bare path", `{"data":{"id":1},"x":2}`, "data.", `{"data":{"id":1}}`, false},
	{"spaces around a path", `{"id":1,"name":2}`, "id, name", `{"id":1,"name":2}`, false},

	{"through the only array", list, "id", `{"data":[{"id":1},{"id":2}]}`, false},
	{"the key beside it is dropped unless it is named", list, "data.id,next", `{"data":[{"id":1},{"id":2}],"next":"p2"}`, false},
	{"a known key turns the detour off", list, "id,next", `{"next":"p2"}`, false},
	{"a known key turns it off also where it leads nowhere", list, "id,next.x", `{}`, true},
	{"two arrays: no detour", `{"a":[{"id":1}],"b":[{"id":2}]}`, "id", `{}`, true},
	{"no array: no detour", `{"a":{"id":1}}`, "id", `{}`, true},
	{"the detour at a deeper level", `{"result":{"data":[{"id":1,"x":2}],"meta":{}},"status":"ok"}`, "result.id", `{"result":{"data":[{"id":1}]}}`, false},
	{"the detour twice", `{"data":[{"rows":[{"id":1,"x":2}],"n":1}]}`, "id", `{"data":[{"rows":[{"id":1}]}]}`, false},
	{"the detour with a longer path", `{"data":[{"user":{"id":1,"x":2}}]}`, "user.id", `{"data":[{"user":{"id":1}}]}`, false},

	{"an array at the top", `[{"id":1,"x":2},{"id":3}]`, "id", `[{"id":1},{"id":3}]`, false},
	{"elements of all kinds", `[{"id":1,"x":2},"text",{"x":2}]`, "id", `[{"id":1},null,{}]`, false},
	{"arrays in arrays", `[[{"id":1},2],[]]`, "id", `[[{"id":1},null],[]]`, false},
	{"an empty array matches", `[]`, "id", `[]`, false},
	{"an empty list matches", `{"data":[],"next":null}`, "id", `{"data":[]}`, false},
	{"an empty array inside", `{"a":{"tags":[]},"b":1}`, "a.tags.x", `{"a":{"tags":[]}}`, false},
	{"nothing in any element", `[{"x":1},2]`, "id", `[{},null]`, true},

	{"an object without a match is left out", `{"a":{"x":1},"b":{"id":2}}`, "a.id,b.id", `{"b":{"id":2}}`, false},
	{"an array without a match is left out", `{"a":[{"x":1}],"b":{"id":2}}`, "a.id,b.id", `{"b":{"id":2}}`, false},
	{"a scalar where the path goes on", `{"a":1,"b":null,"c":2}`, "a.x,b.x,c", `{"c":2}`, false},
	{"a null that is named", `{"a":null}`, "a", `{"a":null}`, false},
	{"one path of two leads nowhere", `{"a":1}`, "a,zzz", `{"a":1}`, false},
	{"no path leads anywhere", `{"a":1}`, "x,y.z", `{}`, true},
	{"a scalar", `7`, "id", `null`, true},
	{"nothing at all", ``, "id", `null`, true},

	{"digits are kept", `{"id":9007199254740993,"n":1.10e+02,"x":1}`, "id,n", `{"id":9007199254740993,"n":1.10e+02}`, false},
	{"escapes are kept", `{"te\u0078t":"\u003c\/\u00e9<","x":1}`, "text", `{"te\u0078t":"\u003c\/\u00e9<"}`, false},
	{"the detour through an escaped key", `{"\u0061":[{"id":1,"x":1}]}`, "id", `{"\u0061":[{"id":1}]}`, false},
	{"white space between tokens", "{ \"data\" : [ { \"id\" : 1 , \"x\" : 2 } ] }", "id", `{"data":[{"id":1}]}`, false},
	{"white space around", "\n [{\"id\":1}] \t\r\n", "id", `[{"id":1}]`, false},
	{"an empty key", `{"":{"a":1},"b":2}`, ".a", `{"":{"a":1}}`, false},
	{"a number is no index", `[{"id":1}]`, "0.id", `[{}]`, true},
	{"a star is no wildcard", `{"a":1,"*":2}`, "*", `{"*":2}`, false},
	{"a dot in a key cannot be named", `{"a.b":1}`, "a.b", `{}`, true},
}

func split(paths string) []string {
	if paths == "" {
		return nil
	}
	return strings.Split(paths, ",")
}

func TestSelect(t *testing.T) {
	t.Parallel()
	for _, tc := range selections {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			value := []byte(tc.value)
			got, matched, err := fields.Select(value, split(tc.paths))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" || matched == tc.missed {
				t.Errorf("matched %t (-want +got):\n%s", matched, diff)
			}
			if string(value) != tc.value {
				t.Errorf("the value was changed to %s", value)
			}
		})
	}
}

func TestSelectRefusesWhatIsNoJSON(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`{`, `[{"id":1},{]`, `{"id":01}`, `<html>`, " ", `{} {}`} {
		for _, paths := range [][]string{nil, {"id"}} {
			kept, matched, err := fields.Select(json.RawMessage(value), paths)
			if err == nil || kept != nil || matched {
				t.Errorf("%q by %q gave %q, %t, %v", value, paths, kept, matched, err)
				continue
			}
			if !strings.Contains(err.Error(), "decoding JSON value") {
				t.Errorf("%q: the error does not say what failed: %v", value, err)
			}
		}
	}
}

func FuzzSelect(f *testing.F) {
	for _, tc := range selections {
		f.Add([]byte(tc.value), tc.paths)
	}
	f.Fuzz(func(t *testing.T, value []byte, paths string) {
		kept, matched, err := fields.Select(value, split(paths))
		if valid := len(value) == 0 || json.Valid(value); valid != (err == nil) {
			t.Fatalf("valid %t, error %v", valid, err)
		}
		if err != nil {
			return
		}
		if !json.Valid(kept) {
			t.Fatalf("kept %q", kept)
		}
		have := scalars(t, value)
		for _, scalar := range scalars(t, kept) {
			if scalar != "null" && !slices.Contains(have, scalar) {
				t.Fatalf("%s is not in the value", scalar)
			}
		}
		again, still, err := fields.Select(kept, split(paths))
		if err != nil || matched && (!still || string(again) != string(kept)) {
			t.Errorf("once more gave %q, %t, %v, not %q", again, still, err, kept)
		}
	})
}

// scalars lists the texts, numbers and truth values of a document, and its
// keys.
func scalars(t *testing.T, document []byte) (found []string) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(document)))
	decoder.UseNumber()
	for {
		token, err := decoder.Token()
		if err != nil {
			return found
		}
		switch v := token.(type) {
		case json.Delim:
		case json.Number:
			found = append(found, v.String())
		case string:
			found = append(found, `"`+v)
		case bool:
			found = append(found, map[bool]string{true: "true", false: "false"}[v])
		default:
			found = append(found, "null")
		}
	}
}
