package envelope_test

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

func TestSuccess(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, data string
		meta       envelope.Meta
		want       string
	}{
		{"nothing", ``, envelope.Meta{}, `{"data":null}`},
		{"rows", `[1,2]`, envelope.Meta{}, `{"data":[1,2]}`},
		{"compacted outside texts only", "{ \"a b\" :\t[ 1 ,\n 2 ] , \"t\" : \"x  y\\\" z\" }", envelope.Meta{}, `{"data":{"a b":[1,2],"t":"x  y\" z"}}`},
		{"no HTML escaping", `{"html":"<b>&</b>"}`, envelope.Meta{Hint: "a < b"}, `{"data":{"html":"<b>&</b>"},"meta":{"hint":"a < b"}}`},
		{"big integers and key order", `{"z":9007199254740993,"a":1.10}`, envelope.Meta{}, `{"data":{"z":9007199254740993,"a":1.10}}`},
		{"paging", `[]`, envelope.Meta{HasMore: true, Cursor: "c"}, `{"data":[],"meta":{"has_more":true,"cursor":"c"}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, string(envelope.Success(json.RawMessage(tt.data), tt.meta))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// rows returns n rows of 100 characters each.
func rows(n int) json.RawMessage {
	var parts []string
	for i := range n {
		parts = append(parts, fmt.Sprintf(`{"n":%4d,"text":"%s"}`, i, strings.Repeat("é", 81)))
	}
	return json.RawMessage("[" + strings.Join(parts, ", ") + "]")
}

func TestLimited(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 1000)
	tests := []struct {
		name     string
		data     json.RawMessage
		meta     envelope.Meta
		limit    int
		returned int // 0: not truncated
		ok       bool
	}{
		{"under the limit", rows(10), envelope.Meta{}, 2000, 0, true},
		{"no limit", rows(1000), envelope.Meta{}, 0, 0, true},
		{"rows that fit", rows(100), envelope.Meta{HasMore: true, Cursor: "next"}, 2000, 17, true},
		{"one long row is shortened", json.RawMessage(`[{"id":"1","body":"` + long + `"},{"id":"2"},{"id":"3"}]`), envelope.Meta{}, 1000, 3, true},
		{"a long row after others is left out", json.RawMessage(`[{"id":"1"},{"id":"2","body":"` + long + `"},{"id":"3"}]`), envelope.Meta{}, 1000, 1, true},
		{"an object is shortened", json.RawMessage(`{"id":"1","body":"` + long + `"}`), envelope.Meta{}, 1000, 0, true},
		{"many short fields", json.RawMessage(`{"all":{` + strings.Repeat(`"k":1,`, 999) + `"k":1}}`), envelope.Meta{}, 1000, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := envelope.Result{Data: tt.data, Meta: tt.meta, Advice: func() string { return "ask for fewer rows" }}.Limited(tt.limit)
			if ok != tt.ok {
				t.Fatalf("ok = %v, want %v: %s", ok, tt.ok, got)
			}
			if n := utf8.RuneCount(got); tt.limit > 0 && n > tt.limit {
				t.Errorf("%d characters, the limit is %d", n, tt.limit)
			}
			var out struct {
				Data json.RawMessage
				Meta envelope.Meta
			}
			if err := json.Unmarshal(got, &out); err != nil {
				t.Fatalf("not JSON: %v\n%s", err, got)
			}
			if out.Meta.Returned != tt.returned {
				t.Errorf("returned = %d, want %d: %s", out.Meta.Returned, tt.returned, got)
			}
			if tt.meta.Cursor != out.Meta.Cursor {
				t.Errorf("cursor = %q, want %q", out.Meta.Cursor, tt.meta.Cursor)
			}
		})
	}
}

func TestLimitedMarksWhatIsCut(t *testing.T) {
	t.Parallel()
	data := `{"id":"1","body":"` + strings.Repeat(`\u00e9😀`, 800) + `"}`
	got, _ := envelope.Result{Data: json.RawMessage(data)}.Limited(1000)
	want := `{"data":{"id":"1","body":"` + strings.Repeat(`\u00e9😀`, 30) + `... [60 of 1600 characters]"},` +
		`"meta":{"truncated":true,"hint":"long texts are cut, each marked with its full length; ask for less if the call allows it"}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzLimited holds that any valid document gives a valid envelope within the
// limit.
func FuzzLimited(f *testing.F) {
	f.Add(string(rows(30)), 700)
	f.Add(`{"a":"`+strings.Repeat(`\ud83d\ude00\\`, 300)+`"}`, 500)
	f.Fuzz(func(t *testing.T, data string, limit int) {
		if !json.Valid([]byte(data)) || limit < 500 || limit > 10_000 {
			return // only valid documents and limits that tools accept are of interest
		}
		got, ok := envelope.Result{Data: json.RawMessage(data)}.Limited(limit)
		if !json.Valid(got) {
			t.Errorf("Limited(%q, %d) is not JSON: %s", data, limit, got)
		}
		if n := utf8.RuneCount(got); ok && n > limit {
			t.Errorf("%d characters for a limit of %d", n, limit)
		}
	})
}

// BenchmarkLimitedHuge reports the peak of the heap while a 64 MB result is
// brought under the default limit; the result itself is in it.
func BenchmarkLimitedHuge(b *testing.B) {
	row := `{"id":"3d9f6e0a-1c55-4b8e-9a37-0d2f3c1b7a10","body_html":"` + strings.Repeat("<p>export stops</p>", 20) + `"}`
	data := json.RawMessage("[" + strings.Repeat(row+",", 64_000_000/(len(row)+1)) + row + "]")
	b.SetBytes(int64(len(data)))
	var peak uint64
	for b.Loop() {
		if _, ok := (envelope.Result{Data: data, Compact: true}).Limited(100_000); !ok {
			b.Fatal("no row fitted")
		}
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		peak = max(peak, stats.HeapAlloc)
	}
	b.ReportMetric(float64(peak)/1e6, "heap-MB")
}

// BenchmarkOpen compares the one pass of Open with what it stands in for on a
// page of 25 issues: a check and a cut by gjson, and encoding/json's check alone.
func BenchmarkOpen(b *testing.B) {
	page, err := os.ReadFile("testdata/page.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, way := range []struct {
		name string
		open func() bool
	}{
		{"envelope", func() bool { _, err := envelope.Open(page); return err == nil }},
		{"gjson", func() bool { return gjson.ValidBytes(page) && gjson.ParseBytes(page).Get("result.data").Exists() }},
		{"encoding-json", func() bool { return json.Valid(page) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				if !way.open() {
					b.Fatal("the page was refused")
				}
			}
		})
	}
}
