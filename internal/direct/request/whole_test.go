package request_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestWhole(t *testing.T) {
	t.Parallel()
	most := "17976931348623157" + strings.Repeat("0", 292)
	tests := []struct {
		raw, want string
		whole     bool
	}{
		{"25", "25", true},
		{"25.0", "25", true},
		{"250e-1", "25", true},
		{"5e0", "5", true},
		{"0.05E+2", "5", true},
		{"-2.50e1", "-25", true},
		{"0.0", "0", true},
		{"-0.0e-9999999999999999999999", "0", true},
		{"12345678901234567890123", "12345678901234567890123", true},
		{"12345678901234567890123.000", "12345678901234567890123", true},
		{"1.7976931348623157e308", most, true},
		{"25.0000000000000000000000001", "", false},
		{"25.5", "", false},
		{"255e-1", "", false},
		{"1e-400", "", false},
		{"1e-9999999999999999999999", "", false},
		{"1e400", "", false},
		{"-1e400", "", false},
		{"1e9999999999999999999999", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.raw, func(t *testing.T) {
			t.Parallel()
			if got, whole := request.Whole(tt.raw); got != tt.want || whole != tt.whole {
				t.Errorf("Whole = %q, %t; want %q, %t", got, whole, tt.want, tt.whole)
			}
		})
	}
}

// FuzzWhole holds the digits against exact arithmetic.
func FuzzWhole(f *testing.F) {
	for _, seed := range []string{"25.0", "250e-1", "-0.0", "1e308", "0.001e3", "123456789012345678901234567890.0", "1e400"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if len(raw) > 400 || !json.Valid([]byte(raw)) || strings.Trim(raw, "-+.eE0123456789") != "" {
			return // no number
		}
		if _, exponent, _ := strings.Cut(strings.ToLower(raw), "e"); len(exponent) > 5 {
			return // exact arithmetic would take for ever
		}
		exact, ok := new(big.Rat).SetString(raw)
		if !ok {
			t.Fatalf("%q is a number", raw)
		}
		digits, whole := request.Whole(raw)
		switch {
		case whole && (!exact.IsInt() || strings.ContainsAny(digits, ".eE") || exact.Num().String() != strings.Replace(digits, "-0", "0", 1)):
			t.Errorf("Whole(%q) = %q, which is %s", raw, digits, exact)
		case !whole && exact.IsInt() && exact.Num().BitLen() <= 1023:
			t.Errorf("Whole(%q) is false", raw)
		}
	})
}

func TestWholeNumbersEverywhere(t *testing.T) {
	t.Parallel()
	id := manifest.Parameter{Name: "id", In: "path", Type: "integer", Required: true}
	limit := manifest.Parameter{Name: "limit", In: "query", Type: "integer"}
	version := manifest.Parameter{Name: "X-Version", In: "header", Type: "integer"}
	field := manifest.Parameter{Name: "size", In: "body", Type: "integer"}
	list := manifest.Parameter{Name: "ids", In: "body", Type: "array", Items: raw(`{"type":"integer"}`)}
	float := manifest.Parameter{Name: "rate", In: "body", Type: "number"}
	operation := func(kind string) *manifest.Operation {
		return &manifest.Operation{
			Method: "POST", Path: "/v1/things/{id}", Parameters: []manifest.Parameter{id, limit, version, field, list, float},
			Body: &manifest.Body{Kind: kind},
		}
	}
	look := func(r *request.Request) string {
		return target(r) + " " + r.Header.Get("X-Version") + " " + string(r.Body)
	}
	const params = `{"id":25.0,"limit":250e-1,"X-Version":5e0,"size":2.50e1,"ids":[1.0, 12345678901234567890, 3e0],"rate":1.0}`
	big := `{"id":12345678901234567890,"size":12345678901234567890.0}`
	run(t, compile(t, operation(manifest.BodyJSON), request.Options{Scoping: []manifest.Scope{{Parameter: "size", ConfigKey: "size"}}}), []call{
		{name: "json", params: params, want: `/v1/things/25?limit=25 5 {"size":25,"ids":[1,12345678901234567890,3],"rate":1.0}`},
		{name: "every digit", params: big, want: `/v1/things/12345678901234567890  {"size":12345678901234567890}`},
		{name: "of the configuration", params: `{"id":1}`, values: map[string]string{"size": "7.0"}, want: `/v1/things/1  {"size":7}`},
		{name: "not finite", params: `{"id":1,"size":1e400}`, errHas: `parameter "size" must be a whole number`},
		{name: "not finite in an array", params: `{"id":1,"ids":[1,1e400]}`, errHas: `parameter "ids" must be a whole number`},
		{name: "not whole", params: `{"id":1.5}`, errHas: `parameter "id" must be a whole number`},
	}, look)
	run(t, compile(t, operation(manifest.BodyForm), request.Options{}), []call{
		{name: "form", params: params, want: "/v1/things/25?limit=25 5 size=25&ids%5B0%5D=1&ids%5B1%5D=12345678901234567890&ids%5B2%5D=3&rate=1.0"},
	}, look)
}

func TestWholeDefaults(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "limit", In: "query", Type: "integer", Required: true, Default: raw(`25.0`)},
		{Name: "odd", In: "query", Type: "integer", Required: true, Default: raw(`2.5`)},
	}}, request.Options{})
	run(t, b, []call{{name: "written as digits where they are whole", params: `{}`, want: "/v1/things?limit=25&odd=2.5"}}, target)
}
