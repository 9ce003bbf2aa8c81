package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

// api is what the typed package declares.
type api struct {
	structs map[string][]member          // by type name
	methods map[string]map[string]method // by type and method name
}

// member is a field of a struct.
type member struct {
	name string
	typ  string
	json string // its name on the wire
}

// method is a method of a service.
type method struct {
	params string // type of the parameter struct, "" when there is none
	result string // first result
}

// readAPI reads the generated files of the package.
func readAPI(dir string) (*api, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*_gen.go"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s has no generated files; run go generate there first", dir)
	}
	a := &api{structs: map[string][]member{}, methods: map[string]map[string]method{}}
	for _, name := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range tree.Decls {
			a.add(decl)
		}
	}
	return a, nil
}

func (a *api) add(decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			a.addMethod(d)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if t, ok := spec.(*ast.TypeSpec); ok {
				a.addType(t)
			}
		}
	}
}

func (a *api) addType(t *ast.TypeSpec) {
	s, ok := t.Type.(*ast.StructType)
	if !ok {
		return
	}
	var members []member
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			m := member{name: name.Name, typ: types.ExprString(f.Type)}
			if f.Tag != nil {
				tag, _ := strconv.Unquote(f.Tag.Value) // the parser holds that it is a string
				m.json, _, _ = strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			}
			members = append(members, m)
		}
	}
	a.structs[t.Name.Name] = members
}

func (a *api) addMethod(d *ast.FuncDecl) {
	receiver := strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*")
	m := method{result: "error"}
	if d.Type.Results != nil {
		m.result = types.ExprString(d.Type.Results.List[0].Type)
	}
	for _, arg := range d.Type.Params.List {
		if typ := types.ExprString(arg.Type); strings.HasSuffix(typ, "Params") {
			m.params = typ
		}
	}
	if a.methods[receiver] == nil {
		a.methods[receiver] = map[string]method{}
	}
	a.methods[receiver][d.Name.Name] = m
}

// service is the field and the type of an entity's service.
func (a *api) service(entity string) (field, typ string) {
	for _, m := range a.structs["Connector"] {
		if strings.EqualFold(m.name, strings.ReplaceAll(entity, "_", "")) {
			return m.name, strings.TrimPrefix(m.typ, "*")
		}
	}
	return "", ""
}
