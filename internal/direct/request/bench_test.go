package request_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func BenchmarkBuild(b *testing.B) {
	small := compile(b, &manifest.Operation{
		Method: "PATCH", Path: "/issues/{id}", Action: "update",
		Parameters: []manifest.Parameter{
			{Name: "id", In: "path", Required: true}, {Name: "title", In: "body"}, {Name: "tags", In: "body"}, {Name: "n", In: "body"},
		},
		Body: &manifest.Body{Kind: manifest.BodyJSON, MediaType: "application/json"},
	}, request.Options{})
	list := compile(b, &manifest.Operation{Path: "/issues", Parameters: []manifest.Parameter{
		{Name: "limit", In: "query"}, {Name: "cursor", In: "query"},
	}}, request.Options{})
	for name, bench := range map[string]struct {
		builder *request.Builder
		params  string
	}{
		"json": {small, `{"id":"abc-123","title":"A title of some length","tags":["a","b"],"n":12}`},
		"list": {list, `{"limit":25,"cursor":"eyJhIjoxfQ=="}`},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := bench.builder.Build(raw(bench.params), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
