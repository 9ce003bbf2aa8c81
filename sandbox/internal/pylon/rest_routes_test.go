package pylon_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

func TestRoutesAreComplete(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for line := range strings.Lines(string(raw)) {
		if !strings.HasPrefix(line, "#") {
			want = append(want, strings.TrimSpace(line))
		}
	}
	for _, r := range pylon.Routes() {
		got = append(got, fmt.Sprintf("%s %s %d", r.Method, r.Pattern, r.PerMinute))
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("routes (-want +got):\n%s", diff)
	}
	if len(got) != 136 {
		t.Errorf("%d routes, want 136", len(got))
	}
}
