package output_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	there := filepath.Join(dir, "there.json")
	if err := os.WriteFile(there, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(dir, "read-only.json")
	if err := os.WriteFile(readOnly, nil, 0o400); err != nil {
		t.Fatal(err)
	}
	for name, ok := range map[string]bool{
		filepath.Join(dir, "new.json"):        true,
		there:                                 true,
		os.DevNull:                            true,
		readOnly:                              false,
		dir:                                   false,
		filepath.Join(dir, "no", "such.json"): false,
	} {
		if err := output.Check(name); (err == nil) != ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("left %v, %v", left, err)
	}
	if content, err := os.ReadFile(there); err != nil || string(content) != "before" {
		t.Errorf("content %q, %v", content, err)
	}
}
