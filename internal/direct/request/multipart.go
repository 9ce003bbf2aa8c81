package request

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// multipartBody is a form with files.
type multipartBody struct {
	params []parameter
	files  []bool // by parameter: it is a file, or an array of files
}

func compileMultipart(params []parameter) (body, error) {
	b := &multipartBody{params: params, files: make([]bool, len(params))}
	for i, p := range params {
		if len(p.Items) > 0 && envelope.Valid(p.Items) != nil {
			return nil, broken(fmt.Sprintf("the items of parameter %q are not valid json", p.Name))
		}
		b.files[i] = isFile(p.Parameter)
	}
	return b, nil
}

func isFile(p *manifest.Parameter) bool {
	return p.Format == "binary" || gjson.GetBytes(p.Items, "format").Str == "binary"
}

func (b *multipartBody) build(args *arguments) (payload, error) {
	parts := newPartWriter(args)
	for i := range b.params {
		p := &b.params[i]
		raw := p.value(args)
		if raw == "" {
			continue
		}
		write := parts.field
		if b.files[i] {
			write = parts.file
		}
		if err := parts.each(p.Name, raw, write); err != nil {
			return payload{}, err
		}
	}
	if parts.buffer.Len() == 0 {
		return payload{}, nil
	}
	return parts.payload(parts.writer.FormDataContentType())
}

// partWriter writes the parts of a multipart body.
type partWriter struct {
	buffer *bytes.Buffer
	writer *multipart.Writer
}

func newPartWriter(args *arguments) *partWriter {
	size := 0
	for _, raw := range args.raw {
		size += len(raw)
	}
	buffer := bytes.NewBuffer(make([]byte, 0, size+512)) // 512: boundaries and headers
	return &partWriter{buffer: buffer, writer: multipart.NewWriter(buffer)}
}

// each writes a value, or each element of an array, under the same name. An
// element that is null has nothing to say.
func (w *partWriter) each(name, raw string, write func(name, raw string) error) (err error) {
	if raw[0] != '[' {
		return write(name, raw)
	}
	gjson.Parse(raw).ForEach(func(_, element gjson.Result) bool {
		if element.Raw != null {
			err = write(name, element.Raw)
		}
		return err == nil
	})
	return err
}

// field writes a value as text, null as an empty one, and what is composed as
// JSON.
func (w *partWriter) field(name, raw string) error {
	header := textproto.MIMEHeader{"Content-Disposition": {disposition(name)}}
	value := ""
	if raw != null {
		value = text(raw)
	}
	if isComposed(raw) {
		header.Set("Content-Type", jsonType)
	}
	return w.part(header, []byte(value))
}

func (w *partWriter) file(name, raw string) error {
	if raw == null {
		return nil
	}
	file, err := readFile(name, raw)
	if err != nil {
		return err
	}
	if file.name == "" {
		file.name = fileName(name)
	}
	if file.mediaType == "" {
		file.mediaType = octetStream
	}
	return w.part(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition(name, file.name)},
		"Content-Type":        {file.mediaType},
	}, file.content)
}

func (w *partWriter) part(header textproto.MIMEHeader, content []byte) error {
	part, err := w.writer.CreatePart(header)
	if err != nil {
		return fmt.Errorf("write a part of the body: %w", err)
	}
	if _, err := part.Write(content); err != nil {
		return fmt.Errorf("write a part of the body: %w", err)
	}
	return nil
}

func (w *partWriter) payload(contentType string) (payload, error) {
	if err := w.writer.Close(); err != nil {
		return payload{}, fmt.Errorf("end the body: %w", err)
	}
	return payload{data: w.buffer.Bytes(), contentType: contentType, boundary: true}, nil
}

// escapeQuotes writes a name inside quotes as browsers do.
var escapeQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "%0D", "\n", "%0A")

// disposition names a field that is no file.
func disposition(name string) string {
	return fmt.Sprintf(`form-data; name="%s"`, escapeQuotes.Replace(name))
}
