package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// fieldComments are the comments of all fields of the generated structs, as one
// line each, by type and name on the wire.
func fieldComments(t *testing.T) map[string]map[string]string {
	t.Helper()
	source, err := os.ReadFile("../catalog/pylon.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(source)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for name, content := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), name, content, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if s, ok := spec.Type.(*ast.StructType); ok {
				out[spec.Name.Name] = commentsOf(t, s)
			}
			return false
		})
	}
	return out
}

func commentsOf(t *testing.T, s *ast.StructType) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range s.Fields.List {
		if f.Tag == nil {
			continue
		}
		tag, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
		out[name] = strings.Join(strings.Fields(f.Doc.Text()), " ")
	}
	return out
}

func pylonMethods(t *testing.T) methodsByAction {
	t.Helper()
	source, err := os.ReadFile("../catalog/pylon.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := loader.ParseSchemas(source)
	if err != nil {
		t.Fatal(err)
	}
	return newMethodsByAction(doc)
}

// Comments speak of what a Go program writes.
func TestFieldsSpeakGo(t *testing.T) {
	t.Parallel()
	methods, filters := pylonMethods(t), 0
	for typ, fields := range fieldComments(t) {
		for name, comment := range fields {
			if methods.named(comment) != comment {
				t.Errorf("%s %s names an action: %s", typ, name, comment)
			}
			if name == "filter" && strings.HasPrefix(comment, "Built by Equals, In, And and the others, at most 3 levels deep. Fields: ") {
				filters++
			}
			if strings.Contains(comment, `"operator"`) {
				t.Errorf("%s %s writes a filter as JSON: %s", typ, name, comment)
			}
		}
	}
	if filters != 10 {
		t.Errorf("%d filters tell how they are built, want 10", filters)
	}
}

// What open source mode says of a parameter is what the typed field says.
func TestFieldsSayWhatOpenSourceModeSays(t *testing.T) {
	t.Parallel()
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("the manifest is missing")
	}
	conn, err := connector.Open(m, connector.Credentials{"api_token": "t"})
	if err != nil {
		t.Fatal(err)
	}
	comments, methods := fieldComments(t), pylonMethods(t)
	seen := 0
	for _, e := range conn.Entities() {
		for _, a := range e.Actions {
			fields := comments[goName(e.Name)+methodNames[a.Name]+"Params"]
			for _, p := range a.Parameters {
				if p.In == "path" {
					continue
				}
				seen++
				comment, where := fields[p.Name], e.Name+"."+a.Name+" "+p.Name
				if strings.HasPrefix(comment, "Required.") != p.Required {
					t.Errorf("%s: required is %v, and the field says %q", where, p.Required, comment)
				}
				about, typ := strings.Join(strings.Fields(p.Description), " "), ""
				if p.Name == "filter" {
					typ = "Filter"
				}
				if !strings.Contains(comment, methods.named(typeText(typ, fileText(about)))) {
					t.Errorf("%s: the field says %q, not %q", where, comment, about)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no parameter was compared")
	}
}
