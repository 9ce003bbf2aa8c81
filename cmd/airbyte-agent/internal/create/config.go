package create

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// history is how far back a connector reads when its type wants a start date
// and nobody gave one.
const history = 730 * 24 * time.Hour

// Config completes what a person entered in the browser to the configuration of
// a connector: the type's defaults first, then a start date where one is
// required, then the values themselves, each at the place that the type's OAuth
// rules name. Values that no such rule is about are merged in as they are.
// Numbers keep their digits.
func Config(t Template, payload json.RawMessage, now time.Time) (json.RawMessage, error) {
	config, err := object(t.DefaultConfig, "the type's default configuration")
	if err != nil {
		return nil, err
	}
	values, err := object(payload, "what the browser entered")
	if err != nil {
		return nil, err
	}
	if err := fillRequired(config, t.Spec.Schema, now); err != nil {
		return nil, err
	}
	if err := placeValues(config, t.Spec.AdvancedAuth, values); err != nil {
		return nil, err
	}
	return encode(config)
}

// object decodes a JSON object; null and nothing are an empty one. The
// decoder's words are not repeated: they may quote a secret.
func object(raw json.RawMessage, what string) (map[string]any, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return map[string]any{}, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var members map[string]any
	if err := decoder.Decode(&members); err != nil || members == nil {
		return nil, fmt.Errorf("create: %s is not a json object", what)
	}
	return members, nil
}

func encode(config map[string]any) (json.RawMessage, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(config); err != nil {
		return nil, fmt.Errorf("create: the configuration cannot be written: %w", err)
	}
	return bytes.TrimSpace(out.Bytes()), nil
}

// property is the part of a property's schema that decides on a value for it.
type property struct {
	Default json.RawMessage `json:"default"`
	Format  string          `json:"format"`
	Pattern string          `json:"pattern"`
}

// fillRequired gives required properties that have no value their default, or
// a date where they want one.
func fillRequired(config map[string]any, schema json.RawMessage, now time.Time) error {
	var form struct {
		Required   []string            `json:"required"`
		Properties map[string]property `json:"properties"`
	}
	if len(schema) > 0 {
		if err := json.Unmarshal(schema, &form); err != nil {
			return errors.New("create: the type's configuration form " + misshapen(err))
		}
	}
	for _, name := range form.Required {
		if config[name] != nil {
			continue
		}
		p := form.Properties[name]
		switch {
		case len(p.Default) > 0 && string(p.Default) != "null":
			value, err := decode(p.Default)
			if err != nil {
				return fmt.Errorf("create: the default of %s cannot be read: %w", name, err)
			}
			config[name] = value
		case isDate(name, p.Format):
			config[name] = startDate(now.Add(-history), p)
		}
	}
	return nil
}

func decode(raw json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

func isDate(name, format string) bool {
	dates := []string{"start_date", "startDate", "from_date", "since_date", "sync_from_date"}
	return format == "date-time" || format == "date" || slices.Contains(dates, name)
}

// The ways to write a date, the usual one first.
var dateLayouts = []string{
	"2006-01-02T15:04:05Z", "2006-01-02", "2006-01-02T15:04:05.000Z", "2006-01-02T15:04:05.000000Z",
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04Z",
}

// startDate writes a date the way the property's pattern allows. A pattern that
// none fits, or that Go cannot read, leaves the usual way.
func startDate(at time.Time, p property) string {
	at = at.UTC()
	if allowed, err := regexp.Compile(p.Pattern); err == nil && p.Pattern != "" {
		for _, layout := range dateLayouts {
			if text := at.Format(layout); allowed.MatchString(text) {
				return text
			}
		}
	}
	if p.Format == "date" {
		return at.Format(time.DateOnly)
	}
	return at.Format(dateLayouts[0])
}

// advancedAuth says where the values of an OAuth flow belong.
type advancedAuth struct {
	PredicateKey   []string        `json:"predicate_key"`
	PredicateValue json.RawMessage `json:"predicate_value"`
	OAuth          struct {
		Output       outputs `json:"complete_oauth_output_specification"`
		ServerOutput outputs `json:"complete_oauth_server_output_specification"`
	} `json:"oauth_config_specification"`
}

type outputs struct {
	Properties map[string]struct {
		Path []string `json:"path_in_connector_config"`
	} `json:"properties"`
}

// paths returns the place of each OAuth value.
func (a advancedAuth) paths() map[string][]string {
	paths := map[string][]string{}
	for _, from := range []outputs{a.OAuth.Output, a.OAuth.ServerOutput} {
		for name, p := range from.Properties {
			if len(p.Path) > 0 {
				paths[name] = p.Path
			}
		}
	}
	return paths
}

// placeValues puts the entered values into the configuration. A type that knows
// OAuth may have been given an API key instead: then none of its OAuth values is
// there, and its predicate, which says that OAuth was used, is left alone.
func placeValues(config map[string]any, raw json.RawMessage, values map[string]any) error {
	var auth advancedAuth
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &auth); err != nil {
			return errors.New("create: the type's oauth rules cannot be read")
		}
	}
	paths, placed := auth.paths(), false
	for _, name := range slices.Sorted(maps.Keys(values)) {
		path, ok := paths[name]
		if !ok {
			path = []string{name}
		}
		if err := put(config, path, values[name]); err != nil {
			return err
		}
		placed = placed || ok
	}
	if !placed || len(auth.PredicateKey) == 0 {
		return nil
	}
	predicate, err := decode(auth.PredicateValue)
	if err != nil {
		return errors.New("create: the type's oauth rules name a predicate without a value")
	}
	return put(config, auth.PredicateKey, predicate)
}

// put sets the value at a path, making the objects on the way.
func put(config map[string]any, path []string, value any) error {
	at := config
	for i, name := range path[:len(path)-1] {
		if at[name] == nil {
			at[name] = map[string]any{}
		}
		next, ok := at[name].(map[string]any)
		if !ok {
			return fmt.Errorf("create: the configuration's %s is no object, and %s belongs into it", strings.Join(path[:i+1], "."), path[i+1])
		}
		at = next
	}
	at[path[len(path)-1]] = value
	return nil
}
