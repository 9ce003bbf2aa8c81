package loader

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const fileURL = "x-airbyte-file-url"

var (
	// fileSegment is a key, with {slots} where the call decides, and one index.
	fileSegment = `(?:[^.\[\]{}\s]|\{\w+\})+(?:\[(?:\d+|\{\w+\})\])?`
	filePath    = regexp.MustCompile(`^` + fileSegment + `(?:\.` + fileSegment + `)*$`)
	headerName  = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
)

// readAnswer reads how the data, and what is said about it, are taken out of
// an answer.
func (f *file) readAnswer(op *manifest.Operation, v value) {
	extractor := v.get("x-airbyte-record-extractor")
	op.Records = f.path(extractor)
	filter, transform := v.get("x-airbyte-record-filter"), v.get("x-airbyte-record-transform")
	for _, rule := range []value{filter, transform} {
		if rule.present() && op.Records == "" {
			rule.problem("has no effect without x-airbyte-record-extractor; write \"$\" for the whole answer")
		}
	}
	if filter.present() && op.Action != "" && op.Action != "list" && op.Action != "api_search" {
		filter.problem("filters lists, and %s gives none; use it with list or api_search", op.Action)
	}
	op.Filter = f.template(filter)
	for name, field := range transform.fields() {
		op.Transform = append(op.Transform, manifest.Pair{Name: name, Value: f.template(field)})
	}
	for name, field := range v.get("x-airbyte-meta-extractor").fields() {
		op.Meta = append(op.Meta, manifest.Pair{Name: name, Value: f.metaPath(field)})
	}
	f.readFileURL(op, v.get(fileURL))
}

// metaPath is a path into the answer, or the place of a header.
func (f *file) metaPath(v value) string {
	if !v.present() || !strings.HasPrefix(v.node.Value, "@") {
		return f.path(v)
	}
	text := v.text()
	link, isLink := strings.CutPrefix(text, "@link.")
	header, isHeader := strings.CutPrefix(text, "@header.")
	switch {
	case isLink && link != "" && !strings.ContainsAny(link, " \t\","):
	case isHeader && headerName.MatchString(header):
	default:
		v.problem("%q is not supported; use @link.<rel>, @header.<name> or a path such as $.next", text)
	}
	return text
}

// readFileURL reads where the address of a file is in the answer.
func (f *file) readFileURL(op *manifest.Operation, v value) {
	if !v.present() {
		return
	}
	op.FileURL = v.short()
	switch {
	case op.Action != "" && op.Action != "download":
		v.problem("is for the action download alone, not for %s", op.Action)
	case strings.TrimSpace(op.FileURL) == "":
		v.problem("must not be empty; leave it out when the answer is the file itself")
	case !filePath.MatchString(op.FileURL):
		v.problem("%q is not supported; write keys with dots, an index such as [0] and {parameters}, such as files[{index}].url", op.FileURL)
	}
	for _, match := range placeholder.FindAllStringSubmatch(op.FileURL, -1) {
		if !slices.ContainsFunc(op.Parameters, func(p manifest.Parameter) bool { return p.Name == match[1] }) {
			v.problem("{%s} is no parameter of the operation", match[1])
		}
	}
}
