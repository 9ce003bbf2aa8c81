package catalog_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// source is what a direct connection reads from pylon.yaml and the hosted
// view does not need.
type source struct {
	Servers  []struct{ URL string }
	Security []map[string][]string
	Paths    map[string]map[string]struct {
		Entity    string            `yaml:"x-airbyte-entity"`
		Action    string            `yaml:"x-airbyte-action"`
		Extractor string            `yaml:"x-airbyte-record-extractor"`
		Meta      map[string]string `yaml:"x-airbyte-meta-extractor"`
		ID        string            `yaml:"operationId"`
		Responses map[string]struct{ Description string }
	}
	Components struct {
		SecuritySchemes map[string]struct {
			Type, Scheme string
			Config       struct {
				Required   []string
				Properties map[string]struct{ Type string }
				Mapping    map[string]string `yaml:"auth_mapping"`
			} `yaml:"x-airbyte-auth-config"`
		} `yaml:"securitySchemes"`
	}
}

func readSource(t *testing.T) source {
	t.Helper()
	var s source
	if err := yaml.Unmarshal(readFile(t, "pylon.yaml"), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSourceConnects(t *testing.T) {
	t.Parallel()
	s := readSource(t)
	if len(s.Servers) != 1 || s.Servers[0].URL != "https://api.usepylon.com" {
		t.Errorf("servers = %v", s.Servers)
	}
	for _, option := range s.Security {
		for name := range option {
			if _, ok := s.Components.SecuritySchemes[name]; !ok {
				t.Errorf("security names %q, which is no scheme", name)
			}
		}
	}
	scheme := s.Components.SecuritySchemes["bearerAuth"]
	if scheme.Type != "http" || scheme.Scheme != "bearer" {
		t.Errorf("bearerAuth is %s %s", scheme.Type, scheme.Scheme)
	}
	if diff := cmp.Diff([]string{"api_token"}, scheme.Config.Required); diff != "" {
		t.Errorf("credentials (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"token": "${api_token}"}, scheme.Config.Mapping); diff != "" {
		t.Errorf("auth mapping (-want +got):\n%s", diff)
	}
}

func TestSourceExtractors(t *testing.T) {
	t.Parallel()
	paging := map[string]string{"next_cursor": "$.pagination.cursor", "has_next_page": "$.pagination.has_next_page"}
	var ids []string
	for path, item := range readSource(t).Paths {
		for method, op := range item {
			where := method + " " + path
			var record string
			var meta map[string]string
			switch op.Action {
			case "list":
				record, meta = "$.data", paging
			case "get":
				record = "$.data"
			}
			if op.Extractor != record {
				t.Errorf("%s: record extractor %q, want %q", where, op.Extractor, record)
			}
			if diff := cmp.Diff(meta, op.Meta); diff != "" {
				t.Errorf("%s: meta extractor (-want +got):\n%s", where, diff)
			}
			if _, ok := op.Responses["200"]; !ok {
				t.Errorf("%s: no 200 response", where)
			}
			if slices.Contains(ids, op.ID) {
				t.Errorf("%s: operationId %q is taken", where, op.ID)
			}
			ids = append(ids, op.ID)
		}
	}
	if len(ids) != 43 {
		t.Errorf("%d operations, want 43", len(ids))
	}
}
