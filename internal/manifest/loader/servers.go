package loader

import (
	"slices"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const envMapping = "x-airbyte-replication-environment-mapping"

// readServers reads the first server, which is the one that is called, and
// gives the names of the variables of all of them.
func (f *file) readServers(list value) []string {
	var names []string
	for v := range list.items() {
		server := f.readServer(v)
		if f.doc.Server == nil {
			f.doc.Server = server
			f.checkAddress(v, server)
		}
		for _, variable := range server.Variables {
			names = append(names, variable.Name)
		}
	}
	return names
}

func (f *file) readServer(v value) *manifest.Server {
	v.onlyKeys(serverKeys)
	server := &manifest.Server{URL: v.need("url").short()}
	for name, variable := range v.get("variables").fields() {
		server.Variables = append(server.Variables, readVariable(name, variable))
	}
	if len(server.Variables) > 0 {
		checkEnvironment(v.get(envMapping), server)
	}
	return server
}

func readVariable(name string, v value) manifest.Variable {
	v.onlyKeys(variableKeys)
	out := manifest.Variable{
		Name:        name,
		Default:     v.get("default").text(),
		Enum:        v.get("enum").texts(),
		Description: v.get("description").text(),
	}
	if !v.get("default").present() && v.is(mappingNode, "a mapping") {
		v.problem("default is missing; write \"\" when there is none")
	}
	if out.Default == "{"+name+"}" { // the custom for: the program must set it
		out.Default = ""
	}
	if out.Default != "" && out.Enum != nil && !slices.Contains(out.Enum, out.Default) {
		v.get("default").warn("default %q is not in enum; it counts as one of its values", out.Default)
		out.Enum = append(out.Enum, out.Default)
	}
	return out
}

func (f *file) checkAddress(v value, server *manifest.Server) {
	for _, match := range placeholder.FindAllStringSubmatch(server.URL, -1) {
		if !slices.ContainsFunc(server.Variables, func(o manifest.Variable) bool { return o.Name == match[1] }) {
			v.get("url").warn("{%s} is not among the variables; the program must set it", match[1])
		}
	}
}

// checkEnvironment holds that the mapping speaks of variables of the server.
// Only replication uses it.
func checkEnvironment(mapping value, server *manifest.Server) {
	for key, target := range mapping.fields() {
		source, at := key, target
		if target.isMapping() {
			target.looseKeys([]string{"source", "format"})
			at = target.need("source")
			source = at.text()
		} else {
			target.text()
		}
		known := slices.ContainsFunc(server.Variables, func(o manifest.Variable) bool { return o.Name == source })
		if !known && at.present() {
			at.problem("there is no server variable %q", source)
		}
	}
}
