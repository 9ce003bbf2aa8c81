package request

import (
	"net/textproto"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// The parameters of multipart/related that are no metadata.
const (
	usualFileParam = "file_content"
	typeParam      = "file_mime_type"
)

// relatedBody is JSON metadata and one file.
type relatedBody struct {
	metadata jsonBody
	file     int // slot of the file
	name     string
	kind     int // slot of the file's media type
}

func compileRelated(b *manifest.Body, params []parameter, s *slots) body {
	out := &relatedBody{name: b.FileParam}
	if out.name == "" {
		out.name = usualFileParam
	}
	out.file, out.kind = s.of(out.name), s.of(typeParam)
	out.metadata.mediaType = jsonType
	for _, p := range params {
		if p.Name != out.name && p.Name != typeParam {
			out.metadata.params = append(out.metadata.params, p)
		}
	}
	return out
}

func (b *relatedBody) build(args *arguments) (payload, error) {
	raw := args.lookup(b.file)
	if raw == "" || raw == null {
		return b.metadata.build(args)
	}
	file, err := readFile(b.name, raw)
	if err != nil {
		return payload{}, err
	}
	if err := b.setType(&file, args); err != nil {
		return payload{}, err
	}
	parts := newPartWriter(args)
	metadata := b.metadata.appendMembers(nil, args)
	if metadata == nil {
		metadata = []byte("{}")
	}
	if err := parts.part(textproto.MIMEHeader{"Content-Type": {"application/json; charset=UTF-8"}}, metadata); err != nil {
		return payload{}, err
	}
	if err := parts.part(textproto.MIMEHeader{"Content-Type": {file.mediaType}}, file.content); err != nil {
		return payload{}, err
	}
	return parts.payload("multipart/related; boundary=" + parts.writer.Boundary())
}

// setType prefers the parameter for the type over what the file says itself.
func (b *relatedBody) setType(f *file, args *arguments) (err error) {
	raw := args.lookup(b.kind)
	if raw != "" && raw != null {
		f.mediaType, err = contentType(typeParam, gjson.Parse(raw).String())
	}
	if f.mediaType == "" {
		f.mediaType = octetStream
	}
	return err
}
