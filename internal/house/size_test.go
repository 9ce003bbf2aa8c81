package house_test

import (
	"go/ast"
	"testing"
)

const (
	maxFileLines = 400 // past this a file holds two concepts
	maxFuncLines = 60  // past this a function does not fit on a screen
)

func TestSize(t *testing.T) {
	t.Parallel()
	m := loadModule(t)
	for _, s := range m.sources {
		// Tables of cases and generated code are long for a reason.
		if s.test || ast.IsGenerated(s.ast) {
			continue
		}
		if lines := m.fset.File(s.ast.Pos()).LineCount(); lines > maxFileLines {
			t.Errorf("%s has %d lines, more than %d: move one concept to a file of its own", s.name, lines, maxFileLines)
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			name, body := function(n)
			if body == nil {
				return true
			}
			if lines := m.line(body.Rbrace) - m.line(body.Lbrace) - 1; lines > maxFuncLines {
				t.Errorf("%s: %s has %d lines, more than %d", m.at(s, n.Pos()), name, lines, maxFuncLines)
			}
			return true
		})
	}
}

func function(n ast.Node) (string, *ast.BlockStmt) {
	switch f := n.(type) {
	case *ast.FuncDecl:
		return f.Name.Name, f.Body
	case *ast.FuncLit:
		return "a function literal", f.Body
	default:
		return "", nil
	}
}
