package response_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// BenchmarkRead reads a page of 25 records, about 25 KB, next to what opening
// the same bytes as an envelope of the hosted platform costs.
func BenchmarkRead(b *testing.B) {
	row := `{"id":"3d9f6e0a-1c55-4b8e-9a37-0d2f3c1b7a10","number":4711,"title":"Export stops after 10 rows","state":"waiting_on_you",` +
		`"account":{"id":"a1b2"},"tags":["export","urgent"],"body_html":"` + strings.Repeat("<p>The export stops.</p>", 30) + `"}`
	body := `{"data":[` + strings.Repeat(row+",", 24) + row + `],"pagination":{"cursor":"c","has_next_page":true},"request_id":"r"}` + "\n"
	op := operation("list", "$.data")
	op.Meta = []manifest.Pair{{Name: "cursor", Value: "$.pagination.cursor"}, {Name: "more", Value: "$.pagination.has_next_page"}}
	r, a := compile(b, op, nil), answer(body, "application/json; charset=utf-8")
	for _, way := range []struct {
		name string
		read func() error
	}{
		{"read", func() error { _, err := r.Read(a, template.Env{}); return err }},
		{"envelope", func() error { _, err := envelope.Open(a.Body); return err }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if err := way.read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
