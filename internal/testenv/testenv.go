// Package testenv keeps a developer's own settings out of tests: a variable
// such as AIRBYTE_ORGANIZATION_ID would be sent to the sandbox, which refuses it.
package testenv

import (
	"os"
	"strings"
	"testing"
)

// Main runs a package's tests without the variables that choose accounts:
//
//	func TestMain(m *testing.M) { testenv.Main(m) }
func Main(m *testing.M) {
	Clear()
	os.Exit(m.Run())
}

// Clear takes those variables away, for a package that has more to do before
// its tests.
func Clear() {
	for _, entry := range os.Environ() {
		key, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(key, "AIRBYTE_") || strings.HasPrefix(key, "OPENAI_") || strings.HasPrefix(key, "PYLON_") {
			if err := os.Unsetenv(key); err != nil {
				panic(err)
			}
		}
	}
}
