package catalog_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// endpoint is one line of testdata/endpoints.txt: what Pylon's API has, the
// calls it allows per minute, and the operations that reach it.
type endpoint struct {
	Method, Path, Limit string
	Operations          []string
}

func readEndpoints(t *testing.T) []endpoint {
	t.Helper()
	var out []endpoint
	for line := range strings.Lines(string(readFile(t, "testdata/endpoints.txt"))) {
		fields := strings.Fields(line)
		out = append(out, endpoint{fields[0], fields[1], fields[2], fields[3:]})
	}
	if len(out) != 136 {
		t.Fatalf("the list has %d endpoints, want 136", len(out))
	}
	return out
}

var slot = regexp.MustCompile(`\{\w+\}`)

// anonymous is a path without the names of its parameters: Airbyte calls some
// of them differently.
func anonymous(path string) string { return slot.ReplaceAllString(path, "{}") }

func TestEveryEndpointIsThere(t *testing.T) {
	t.Parallel()
	want := map[string][]string{}
	for _, e := range readEndpoints(t) {
		want[e.Method+" "+anonymous(e.Path)] = e.Operations
	}
	got := map[string][]string{}
	for _, entity := range pylon(t).Entities {
		for _, op := range entity.Operations {
			request := op.Method + " " + anonymous(op.Path)
			got[request] = append(got[request], entity.Name+"."+op.Action)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations by endpoint (-want +got):\n%s", diff)
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	want := map[string]string{}
	for _, e := range readEndpoints(t) {
		for _, operation := range e.Operations {
			want[operation] = e.Limit
		}
	}
	got := map[string]string{}
	for _, entity := range pylon(t).Entities {
		for _, op := range entity.Operations {
			got[entity.Name+"."+op.Action] = fmt.Sprint(op.RateLimit)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls per minute (-want +got):\n%s", diff)
	}
}

// Path parameters are called as in Pylon's own documentation, but for the
// knowledge base of an article, which Airbyte calls kb_id.
func TestPathParametersAreCalledAsInPylon(t *testing.T) {
	t.Parallel()
	paths := map[string]string{}
	for _, e := range readEndpoints(t) {
		for _, operation := range e.Operations {
			paths[operation] = strings.Replace(e.Path, "/knowledge-bases/{id}/", "/knowledge-bases/{kb_id}/", 1)
		}
	}
	for _, entity := range pylon(t).Entities {
		for _, op := range entity.Operations {
			name := entity.Name + "." + op.Action
			if op.Path != paths[name] {
				t.Errorf("%s requests %s, want %s", name, op.Path, paths[name])
			}
		}
	}
}

func TestHostedIsASubset(t *testing.T) {
	t.Parallel()
	hostedNames := make([]string, 0, len(hosted))
	for _, h := range hosted {
		hostedNames = append(hostedNames, h.operation)
	}
	for _, entity := range pylon(t).Entities {
		for _, op := range entity.Operations {
			name := entity.Name + "." + op.Action
			if op.DirectOnly == slices.Contains(hostedNames, name) {
				t.Errorf("%s: direct-only is %t", name, op.DirectOnly)
			}
		}
	}
}
