package template_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/template"
)

var clock = time.Date(2026, time.March, 31, 7, 8, 9, 0, time.FixedZone("", 3600))

func env(vars ...string) template.Env {
	e := template.Env{Now: clock, Vars: map[string]json.RawMessage{}}
	for i := 0; i < len(vars); i += 2 {
		e.Vars[vars[i]] = json.RawMessage(vars[i+1])
	}
	return e
}

func compile(t *testing.T, text string) *template.Template {
	t.Helper()
	tmpl, err := template.Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

func TestRenderAndValue(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, vars, render, value string }{
		{"nothing", ``, `{}`, ``, `""`},
		{"text", `a { b }} c`, `{}`, `a { b }} c`, `"a { b }} c"`},
		{"header", `Zoho-oauthtoken {{ access_token }}`, `{"access_token":"t"}`, `Zoho-oauthtoken t`, `"Zoho-oauthtoken t"`},
		{"token address", `https://{{subdomain}}.zendesk.com/oauth/tokens`, `{"subdomain":"acme"}`, `https://acme.zendesk.com/oauth/tokens`, `"https://acme.zendesk.com/oauth/tokens"`},
		{"several", `{{ a }}{{b}}-{{ a }}`, `{"a":"1","b":2}`, `12-1`, `"12-1"`},
		{"line feed of a text block", "{{ a }}\n", `{"a":1}`, `1`, `1`},
		{"attribute chain", `{{ record.meta.deep.x }}`, `{"record":{"meta":{"deep":{"x":[1, 2]}}}}`, `[1, 2]`, `[1, 2]`},
		{"number keeps every digit", `{{ a }}`, `{"a":12345678901234567890}`, `12345678901234567890`, `12345678901234567890`},
		{"true", `{{ a }}`, `{"a":true}`, `true`, `true`},
		{"null", `{{ a }}`, `{"a":null}`, `null`, `null`},
		{"text with escapes", `{{ a }}`, `{"a":"\u00e9\"\n"}`, "é\"\n", `"\u00e9\"\n"`},
		{"not", `{{ not a.b }}`, `{"a":{"b":0}}`, `true`, `true`},
		{"not not", `{{ not not a }}`, `{"a":"x"}`, `true`, `true`},
		{"case 61: replace", `{{ record.value | replace('customers/', '') }}`, `{"record":{"value":"customers/1"}}`, `1`, `"1"`},
		{"chained filters", `{{ a | replace("b", '\'') | upper }}`, `{"a":"abc"}`, `A'C`, `"A'C"`},
		{"braces in a text", `{{ a|replace('}}', '{{')|lower() }}`, `{"a":"X}}"}`, `x{{`, `"x{{"`},
		{"filter of a number", `{{ a|replace('1', '2') }}`, `{"a":101}`, `202`, `"202"`},
		{"filter in parentheses", `{{ not (a|replace('x', '')) }}`, `{"a":"xx"}`, `true`, `true`},
		{"case 92: two years back", `{{ (now_utc() - duration('P730D')).strftime('%Y-%m-%dT%H:%M:%SZ') }}`, `{}`, `2024-03-31T06:08:09Z`, `"2024-03-31T06:08:09Z"`},
		{"case 92: one year back", `{{ (now_utc() - duration('P365D')).strftime('%Y%m%d') }}`, `{}`, `20250331`, `"20250331"`},
		{"case 92: today", `{{ now_utc().strftime('%Y%m%d') }}`, `{}`, `20260331`, `"20260331"`},
		{"a month by the calendar", `{{ (now_utc() - duration('P1M')).strftime('%Y-%m-%d %H%%') }}`, `{}`, `2026-02-28 06%`, `"2026-02-28 06%"`},
		{"all units", `{{ (now_utc() - duration('P1Y1M1W1DT1H1M1S') - duration('PT9S')).strftime('%Y-%m-%d %H:%M:%S') }}`, `{}`, `2025-02-20 05:06:59`, `"2025-02-20 05:06:59"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := template.Env{Now: clock}
			if err := json.Unmarshal([]byte(tt.vars), &e.Vars); err != nil {
				t.Fatal(err)
			}
			tmpl := compile(t, tt.text)
			text, err := tmpl.Render(e)
			if err != nil {
				t.Fatal(err)
			}
			value, err := tmpl.Value(e)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{tt.render, tt.value}, []string{text, string(value)}); diff != "" {
				t.Errorf("text and value (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTruthy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, value string
		want              bool
	}{
		{"case 59: private", `{{ not record }}`, `true`, false},
		{"case 59: public", `{{ not record }}`, `false`, true},
		{"case 59: null", `{{ not record }}`, `null`, true},
		{"case 59: the text false", `{{ not record }}`, `"false"`, false},
		{"case 59: zero", `{{ not record }}`, `0`, true},
		{"not a zero with a point", `{{ not record }}`, `-0.0e7`, true},
		{"not a number too small for a float", `{{ not record }}`, `1e-999`, true},
		{"not a number too large for a float", `{{ not record }}`, `1e999`, false},
		{"not an empty text", `{{ not record }}`, `""`, true},
		{"not an empty list", `{{ not record }}`, `[ ]`, true},
		{"not a list", `{{ not record }}`, `[null]`, false},
		{"not an empty object", `{{ not record }}`, `{ }`, true},
		{"not an object", `{{ not record }}`, `{"a":1}`, false},
		{"not an empty text of a filter", `{{ not (record|lower) }}`, `"X"`, false},
		{"case 60: empty text", `{{ record }}`, `""`, false},
		{"case 60: text zero", `{{ record }}`, `"0"`, false},
		{"case 60: zero", `{{ record }}`, `0`, false},
		{"case 60: text null", `{{ record }}`, `"null"`, false},
		{"case 60: padded False", `{{ record }}`, `" False "`, false},
		{"case 60: empty list", `{{ record }}`, `[]`, true},
		{"case 60: text no", `{{ record }}`, `"no"`, true},
		{"case 60: zero with a point", `{{ record }}`, `0.0`, true},
		{"case 60: empty object", `{{ record }}`, `{}`, true},
		{"false", `{{ record }}`, `false`, false},
		{"null", `{{ record }}`, `null`, false},
		{"text None", `{{ record }}`, `"None"`, false},
		{"text none", `{{ record }}`, `"none"`, false},
		{"negative zero", `{{ record }}`, `-0`, false},
		{"true", `{{ record }}`, `true`, true},
		{"put together", `N{{ record }}`, `"one"`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := compile(t, tt.text).Truthy(env("record", tt.value))
			if err != nil || got != tt.want {
				t.Errorf("Truthy of %s = %v, %v; want %v", tt.value, got, err, tt.want)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, record, missing string }{
		{"variable", `{{ row.a }}`, `{}`, "row"},
		{"attribute", `{{ not record.isPrivate }}`, `{"private":1}`, "record.isPrivate"},
		{"attribute of an attribute", `a {{ record.a.b.c }}`, `{"a":{}}`, "record.a.b"},
		{"attribute of null", `{{ record.a.b|lower }}`, `{"a":null}`, "record.a.b"},
		{"attribute of a text", `{{ record.length }}`, `"text"`, "record.length"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tmpl, e := compile(t, tt.text), env("record", tt.record)
			_, errText := tmpl.Render(e)
			_, errValue := tmpl.Value(e)
			_, errTruth := tmpl.Truthy(e)
			for _, err := range []error{errText, errValue, errTruth} {
				var missing *template.MissingError
				if !errors.As(err, &missing) || missing.Name != tt.missing {
					t.Errorf("error = %v, want that %s is missing", err, tt.missing)
				}
			}
		})
	}
}

func TestEvaluationErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		env        template.Env
		want       string
	}{
		{"no clock", `{{ now_utc().strftime('%Y') }}`, template.Env{}, "no clock"},
		{"before the calendar", `{{ (now_utc() - duration('P2026Y')).strftime('%Y') }}`, env(), "before the year 1"},
		{"repeated beyond measure", strings.Repeat(`{{ a }}`, 200), env("a", `"`+strings.Repeat("a", 100_000)+`"`), "too large"},
		{"grown beyond measure", `{{ a|replace('a', '` + strings.Repeat("b", 60_000) + `') }}`, env("a", `"`+strings.Repeat("a", 300)+`"`), "larger than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := compile(t, tt.text).Value(tt.env); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	tmpl := compile(t, `{{ b.x }}{{ not a|lower }}{{ b.y }}{{ now_utc().strftime('%Y') }}`)
	if diff := cmp.Diff([]string{"b", "a"}, tmpl.Names()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	tmpl := compile(t, `{{ b.x.y }}{{ not a|lower }}{{ b.x.y|upper }}{{ b.z }}{{ now_utc().strftime('%Y') }}`)
	if diff := cmp.Diff([]string{"b.x.y", "a", "b.z"}, tmpl.Paths()); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"empty expression", `x {{ }}`, "}} where a variable belongs at position 6"},
		{"open expression", `{{ a`, "the end where }} belongs"},
		{"statement", `{% if a %}`, "statements and comments"},
		{"comment", `{ {# a #}`, "statements and comments are not supported at position 3"},
		{"white space control", `{{- a }}`, `"-" where a variable belongs`},
		{"index", `{{ a[0] }}`, `unexpected '['`},
		{"number", `{{ 1 }}`, `unexpected '1'`},
		{"text alone", `{{ 'a' }}`, "a text in quotes where a variable belongs"},
		{"two variables", `{{ a b }}`, `"b" where }} belongs`},
		{"condition", `{{ a if b else c }}`, `"if" where }} belongs`},
		{"reserved word", `{{ none }}`, `unexpected "none"`},
		{"and", `{{ a and b }}`, `"and" where }} belongs`},
		{"sum", `{{ a + b }}`, `unexpected '+'`},
		{"difference of variables", `{{ a - b }}`, "minus is only for a date and a duration"},
		{"unknown filter", `{{ a|safe }}`, "no filter safe with 0 arguments"},
		{"filter without its arguments", `{{ a|replace('b') }}`, "no filter replace with 1 arguments"},
		{"argument that is no text", `{{ a|replace(b, 'c') }}`, `"b" where a text in quotes belongs`},
		{"missing comma", `{{ a|replace('b' 'c') }}`, `a text in quotes where "," belongs`},
		{"filter of a date", `{{ now_utc()|lower }}`, "a filter behind a date"},
		{"unknown function", `{{ range() }}`, "no function range with 0 arguments"},
		{"method of a variable", `{{ a.__class__() }}`, "no method __class__"},
		{"attribute of a function", `{{ now_utc().year }}`, "only a variable has attributes"},
		{"attribute that is no name", `{{ a.'b' }}`, "a text in quotes where a name belongs"},
		{"date without format", `{{ now_utc() }}`, "a date needs a format"},
		{"duration alone", `{{ duration('P1D') }}`, "a duration alone"},
		{"not a date", `{{ not now_utc() }}`, "not before a date"},
		{"unknown date format", `{{ now_utc().strftime('%Y-%j') }}`, `"%j" in a date format`},
		{"cut date format", `{{ now_utc().strftime('%Y%') }}`, `"%" in a date format`},
		{"no duration", `{{ (now_utc() - duration('P')).strftime('%Y') }}`, `"P" is no duration`},
		{"duration without its letter", `{{ (now_utc() - duration('30D')).strftime('%Y') }}`, "is no duration"},
		{"duration in the wrong order", `{{ (now_utc() - duration('P1D1M')).strftime('%Y') }}`, "is no duration"},
		{"duration without clock", `{{ (now_utc() - duration('P1DT')).strftime('%Y') }}`, "is no duration"},
		{"endless duration", `{{ (now_utc() - duration('P9999999D')).strftime('%Y') }}`, "is no duration"},
		{"open text", `{{ a|replace('b }}`, "a text without end at position 14"},
		{"unknown escape", `{{ a|replace('\n', '') }}`, "the only escapes are"},
		{"open parenthesis", `{{ (a }}`, `}} where ")" belongs`},
		{"deep", `{{ ` + strings.Repeat("(", 100) + "a" + strings.Repeat(")", 100) + ` }}`, "nested deeper than 32 levels"},
		{"many nots", `{{ ` + strings.Repeat("not ", 100) + `a }}`, "nested deeper than 32 levels"},
		{"many filters", `{{ a` + strings.Repeat("|lower", 100) + ` }}`, "more than 32 filters"},
		{"many differences", `{{ (now_utc()` + strings.Repeat(" - duration('P1D')", 100) + `).strftime('%Y') }}`, "32 times at most"},
		{"long", strings.Repeat("a", 1<<17), "longer than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := template.Compile(tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Compile = %v, want an error with %q", err, tt.want)
			}
			if len(err.Error()) > 600 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
}

func FuzzTemplate(f *testing.F) {
	f.Add(`{{ not record.a.b }}`, `{"a":{"b":false}}`)
	f.Add(`x {{ record | replace('a', "\"") | upper }} {{ record.a }}`, `{"a":"\ud800"}`)
	f.Add(`{{ (now_utc() - duration('P1Y2M3W4DT5H6M7S')).strftime('%Y-%m-%dT%H:%M:%S%%') }}`, `0`)
	f.Fuzz(func(t *testing.T, text, record string) {
		tmpl, err := template.Compile(text)
		if err != nil || !json.Valid([]byte(record)) {
			return
		}
		e := env("record", record)
		value, err := tmpl.Value(e)
		if err == nil && !json.Valid(value) {
			t.Errorf("%q gives %q, which is not JSON", text, value)
		}
		_, errText := tmpl.Render(e)
		_, errTruth := tmpl.Truthy(e)
		if (err == nil) != (errText == nil) || (err == nil) != (errTruth == nil) {
			t.Errorf("%q: Value %v, Render %v, Truthy %v", text, err, errText, errTruth)
		}
	})
}
