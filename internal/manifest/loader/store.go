package loader

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// readStore reads what the context store keeps. An entity can be there
// without having operations.
func (f *file) readStore(store value) {
	store.looseKeys(storeKeys)
	for v := range store.get("entities").items() {
		v.looseKeys(storeEntityKeys)
		name := v.need("entity").text()
		if name == "" {
			continue
		}
		e := f.entityNamed(name)
		if e.Search != nil {
			v.warn("entity %q is already in the context store; the first one counts", name)
			continue
		}
		e.Search = &manifest.Search{Suggested: v.get("suggested").flag(false)}
		for field := range v.get("fields").items() {
			field.need("type")
			f.addField(e.Search, field.need("name").text(), field)
		}
	}
}

// addField adds a field and the fields inside it under the paths that a
// search uses: parent.child, and parent[] for the elements of a list.
func (f *file) addField(s *manifest.Search, path string, v value) {
	v.looseKeys(storeFieldKeys)
	kind := v.get("type")
	s.Fields = append(s.Fields, manifest.Field{
		Name:        path,
		Type:        mainType(kind),
		Description: v.get("description").text(),
		Examples:    f.examples(v),
	})
	if kind.present() && isList(kind) {
		path += "[]"
		s.Fields = append(s.Fields, manifest.Field{Name: path})
	}
	for name, child := range v.get("properties").fields() {
		f.addField(s, path+"."+name, child)
	}
}

func isList(kind value) bool {
	if kind.node.Kind == yaml.SequenceNode {
		return slices.Contains(typeNames(kind), "array")
	}
	return kind.node.Value == "array"
}
