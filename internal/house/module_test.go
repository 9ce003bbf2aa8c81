package house_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const modulePath = "github.com/agentsdk-go/airbyte"

// goPackage is the part of `go list -json` that the rules look at.
type goPackage struct {
	ImportPath   string
	Dir          string
	Name         string
	GoFiles      []string
	CgoFiles     []string
	TestGoFiles  []string
	XTestGoFiles []string
	Imports      []string
}

// rel is the package's path inside the module: "connector/pylon", and "" for
// the root.
func (p goPackage) rel() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, modulePath), "/")
}

// public reports whether other modules can import p.
func (p goPackage) public() bool {
	return p.Name != "main" && !p.program() && !p.internal()
}

func (p goPackage) internal() bool {
	return strings.Contains("/"+p.rel()+"/", "/internal/")
}

// program reports whether p belongs to the commands or the examples.
func (p goPackage) program() bool {
	return within(p.rel(), "cmd") || within(p.rel(), "examples")
}

// within reports whether the slash-separated path is dir or lies below it.
func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, dir+"/")
}

// source is one parsed file of the module.
type source struct {
	pkg  goPackage
	name string // relative to the root
	test bool
	ast  *ast.File
}

// module is everything the rules look at, read once for all tests.
type module struct {
	root    string
	pkgs    []goPackage
	fset    *token.FileSet
	sources []source
}

var readModule = sync.OnceValues(func() (*module, error) {
	root, err := findRoot()
	if err != nil {
		return nil, err
	}
	m := &module{root: root, fset: token.NewFileSet()}
	if m.pkgs, err = listPackages(root); err != nil {
		return nil, err
	}
	for _, p := range m.pkgs {
		if err := m.parse(p); err != nil {
			return nil, err
		}
	}
	return m, nil
})

func loadModule(t *testing.T) *module {
	t.Helper()
	m, err := readModule()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func findRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the test's directory")
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}

// listPackages names every package, also one that does not compile yet: the
// compiler reports that better than these rules could.
func listPackages(root string) ([]goPackage, error) {
	out, err := goList(root, "-e",
		"-json=ImportPath,Dir,Name,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Imports", "./...")
	if err != nil {
		return nil, err
	}
	var pkgs []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("read go list's answer: %w", err)
		}
		pkgs = append(pkgs, p)
	}
}

func goList(root string, args ...string) ([]byte, error) {
	//nolint:noctx // shared by all tests of the package through a once, so no single test's context may end it
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return out, nil
}

func (m *module) parse(p goPackage) error {
	groups := []struct {
		names []string
		test  bool
	}{{p.GoFiles, false}, {p.CgoFiles, false}, {p.TestGoFiles, true}, {p.XTestGoFiles, true}}
	for _, g := range groups {
		for _, name := range g.names {
			file := filepath.Join(p.Dir, name)
			tree, err := parser.ParseFile(m.fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return fmt.Errorf("parse: %w", err)
			}
			rel, err := filepath.Rel(m.root, file)
			if err != nil {
				return err
			}
			m.sources = append(m.sources, source{pkg: p, name: filepath.ToSlash(rel), test: g.test, ast: tree})
		}
	}
	return nil
}

// at tells where pos is, as file:line relative to the root.
func (m *module) at(s source, pos token.Pos) string {
	return fmt.Sprintf("%s:%d", s.name, m.line(pos))
}

func (m *module) line(pos token.Pos) int { return m.fset.Position(pos).Line }
