package loader

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// file is a manifest while it is read.
type file struct {
	tree     *yaml.Node
	problems problems
	warnings problems
	schemas  value                    // components.schemas
	named    map[string]value         // its entries
	expanded map[*yaml.Node]expansion // schemas that were written before
	objects  map[*yaml.Node]members   // bodies that were read before
	scratch  []byte                   // room for the JSON writer
	values   int                      // JSON values written
	bytes    int                      // and their size
	params   int                      // parameters of all operations
	parents  []value                  // the x-parent of each that has one
	doc      manifest.Document
	entity   map[string]int        // name to index in doc.Entities
	declared map[string]*yaml.Node // entity.action to its operation
}

// Schema is an entry of components.schemas.
type Schema struct {
	Name string
	JSON json.RawMessage // as the file has it, references and x- keys included
}

// Parse reads a connector.yaml. A nil error means that the document is
// complete: all references resolve, all expressions compile and every
// placeholder of a path has its parameter. What was tolerated on the way, such
// as an operation that replaces another one, is in the document's Warnings.
// The error joins all problems that were found, each a *[Problem].
func Parse(data []byte) (*manifest.Document, error) {
	f, err := load(data)
	if err != nil {
		return nil, err
	}
	return &f.doc, nil
}

// ParseSchemas reads a connector.yaml as [Parse] does, and gives its component
// schemas as well, in the order of the file.
func ParseSchemas(data []byte) (*manifest.Document, []Schema, error) {
	f, err := load(data)
	if err != nil {
		return nil, nil, err
	}
	var out []Schema
	for name, schema := range f.schemas.fields() {
		out = append(out, Schema{Name: name, JSON: f.json(schema)})
	}
	if err := f.problems.err(f.tree); err != nil { // a schema that no operation uses can hold what JSON cannot
		return nil, nil, fmt.Errorf("read manifest: %w", err)
	}
	return &f.doc, out, nil
}

func load(data []byte) (*file, error) {
	tree, err := readTree(data)
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	f := &file{
		tree: tree, named: map[string]value{}, expanded: map[*yaml.Node]expansion{}, objects: map[*yaml.Node]members{},
		entity: map[string]int{}, declared: map[string]*yaml.Node{},
	}
	f.read(f.root(tree))
	if err := f.problems.err(f.tree); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	f.doc.Warnings = f.warnings.texts(f.tree)
	return f, nil
}

func (f *file) read(root value) {
	root.onlyKeys(rootKeys)
	if version := root.need("openapi"); version.present() && !strings.HasPrefix(version.node.Value, "3.1.") {
		version.problem("version %q is not supported; use 3.1.0", version.node.Value)
	}
	components := root.get("components")
	if components.present() {
		components.onlyKeys(componentKeys)
	}
	f.schemas = components.get("schemas")
	maps.Insert(f.named, f.schemas.fields())
	f.checkSchemas(root)
	info := root.need("info")
	f.readInfo(info)
	variables := f.readServers(root.get("servers"))
	f.readSchemes(components.get("securitySchemes"), root.get("security"), variables)
	f.readPaths(root.need("paths"))
	f.checkParents()
	f.describeEntities()
	f.readStore(info.get("x-airbyte-context-store"))
	f.readRelationships(info.get("x-airbyte-entity-relationships"))
}
