package connector_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// loadingHead is the least info that a manifest needs. A case changes it by
// replacing a part, and puts its paths behind it.
const loadingHead = `openapi: 3.1.0
info:
  title: Things
  version: 1.0.0
  x-airbyte-connector-definition-id: 5f0c6a52-8c0a-4f2e-9a4e-2d1f6b8c7e10
  x-airbyte-external-documentation-urls: []
`

const loadingPaths = `paths:
  /things:
    get: {x-airbyte-entity: things, x-airbyte-action: list}
`

// loadingBearer is a scheme of the shape that most manifests have.
const loadingBearer = `components:
  securitySchemes:
    main: {type: http, scheme: bearer}
`

// refuses holds that a manifest cannot be read, for reasons that name all of
// the words.
func refuses(t *testing.T, text string, words ...string) {
	t.Helper()
	m, err := connector.LoadManifest(strings.NewReader(text))
	if !errors.Is(err, connector.ErrConfig) {
		t.Fatalf("error = %v, want ErrConfig", err)
	}
	if typed, ok := errors.AsType[*connector.Error](err); !ok || typed.Op != "load manifest" || m != nil {
		t.Errorf("manifest %v and error %#v, want no manifest and a *connector.Error of op load manifest", m, err)
	}
	for _, word := range append(words, "line ", "column ") {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q: %v", word, err)
		}
	}
}

// warns holds that a manifest can be read and that one warning says all of the
// words.
func warns(t *testing.T, m *connector.Manifest, words ...string) {
	t.Helper()
	for _, warning := range m.Warnings() {
		found := true
		for _, word := range words {
			found = found && strings.Contains(warning, word)
		}
		if found {
			return
		}
	}
	t.Errorf("no warning says %q: %q", words, m.Warnings())
}

func TestCase001_OpenAPIVersions(t *testing.T) {
	t.Parallel()
	const rest = loadingPaths + loadingBearer
	for name, version := range map[string]string{"3.0.0": "3.0.0", "3.1 as text": `"3.1"`, "3.1 as a number": "3.1", "3.10.0": "3.10.0", "4.0.0": "4.0.0"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, strings.Replace(loadingHead, "3.1.0", version, 1)+rest, "openapi", "is not supported; use 3.1.0")
		})
	}
	t.Run("missing", func(t *testing.T) {
		t.Parallel()
		refuses(t, strings.Replace(loadingHead, "openapi: 3.1.0\n", "", 1)+rest, "openapi is missing")
	})
	t.Run("3.1.0", func(t *testing.T) {
		t.Parallel()
		if m := loadCase(t, loadingHead+rest); m.Name() != "things" || len(m.Warnings()) != 0 {
			t.Errorf("name %q, warnings %q", m.Name(), m.Warnings())
		}
	})
}

func TestCase002_PathsAndInfoAreNeeded(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"no path":    {loadingHead + "paths: {}\n" + loadingBearer, "no paths"},
		"null paths": {loadingHead + "paths:\n" + loadingBearer, "paths is missing"},
		"no paths":   {loadingHead + loadingBearer, "paths is missing"},
		"no info":    {"openapi: 3.1.0\n" + loadingPaths + loadingBearer, "info is missing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, test.text, test.want)
		})
	}
}

func TestCase003_DefinitionIDIsAUUID(t *testing.T) {
	t.Parallel()
	const key = "x-airbyte-connector-definition-id"
	tests := map[string]struct{ value, want string }{
		"missing":   {"", key + " is missing"},
		"null":      {"  " + key + ":\n", key + " is missing"},
		"blank":     {"  " + key + ": \"\"\n", "must not be empty"},
		"no UUID":   {"  " + key + ": things\n", "is not a UUID"},
		"too short": {"  " + key + ": 5f0c6a52-8c0a-4f2e-9a4e-2d1f6b8c7e1\n", "is not a UUID"},
	}
	line := "  " + key + ": 5f0c6a52-8c0a-4f2e-9a4e-2d1f6b8c7e10\n"
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, strings.Replace(loadingHead, line, test.value, 1)+loadingPaths, "info", key, test.want)
		})
	}
}

func TestCase004_InfoTakesForeignExtensionsAlone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ key, want string }{
		"legal elsewhere": {"summary: text", `unknown key "summary"`},
		"misspelled":      {"summry: text", `unknown key "summry"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, loadingHead+"  "+test.key+"\n"+loadingPaths, "info", test.want)
		})
	}
	t.Run("foreign extension", func(t *testing.T) {
		t.Parallel()
		m := loadCase(t, loadingHead+"  x-foo: {any: [thing]}\n"+loadingPaths)
		if len(m.DirectEntities()) != 1 {
			t.Errorf("entities = %+v", m.DirectEntities())
		}
	})
	// Differs: an unknown x- key elsewhere is a warning, where Python refuses the
	// file and so cannot read manifests that are newer than it is.
	t.Run("foreign extension of an operation", func(t *testing.T) {
		t.Parallel()
		m := loadCase(t, loadingHead+strings.Replace(loadingPaths, "list}", "list, x-foo: 1}", 1))
		warns(t, m, "line 9,", "paths./things.get", "x-foo")
	})
}

func TestCase005_EveryOperationHasEntityAndAction(t *testing.T) {
	t.Parallel()
	const legal = "use one of get, list, create, update, delete, api_search, download"
	tests := map[string]struct {
		keys string
		want []string
	}{
		"search":         {"x-airbyte-entity: things, x-airbyte-action: search", []string{`"search"`, legal}},
		"authorize":      {"x-airbyte-entity: things, x-airbyte-action: authorize", []string{`"authorize"`, legal}},
		"hosted search":  {"x-airbyte-entity: things, x-airbyte-action: context_store_search", []string{`"context_store_search"`, legal}},
		"no entity":      {"x-airbyte-action: list", []string{"x-airbyte-entity is missing from PUT /some/things"}},
		"blank entity":   {`x-airbyte-entity: " ", x-airbyte-action: list`, []string{"x-airbyte-entity is missing from PUT /some/things"}},
		"no action":      {"x-airbyte-entity: things", []string{"x-airbyte-action is missing from PUT /some/things"}},
		"neither of two": {"x-airbyte-untested: soon", []string{"x-airbyte-entity is missing from PUT /some/things", "x-airbyte-action is missing"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, loadingHead+"paths:\n  /some/things:\n    put: {"+test.keys+"}\n", test.want...)
		})
	}
}

func TestCase006_FileURLBelongsToDownloads(t *testing.T) {
	t.Parallel()
	const paths = "paths:\n  /files:\n    get: {x-airbyte-entity: files, x-airbyte-action: "
	t.Run("on list", func(t *testing.T) {
		t.Parallel()
		refuses(t, loadingHead+paths+"list, x-airbyte-file-url: file.url}\n", "x-airbyte-file-url", "download alone, not for list")
	})
	t.Run("blank", func(t *testing.T) {
		t.Parallel()
		refuses(t, loadingHead+paths+"download, x-airbyte-file-url: \" \"}\n", "x-airbyte-file-url", "must not be empty")
	})
	t.Run("absent", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{request: "GET /files", answer: "bytes"})
		m := caseManifest{Path: "/files", Entity: "files", Action: "download"}
		file, err := openCase(t, m.String(), tr.serve, nil).Download(t.Context(), "files", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if got, err := io.ReadAll(file); err != nil || string(got) != "bytes" {
			t.Errorf("file = %q, %v", got, err)
		}
	})
}

func TestCase007_LaterOfTwoOperationsWins(t *testing.T) {
	t.Parallel()
	const key = "x-airbyte-entity: things, x-airbyte-action: list"
	tests := map[string]struct{ paths, request, warning string }{
		"on two paths": {
			"/a:\n  get: {" + key + "}\n/b:\n  get: {" + key + "}",
			"GET /b", "things.list is already declared on line 11 as GET /a",
		},
		"on one path": {
			"/a:\n  post: {" + key + "}\n  get: {" + key + "}",
			"POST /a", "things.list is already declared on line 12 as GET /a",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := caseManifest{Paths: test.paths}.String()
			m := loadCase(t, text)
			warns(t, m, test.warning, "replaces it")
			if entities := m.DirectEntities(); len(entities) != 1 || len(entities[0].Actions) != 1 {
				t.Errorf("entities = %+v", entities)
			}
			tr := expect(t, exchange{request: test.request, answer: `[{"id":1}]`})
			res, err := openCase(t, text, tr.serve, nil).Execute(t.Context(), "things", "list", nil)
			checkData(t, res, err, `[{"id":1}]`)
		})
	}
}
