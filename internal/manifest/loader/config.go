package loader

import (
	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// readScoping reads which parameters the configuration fills in.
func (f *file) readScoping(list value) {
	for v := range list.items() {
		v.looseKeys(scopeKeys)
		scope := manifest.Scope{Parameter: v.need("param").text(), ConfigKey: v.get("config_key").text()}
		if scope.ConfigKey == "" {
			scope.ConfigKey = scope.Parameter
		}
		f.doc.Scoping = append(f.doc.Scoping, scope)
	}
}

// readNormalization reads the configuration values that are the end of a
// credential. A rule of another kind works in no other program either, so it
// is told and left out.
func (f *file) readNormalization(v value) {
	for rule := range v.get("rules").items() {
		transform := rule.need("transform")
		if kind := transform.need("type"); kind.present() && kind.node.Value != "suffix" {
			kind.warn("transform %q is not known, and the rule has no effect; use suffix", kind.node.Value)
			continue
		}
		f.doc.Derived = append(f.doc.Derived, manifest.Derived{
			Target:    rule.need("target").text(),
			Source:    rule.need("source").text(),
			Delimiter: transform.need("delimiter").text(),
		})
	}
}

// readReplication reads the one part that probes need: the constants.
func (f *file) readReplication(v value) {
	v.looseKeys(replicationKeys)
	properties := v.get("properties")
	for name, key := range v.get("replication_config_key_mapping").fields() {
		if properties.isMapping() && len(properties.node.Content) > 0 && properties.get(name).node == nil {
			key.problem("%q is mapped, but properties has no such key", name)
		}
	}
	for name, constant := range v.get("replication_config_constants").fields() {
		f.doc.ProbeConfig = append(f.doc.ProbeConfig, manifest.Pair{Name: name, Value: f.plainText(constant)})
	}
}

// plainText is a scalar as the file spells it, and anything else as JSON.
func (f *file) plainText(v value) string {
	if v.present() && v.node.Kind == yaml.ScalarNode {
		return v.node.Value
	}
	return string(f.json(v))
}
