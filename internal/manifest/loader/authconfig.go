package loader

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const authConfig = "x-airbyte-auth-config"

var credentialSlot = regexp.MustCompile(`\$\{([^}]*)\}`)

// readAuthConfig reads what the program gives and what becomes of it. A
// mapping for parts that the scheme does not have makes it unusable.
func (f *file) readAuthConfig(out *manifest.Scheme, v value) *refusal {
	v.onlyKeys(authConfigKeys)
	if kind := v.need("type"); kind.present() && kind.node.Value != "object" {
		kind.problem("must be object")
	}
	out.Title = v.get("title").text()
	if text := v.get("description").text(); text != "" {
		out.Description = text
	}
	required := v.get("required")
	out.Required, out.AllRequired = required.texts(), !required.present()

	properties, mapping := v.get("properties"), v.get("auth_mapping")
	needEntries(v, properties, "properties")
	needEntries(v, mapping, "auth_mapping")
	for name, property := range properties.fields() {
		property.onlyKeys(credentialKeys)
		property.get("type").oneOf("string", "integer", "boolean", "number")
		out.Fields = append(out.Fields, manifest.CredentialField{
			Name: name, Title: property.get("title").text(), Description: property.get("description").text(),
		})
	}
	f.checkReplicationMapping(v, properties)

	var no *refusal
	for name, template := range mapping.fields() {
		if !slices.Contains(parts[out.Type], name) {
			no = &refusal{template, "a " + out.Type + " scheme has no " + name + "; map " + strings.Join(parts[out.Type], ", ")}
		}
		out.Mapping = append(out.Mapping, manifest.Pair{Name: name, Value: template.short()})
	}
	used := f.readHeaders(out, v.get("additional_headers"))
	f.checkCredentials(out, v, used)
	return no
}

func needEntries(parent, v value, name string) {
	if !v.present() || v.isMapping() && len(v.node.Content) == 0 {
		parent.problem("%s is missing or empty", name)
	}
}

// readHeaders reads the further headers, and gives the credentials in them.
func (f *file) readHeaders(out *manifest.Scheme, headers value) []string {
	var used []string
	for name, v := range headers.fields() {
		out.Headers = append(out.Headers, manifest.Pair{Name: name, Value: f.template(v)})
		used = append(used, templateNames(v)...)
	}
	return used
}

// checkCredentials holds that every credential is good for something, and
// lets the program give what the mapping speaks of.
func (f *file) checkCredentials(out *manifest.Scheme, v value, used []string) {
	for _, pair := range out.Mapping {
		for _, match := range credentialSlot.FindAllStringSubmatch(pair.Value, -1) {
			used = append(used, match[1])
		}
	}
	slices.Sort(used)
	used = slices.Compact(used)
	for name, property := range v.get("properties").fields() {
		if _, found := slices.BinarySearch(used, name); !found {
			property.problem("credential %q is used neither in auth_mapping nor in additional_headers", name)
		}
	}
	for _, name := range slices.Concat(used, out.Required) {
		known := slices.ContainsFunc(out.Fields, func(field manifest.CredentialField) bool { return field.Name == name })
		if !known && name != "" {
			v.warn("credential %q is not among properties; it counts as one of them", name)
			out.Fields = append(out.Fields, manifest.CredentialField{Name: name})
		}
	}
}

func (f *file) checkReplicationMapping(v, properties value) {
	for _, target := range v.get("replication_auth_key_mapping").fields() {
		if name := target.text(); name != "" && properties.isMapping() && properties.get(name).node == nil {
			target.problem("%q is no property", name)
		}
	}
}
