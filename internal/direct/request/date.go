package request

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// compileDate reads a default that is computed from the date; nil when p has
// a plain one.
func compileDate(p *manifest.Parameter) (*template.Template, error) {
	value := gjson.ParseBytes(p.Default)
	if p.In != "query" || value.Type != gjson.String || !strings.Contains(value.Str, "{{") {
		return nil, nil
	}
	date, err := template.Compile(value.Str)
	if err != nil {
		return nil, broken(fmt.Sprintf("the default of parameter %q: %v", p.Name, err))
	}
	return date, nil
}

// computeDates renders the defaults that are dates, once for a call.
func (a *arguments) computeDates(env template.Env) error {
	for i, slot := range a.list {
		if slot.date == nil {
			continue
		}
		raw, err := slot.date.Value(env)
		if err != nil {
			return broken(fmt.Sprintf("the default of parameter %q: %v", slot.name, err))
		}
		if a.dates == nil {
			a.dates = map[int]json.RawMessage{}
		}
		a.dates[i] = raw
	}
	return nil
}
