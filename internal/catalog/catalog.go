package catalog

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

//go:generate go run ./generate

//go:embed pylon.json
var pylonJSON []byte

// documents decodes on first use, once. A failure means that the program was
// built from a broken tree, which no caller can mend.
var documents = sync.OnceValue(func() []*manifest.Document {
	var docs []*manifest.Document
	for _, data := range [][]byte{pylonJSON} {
		doc, err := manifest.Decode(data)
		if err != nil {
			panic(fmt.Sprintf("catalog: embedded manifest: %v", err))
		}
		docs = append(docs, doc)
	}
	return docs
})

// Lookup finds a manifest by connector name, title or definition id; case
// does not matter. All callers share the document: treat it as read-only.
func Lookup(name string) (*manifest.Document, bool) {
	for _, doc := range documents() {
		if strings.EqualFold(name, doc.Name) || strings.EqualFold(name, doc.Title) || strings.EqualFold(name, doc.DefinitionID) {
			return doc, true
		}
	}
	return nil, false
}
