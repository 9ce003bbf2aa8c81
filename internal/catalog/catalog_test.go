package catalog_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/catalog"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

func ExampleLookup() {
	doc, ok := catalog.Lookup("Pylon")
	if !ok {
		fmt.Println("no such connector")
		return
	}
	fmt.Println(doc.Title, "has", len(doc.Entities), "entities; the first is", doc.Entities[0].Name)
	// Output: Pylon has 57 entities; the first is issues
}

func TestLookup(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name  string
		found bool
	}{
		"name":          {"pylon", true},
		"any case":      {"PyLoN", true},
		"definition id": {"f2e53e88-3c6b-4e5a-b7c2-a1d9c5e8f4b6", true},
		"upper-case id": {"F2E53E88-3C6B-4E5A-B7C2-A1D9C5E8F4B6", true},
		"other":         {"zendesk", false},
		"part":          {"pyl", false},
		"empty":         {"", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, ok := catalog.Lookup(test.name)
			if ok != test.found || (doc != nil) != test.found {
				t.Errorf("Lookup(%q) = %v, %t; want found %t", test.name, doc, ok, test.found)
			}
		})
	}
}

func TestLookupShares(t *testing.T) {
	t.Parallel()
	first, _ := catalog.Lookup("pylon")
	second, _ := catalog.Lookup("PYLON")
	if first != second {
		t.Error("two lookups gave two documents")
	}
}

func TestHeader(t *testing.T) {
	t.Parallel()
	doc := pylon(t)
	got := []string{doc.Name, doc.Title, doc.Version, doc.DefinitionID}
	want := []string{"pylon", "Pylon", "0.1.10", "f2e53e88-3c6b-4e5a-b7c2-a1d9c5e8f4b6"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestJSONIsFresh(t *testing.T) {
	t.Parallel()
	want, err := manifest.Encode(parsePylon(t))
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(readFile(t, "pylon.json")) {
		t.Error("pylon.json is not what pylon.yaml says; run go generate ./internal/catalog")
	}
}

func parsePylon(t *testing.T) *manifest.Document {
	t.Helper()
	doc, err := loader.Parse(readFile(t, "pylon.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Warnings != nil {
		t.Fatalf("pylon.yaml is read with warnings: %q", doc.Warnings)
	}
	return doc
}

func readFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// A program with the catalog in it must not carry a YAML parser.
func TestDependencies(t *testing.T) {
	t.Parallel()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"github.com/agentsdk-go/airbyte/internal/manifest",
		"github.com/agentsdk-go/airbyte/internal/catalog",
	}
	if diff := cmp.Diff(want, strings.Fields(string(out))); diff != "" {
		t.Errorf("packages beyond the standard library (-want +got):\n%s", diff)
	}
}

// The first Lookup of a program costs this.
func BenchmarkFirstLookup(b *testing.B) {
	data := readFile(b, "pylon.json")
	for b.Loop() {
		if _, err := manifest.Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		if _, ok := catalog.Lookup("pylon"); !ok {
			b.Fatal("not found")
		}
	}
}
