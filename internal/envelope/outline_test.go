package envelope_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

func TestOutlineFindsMembers(t *testing.T) {
	t.Parallel()
	type part = envelope.Part
	tests := []struct {
		name, doc string
		want      []part // of the document, data, page.next and page
	}{
		{
			"members", `{"data":[{"id":1},{}],"page":{"next":"c"}}`,
			[]part{
				{Raw: json.RawMessage(`{"data":[{"id":1},{}],"page":{"next":"c"}}`), Compact: true},
				{Raw: json.RawMessage(`[{"id":1},{}]`), Compact: true, Objects: true},
				{Raw: json.RawMessage(`"c"`), Compact: true},
				{Raw: json.RawMessage(`{"next":"c"}`), Compact: true},
			},
		},
		{
			"white space counts where it is", ` {"data": [1],"page":{"next": null} } ` + "\n",
			[]part{
				{Raw: json.RawMessage(`{"data": [1],"page":{"next": null} }`)},
				{Raw: json.RawMessage(`[1]`), Compact: true},
				{Raw: json.RawMessage(`null`), Compact: true},
				{Raw: json.RawMessage(`{"next": null}`)},
			},
		},
		{
			"the last of several counts", `{"page":{"next":1},"data":[{}],"page":{"prev":2},"data":[ ]}`,
			[]part{
				{Raw: json.RawMessage(`{"page":{"next":1},"data":[{}],"page":{"prev":2},"data":[ ]}`)},
				{Raw: json.RawMessage(`[ ]`), Objects: true},
				{},
				{Raw: json.RawMessage(`{"prev":2}`), Compact: true},
			},
		},
		{
			"escaped keys", `{"d\u0061ta":{"data":[]},"\u0070age":{"ne\u0078t":1}}`,
			[]part{
				{Raw: json.RawMessage(`{"d\u0061ta":{"data":[]},"\u0070age":{"ne\u0078t":1}}`), Compact: true},
				{Raw: json.RawMessage(`{"data":[]}`), Compact: true},
				{Raw: json.RawMessage(`1`), Compact: true},
				{Raw: json.RawMessage(`{"ne\u0078t":1}`), Compact: true},
			},
		},
		{"no object", `"data"`, []part{{Raw: json.RawMessage(`"data"`), Compact: true}, {}, {}, {}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var o envelope.Outline
			slots := []int{o.Add(), o.Add("data"), o.Add("page", "next"), o.Add("page")}
			parts, err := o.Read([]byte(tt.doc))
			if err != nil {
				t.Fatal(err)
			}
			var got []part
			for _, slot := range slots {
				got = append(got, parts[slot])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOutlineValidates holds that looking for members lets nothing through
// that is no JSON.
func TestOutlineValidates(t *testing.T) {
	t.Parallel()
	for _, doc := range documents {
		t.Run(doc, func(t *testing.T) {
			t.Parallel()
			checkOutline(t, []byte(doc))
		})
	}
}

func FuzzOutline(f *testing.F) {
	for _, doc := range documents {
		f.Add([]byte(doc))
	}
	f.Add([]byte(`{"a":{"b":[{"c":1},2]},"a":{"b":null}}`))
	f.Fuzz(checkOutline)
}

// checkOutline compares what an outline finds with encoding/json.
func checkOutline(t *testing.T, doc []byte) {
	t.Helper()
	var o envelope.Outline
	slot := o.Add("a", "b")
	parts, err := o.Read(doc)
	if valid := json.Valid(doc); (err == nil) != valid {
		t.Fatalf("Read(%q) = %v, encoding/json says %v", doc, err, valid)
	}
	if err != nil {
		return
	}
	var outer, inner map[string]json.RawMessage
	if json.Unmarshal(doc, &outer) == nil && json.Unmarshal(outer["a"], &inner) != nil {
		inner = nil
	}
	if got, want := string(parts[slot].Raw), string(inner["b"]); got != want {
		t.Errorf("a.b of %q is %q, encoding/json finds %q", doc, got, want)
	}
	if got := string(envelope.Member(envelope.Member(doc, "a"), "b")); got != string(inner["b"]) {
		t.Errorf("Member finds %q in %q, encoding/json %q", got, doc, inner["b"])
	}
}

func TestEachStopsEarly(t *testing.T) {
	t.Parallel()
	var seen []string
	envelope.EachMember([]byte(` {"a" : [1,2], "\u0062":2, "c":3}`), func(key, value []byte) bool {
		seen = append(seen, envelope.Key(key), string(value))
		return len(seen) < 4
	})
	envelope.EachElement([]byte(` [ "x" , {} , 3]`), func(element []byte) bool {
		seen = append(seen, string(element))
		return len(seen) < 6
	})
	envelope.EachElement([]byte(`{"a":1}`), func([]byte) bool { t.Error("an object has no elements"); return true })
	envelope.EachMember([]byte(`[1]`), func(_, _ []byte) bool { t.Error("an array has no members"); return true })
	if diff := cmp.Diff([]string{"a", "[1,2]", "b", "2", `"x"`, "{}"}, seen); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
}

func BenchmarkOutline(b *testing.B) {
	page, err := os.ReadFile("testdata/page.json")
	if err != nil {
		b.Fatal(err)
	}
	var o envelope.Outline
	o.Add("result", "data")
	o.Add("connector_metadata")
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := o.Read(page); err != nil {
			b.Fatal(err)
		}
	}
}
