package loader

import (
	"mime"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const uploadParam = "x-airbyte-upload-file-param"

// bodyKinds in the order of preference, when a body can be sent in several.
var bodyKinds = []string{manifest.BodyForm, manifest.BodyMultipart, manifest.BodyRelated, manifest.BodyJSON}

// readBody reads how the body is sent, and adds its top-level properties to
// the parameters.
func (f *file) readBody(op *manifest.Operation, v value) {
	body := v.get("requestBody")
	if !body.present() {
		return
	}
	body.onlyKeys(requestBodyKeys)
	if graphQL := body.get("x-airbyte-body-type"); graphQL.present() {
		f.readGraphQL(op, graphQL, body)
		return
	}
	kind, mediaType, media := chooseMedia(body)
	if kind == "" {
		return
	}
	media.onlyKeys(mediaKeys)
	op.Body = &manifest.Body{Kind: kind, MediaType: mediaType}
	before := len(op.Parameters)
	members := f.members(media.get("schema"))
	for _, m := range members.properties {
		if f.params > maxAllParameters { // addParameter has reported it
			break
		}
		f.addParameter(op, f.bodyParameter(m.key, m.value, members.required), m.value)
	}
	readRepeats(op, members, media.get("encoding"))
	if kind == manifest.BodyRelated {
		f.addUpload(op, v)
	} else if upload := v.get(uploadParam); upload.present() {
		upload.warn("has no effect without a multipart/related body")
	}
	if len(op.Parameters) == before {
		media.warn("the schema has no properties, so the body is never sent")
	}
}

// chooseMedia picks the way in which the body is sent.
func chooseMedia(body value) (kind, mediaType string, media value) {
	content := body.need("content")
	var unknown []string
	for name, v := range content.fields() {
		k := bodyKind(name)
		if k == "" {
			unknown = append(unknown, name)
			continue
		}
		if kind == "" || slices.Index(bodyKinds, k) < slices.Index(bodyKinds, kind) {
			kind, mediaType, media = k, name, v
		}
	}
	if kind == "" && content.isMapping() {
		content.problem("no media type that can be sent; use JSON, application/x-www-form-urlencoded, multipart/form-data or multipart/related")
	}
	if kind != "" && len(unknown) > 0 {
		content.warn("%s cannot be sent; the body goes as %s", strings.Join(unknown, ", "), mediaType)
	}
	return kind, mediaType, media
}

func bodyKind(mediaType string) string {
	base, _, err := mime.ParseMediaType(mediaType)
	switch {
	case err != nil:
		return ""
	case base == "application/x-www-form-urlencoded":
		return manifest.BodyForm
	case base == "multipart/form-data":
		return manifest.BodyMultipart
	case base == "multipart/related":
		return manifest.BodyRelated
	case strings.HasSuffix(base, "/json"), strings.HasSuffix(base, "+json"):
		return manifest.BodyJSON
	default:
		return ""
	}
}

func (f *file) bodyParameter(name string, property value, required []string) manifest.Parameter {
	p := manifest.Parameter{
		Name:       name,
		In:         "body",
		Required:   slices.Contains(required, name),
		DirectOnly: !property.get("x-hosted").flag(true),
		Direct:     f.readOverride(property),
	}
	f.readType(&p, property)
	return p
}

// members are the properties of an object and which of them are required,
// those of allOf included.
type members struct {
	properties []pair
	required   []string
}

func (f *file) members(schema value) members {
	schema = f.resolve(schema)
	if !schema.present() {
		return members{}
	}
	if known, ok := f.objects[schema.node]; ok {
		return known
	}
	var out members
	f.collectMembers(&out, schema, map[*yaml.Node]bool{})
	f.objects[schema.node] = out
	return out
}

func (f *file) collectMembers(out *members, schema value, seen map[*yaml.Node]bool) {
	schema = f.resolve(schema)
	if !schema.present() || seen[schema.node] {
		return
	}
	seen[schema.node] = true
	out.required = append(out.required, schema.get("required").texts()...)
	for p := range pairs(schema.get("properties")) {
		if len(out.properties) > maxParameters {
			return // addParameter reports it
		}
		taken := slices.ContainsFunc(out.properties, func(other pair) bool { return other.key == p.key })
		if !taken {
			out.properties = append(out.properties, p)
		}
	}
	for branch := range schema.get("allOf").items() {
		f.collectMembers(out, branch, seen)
	}
}

// readRepeats notes which arrays of a form are sent as a=1&a=2.
func readRepeats(op *manifest.Operation, members members, encoding value) {
	for _, m := range members.properties {
		own := m.value.get("x-repeat")
		if !own.flag(false) && !encoding.get(m.key).get("explode").flag(false) {
			continue
		}
		if op.Body.Kind == manifest.BodyForm {
			op.Body.Repeat = append(op.Body.Repeat, m.key)
		} else if own.present() {
			own.warn("has no effect outside a form")
		}
	}
}

// addUpload makes sure that a call can give the file and its type, which the
// schema of the metadata need not mention.
func (f *file) addUpload(op *manifest.Operation, v value) {
	op.Body.FileParam = v.get(uploadParam).text()
	if op.Body.FileParam == "" {
		op.Body.FileParam = "file_content"
	}
	upload := []manifest.Parameter{
		{Name: op.Body.FileParam, In: "body", Type: "string", Format: "byte", Description: "The file, in base64."},
		{Name: "file_mime_type", In: "body", Type: "string", Description: "Media type of the file."},
	}
	for _, p := range upload {
		if !hasParameter(op, p.Name) {
			op.Parameters = append(op.Parameters, p)
		}
	}
}
