package loader

import (
	"fmt"
	"maps"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// file is a manifest while it is read.
type file struct {
	problems problems
	schemas  value            // components.schemas
	named    map[string]value // its entries
	values   int              // JSON values written
	bytes    int              // and their size
	doc      manifest.Document
	entity   map[string]int // name to index in doc.Entities
	declared map[string]int // entity.action to line
}

// Parse reads a connector.yaml. A nil error means that the document is
// complete: all references resolve, no operation is there twice and every
// placeholder of a path has its parameter. Otherwise the error joins all
// problems that were found, each a *[Problem].
func Parse(data []byte) (*manifest.Document, error) {
	tree, err := readTree(data)
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	f := &file{named: map[string]value{}, entity: map[string]int{}, declared: map[string]int{}}
	f.read(f.root(tree))
	if err := f.problems.err(); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	return &f.doc, nil
}

func (f *file) read(root value) {
	root.onlyKeys("openapi", "info", "paths", "servers", "components", "security", "tags", "externalDocs")
	if version := root.need("openapi"); version.present() && !strings.HasPrefix(version.node.Value, "3.1.") {
		version.problem("version %q is not supported; use 3.1.0", version.node.Value)
	}
	f.schemas = root.get("components").get("schemas")
	maps.Insert(f.named, f.schemas.fields())
	f.checkSchemas(root)
	f.readInfo(root.need("info"))
	f.readPaths(root.need("paths"))
	f.describeEntities()
	info := root.get("info")
	f.readStore(info.get("x-airbyte-context-store").get("entities"))
	f.readRelationships(info.get("x-airbyte-entity-relationships"))
}

var uuid = regexp.MustCompile(`^(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`)

func (f *file) readInfo(info value) {
	info.onlyKeys("title", "version", "description", "termsOfService", "contact", "license")
	f.doc.Title = info.need("title").text()
	f.doc.Version = info.need("version").text()
	f.doc.Description = info.get("description").text()
	f.doc.Name = info.get("x-airbyte-connector-name").text()
	if f.doc.Name == "" {
		f.doc.Name = strings.ReplaceAll(strings.ToLower(f.doc.Title), " ", "-")
	}
	id := info.need("x-airbyte-connector-definition-id")
	if f.doc.DefinitionID = id.text(); f.doc.DefinitionID != "" && !uuid.MatchString(f.doc.DefinitionID) {
		id.problem("%q is not a UUID", f.doc.DefinitionID)
	}
	for link := range info.need("x-airbyte-external-documentation-urls").items() {
		link.need("url").text()
		link.need("type").text()
	}
	f.readQuestions(info.get("x-airbyte-example-questions"))
}

func (f *file) readQuestions(questions value) {
	search := questions.get("context_store_search")
	if !search.present() {
		search = questions.get("search") // the older name
	}
	f.doc.ExampleQuestions = manifest.Questions{
		Direct:      questions.get("direct").texts(),
		Search:      search.texts(),
		Unsupported: questions.get("unsupported").texts(),
	}
}
