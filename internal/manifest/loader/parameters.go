package loader

import (
	"cmp"
	"slices"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// readParameters lists the arguments of an operation in path, query and
// header: those of its whole path first, unless it has its own instead.
func (f *file) readParameters(op *manifest.Operation, v, shared value) {
	own := v.get("parameters")
	if shared.present() {
		declared := map[string]bool{}
		for p := range own.items() {
			declared[placeAndName(p)] = true
		}
		for p := range shared.items() {
			if !declared[placeAndName(p)] {
				f.addDeclared(op, p)
			}
		}
	}
	for p := range own.items() {
		f.addDeclared(op, p)
	}
}

// placeAndName is what tells the parameters of an operation apart.
func placeAndName(p value) string {
	return p.get("in").plain() + " " + p.get("name").plain()
}

func (f *file) addDeclared(op *manifest.Operation, v value) {
	p := f.readParameter(v)
	if p.In != "cookie" { // no connector sends cookies; the format tolerates them
		f.addParameter(op, p, v)
	}
}

// More than a model, or a person, can choose from. Operations can share one
// body of many properties, so that a small file has many parameters in all.
const (
	maxParameters    = 1000
	maxAllParameters = 50_000
)

// addParameter holds that one name means one argument, wherever it travels.
func (f *file) addParameter(op *manifest.Operation, p manifest.Parameter, v value) {
	f.params++
	switch {
	case p.Name == "": // reported where the name is read
	case len(op.Parameters) >= maxParameters:
		v.problem("the operation has more than %d parameters", maxParameters)
	case f.params > maxAllParameters:
		v.problem("the operations have more than %d parameters together", maxAllParameters)
	case hasParameter(op, p.Name):
		v.problem("the operation already has a parameter called %q", p.Name)
	default:
		op.Parameters = append(op.Parameters, p)
	}
}

func hasParameter(op *manifest.Operation, name string) bool {
	return slices.ContainsFunc(op.Parameters, func(p manifest.Parameter) bool { return p.Name == name })
}

func (f *file) readParameter(v value) manifest.Parameter {
	v.onlyKeys(parameterKeys)
	p := manifest.Parameter{
		Name:       v.need("name").text(),
		In:         v.need("in").oneOf("path", "query", "header", "cookie"),
		Required:   v.get("required").flag(false),
		DirectOnly: !v.get("x-hosted").flag(true),
		Direct:     f.readOverride(v),
		Probe:      f.template(v.get("x-probe")),
		Parent:     f.readParent(v.get("x-parent")),
	}
	p.Required = p.Required || p.In == "path"
	f.readType(&p, v.get("schema"))
	if text := v.get("description").text(); text != "" {
		p.Description = text
	}
	if p.In == "query" {
		p.DeepObject = v.get("style").text() == "deepObject"
		p.Inject = readInject(v.get("x-airbyte-param-config-inject"))
	}
	f.checkDefault(p, f.resolve(v.get("schema")))
	return p
}

// readParent reads which records have the value of a parameter, nil when that is
// not said.
func (f *file) readParent(v value) *manifest.Parent {
	if !v.present() {
		return nil
	}
	v.onlyKeys([]string{"entity", "key"})
	f.parents = append(f.parents, v)
	return &manifest.Parent{Entity: v.need("entity").text(), Key: cmp.Or(v.get("key").text(), "id")}
}

// checkParents holds, when all operations are known, that the records of every
// x-parent can be listed.
func (f *file) checkParents() {
	for _, v := range f.parents {
		name := v.get("entity").text()
		if name != "" && f.declared[name+".list"] == nil {
			v.get("entity").problem("there is no operation %s.list", name)
		}
	}
}

// readOverride reads what holds when the service is called itself, nil when
// nothing differs.
func (f *file) readOverride(v value) *manifest.Override {
	direct := v.get("x-direct")
	if !direct.present() {
		return nil
	}
	direct.onlyKeys([]string{"description", "search_strategy", "enum", "no_default"})
	out := &manifest.Override{
		Description:    direct.get("description").text(),
		SearchStrategy: direct.get("search_strategy").text(),
		NoDefault:      direct.get("no_default").flag(false),
	}
	for item := range direct.get("enum").items() {
		out.Enum = append(out.Enum, f.json(item))
	}
	return out
}

func readInject(v value) *manifest.Inject {
	if !v.present() {
		return nil
	}
	v.looseKeys([]string{"source", "map"})
	out := &manifest.Inject{Source: v.need("source").text()}
	for from, to := range v.get("map").fields() {
		out.Map = append(out.Map, manifest.Pair{Name: from, Value: to.plain()})
	}
	return out
}
