package direct

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// newValues is the configuration of a client: the manifest's defaults, what
// follows from the credentials, and over both what the program set.
func newValues(doc *manifest.Document, cfg Config) (map[string]string, error) {
	if err := checkKeys(doc, cfg.Values); err != nil {
		return nil, err
	}
	values := map[string]string{}
	if doc.Server != nil {
		for _, v := range doc.Server.Variables {
			if v.Default != "" && !strings.ContainsAny(v.Default, "{}") { // "{name}" stands for no default
				values[v.Name] = v.Default
			}
		}
	}
	for _, d := range doc.Derived {
		if _, after, ok := cutLast(cfg.Credentials[d.Source], d.Delimiter); ok && values[d.Target] == "" {
			values[d.Target] = after
		}
	}
	maps.Copy(values, cfg.Values)
	return values, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if sep == "" || i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// checkKeys refuses configuration that nothing in the manifest reads: it is a
// spelling mistake more often than not.
func checkKeys(doc *manifest.Document, values map[string]string) error {
	if len(values) == 0 {
		return nil
	}
	var known []string
	for _, v := range ConfigValues(doc) {
		known = append(known, v.Name)
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(known, key) || namesParameter(doc, key) {
			continue
		}
		e := configError("the manifest of %s knows no configuration value %q", doc.Name, key)
		e.Allowed, e.DidYouMean = known, suggest.Nearest(key, known)
		e.Hint = "it takes none"
		if len(known) > 0 {
			e.Hint = "it knows: " + strings.Join(known, ", ")
		}
		return e
	}
	return nil
}

// hasConfig checks that there is what the filter and the transform of an
// operation read: after a write was sent it would be too late. What comes with a
// token need not be there yet.
func (c *Client) hasConfig(op *operation) error {
	for _, name := range op.reader.Needs() {
		if c.values[name] != "" || comesWithToken(c.doc, name) {
			continue
		}
		e := notGiven("the records of %s.%s need the configuration value %s", op.entity, op.Action, name)
		e.Hint = fmt.Sprintf("set it with WithConfig(map[string]string{%q: ...})", name)
		return e
	}
	return nil
}

// namesParameter reports whether key is a parameter of some operation: checks
// of entities take values for those from the configuration.
func namesParameter(doc *manifest.Document, key string) bool {
	for i := range doc.Entities {
		for j := range doc.Entities[i].Operations {
			for _, p := range doc.Entities[i].Operations[j].Parameters {
				if p.Name == key {
					return true
				}
			}
		}
	}
	return false
}
