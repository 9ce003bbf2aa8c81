package house_test

import (
	"slices"
	"strings"
	"testing"
)

// layer is one storey of the house and what it may stand on. The first layer
// whose match accepts a package is its layer.
type layer struct {
	name  string
	match func(rel string) bool
	uses  []string
	why   string // told when an import breaks the rule
}

var layers = []layer{
	{
		"cmd", under("cmd"),
		[]string{"cmd", "sandbox", "adapter", "tools", "typed", "connector", "platform", "internal"},
		"a command is built on the library, not on examples or test code",
	},
	{
		"examples", under("examples"),
		[]string{"examples", "sandbox", "adapter", "tools", "typed", "connector", "platform"},
		"an example shows what an outside program can do, and that cannot import internal packages",
	},
	{
		"toolstest", is("tools/toolstest"),
		[]string{"sandbox", "tools", "typed", "connector", "platform", "internal"},
		"the conformance suite is test code that knows no framework",
	},
	{
		"adapter", below("tools"),
		[]string{"tools", "connector", "platform", "internal"},
		"an adapter translates package tools for one framework and knows no other one; the simulators stay out of production code",
	},
	{
		"tools", is("tools"),
		[]string{"connector", "platform", "internal"},
		"package tools serves every framework and every connector, so it knows neither adapters nor a typed connector; the simulators stay out of production code",
	},
	{
		"typed", below("connector"),
		[]string{"connector", "internal"},
		"a typed connector goes through package connector alone, so that both modes behave the same",
	},
	{
		"connector", is("connector"),
		[]string{"platform", "internal"},
		"a connector works without any agent and without the simulators",
	},
	{
		"platform", is("platform"),
		[]string{"internal"},
		"the HTTP client knows neither connectors nor tools",
	},
	{
		"sandbox", under("sandbox"),
		[]string{"sandbox", "internal"},
		"the simulators must not share the code that they are there to test",
	},
	{
		"test code", testCode,
		nil,
		"what serves tests needs nothing of the module",
	},
	{
		"internal", under("internal"),
		[]string{"internal"},
		"internal packages are leaves: the public ones stand on them",
	},
}

// testCode are packages that only test files import: they define flags and
// link what the library does without.
func testCode(rel string) bool {
	return rel == "internal/golden" || rel == "internal/fakemodel" || rel == "internal/testenv"
}

func is(dir string) func(string) bool    { return func(rel string) bool { return rel == dir } }
func under(dir string) func(string) bool { return func(rel string) bool { return within(rel, dir) } }

func below(dir string) func(string) bool {
	return func(rel string) bool { return strings.HasPrefix(rel, dir+"/") }
}

func layerOf(rel string) (layer, bool) {
	i := slices.IndexFunc(layers, func(l layer) bool { return l.match(rel) })
	if i < 0 {
		return layer{}, false
	}
	return layers[i], true
}

// checkImport says what is wrong with package from importing package to, both
// relative to the module; "" when nothing is.
func checkImport(from, to string) string {
	src, ok := layerOf(from)
	if !ok {
		return "package " + from + " has no place in the house; give it one in internal/house and in CONTRIBUTING.md"
	}
	dst, ok := layerOf(to)
	if ok && slices.Contains(src.uses, dst.name) {
		return ""
	}
	if dst.name == "test code" {
		return from + " must not import " + to + " outside its tests"
	}
	return from + " must not import " + to + ": " + src.why
}

func TestArrowsPointOneWay(t *testing.T) {
	t.Parallel()
	for _, p := range loadModule(t).pkgs {
		if _, ok := layerOf(p.rel()); !ok {
			t.Error(checkImport(p.rel(), ""))
		}
		for _, imp := range p.Imports {
			if !within(imp, modulePath) {
				continue
			}
			if msg := checkImport(p.rel(), goPackage{ImportPath: imp}.rel()); msg != "" {
				t.Error(msg)
			}
		}
	}
}

func TestImportRule(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from, to string
		allowed  bool
	}{
		{"examples/openai-chat", "tools/openai", true},
		{"examples/openai-chat", "examples/internal/demo", true},
		{"examples/openai-chat", "internal/envelope", false},
		{"cmd/airbyte-agent", "sandbox", true},
		{"cmd/airbyte-agent", "examples/hosted", false},
		{"cmd/airbyte-agent", "tools/toolstest", false},
		{"tools/openai", "tools", true},
		{"tools/openai", "tools/mcp", false},
		{"tools/openai", "sandbox", false},
		{"tools/toolstest", "sandbox", true},
		{"tools", "connector", true},
		{"tools", "tools/openai", false},
		{"tools", "connector/pylon", false},
		{"connector/pylon", "connector", true},
		{"connector/pylon", "platform", false},
		{"connector", "platform", true},
		{"connector", "tools", false},
		{"connector", "connector/pylon", false},
		{"platform", "connector", false},
		{"sandbox", "internal/pylondata", true},
		{"sandbox", "platform", false},
		{"internal/direct", "internal/manifest", true},
		{"internal/direct", "platform", false},
		{"sandbox", "internal/golden", false},
		{"tools/toolstest", "internal/golden", false},
		{"tools/openai", "internal/fakemodel", false},
		{"util", "internal/fault", false},
	}
	for _, tt := range tests {
		t.Run(tt.from+" to "+tt.to, func(t *testing.T) {
			t.Parallel()
			if msg := checkImport(tt.from, tt.to); (msg == "") != tt.allowed {
				t.Errorf("allowed = %t, want %t: %s", msg == "", tt.allowed, msg)
			}
		})
	}
}
