package request

import (
	"fmt"
	"slices"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// body writes the body of a request.
type body interface {
	build(args *arguments) (payload, error)
}

// payload is a written body; data is nil when there is nothing to send.
type payload struct {
	data        []byte
	contentType string
	boundary    bool // contentType holds the boundary of the parts
}

const jsonType = "application/json"

func compileBody(b *manifest.Body, params []parameter, s *slots) (body, error) {
	fields := defaultsFirst(travelling(params, "body"))
	if b == nil {
		if len(fields) > 0 {
			return nil, broken(fmt.Sprintf("parameter %q travels in the body, but the operation has none", fields[0].Name))
		}
		return nil, nil
	}
	switch b.Kind {
	case manifest.BodyJSON:
		return &jsonBody{mediaType: mediaType(b, jsonType), params: fields}, nil
	case manifest.BodyForm:
		return &formBody{mediaType: mediaType(b, "application/x-www-form-urlencoded"), params: fields, repeat: b.Repeat}, nil
	case manifest.BodyMultipart:
		return compileMultipart(fields)
	case manifest.BodyRelated:
		return compileRelated(b, fields, s), nil
	case manifest.BodyGraphQL:
		return compileGraphQL(b.GraphQL, s)
	default:
		return nil, broken(fmt.Sprintf("body kind %q is not known", b.Kind))
	}
}

func mediaType(b *manifest.Body, usual string) string {
	if b.MediaType == "" {
		return usual
	}
	return b.MediaType
}

// defaultsFirst moves the parameters with a default to the front, which is the
// order that connectors send.
func defaultsFirst(params []parameter) []parameter {
	slices.SortStableFunc(params, func(a, b parameter) int {
		return rank(a) - rank(b)
	})
	return params
}

func rank(p parameter) int {
	if len(p.Default) > 0 {
		return 0
	}
	return 1
}

// jsonBody is an object with the parameters as members.
type jsonBody struct {
	mediaType string
	params    []parameter
}

func (b *jsonBody) build(args *arguments) (payload, error) {
	size := 2
	for i := range b.params {
		size += len(b.params[i].key) + len(b.params[i].value(args)) + 1
	}
	data := b.appendMembers(make([]byte, 0, size), args)
	if len(data) == 0 {
		return payload{}, nil
	}
	return payload{data: data, contentType: b.mediaType}, nil
}

// appendMembers appends the object, and nothing when it would have no members.
func (b *jsonBody) appendMembers(dst []byte, args *arguments) []byte {
	before := byte('{')
	for i := range b.params {
		raw := b.params[i].value(args)
		if raw == "" {
			continue
		}
		dst = append(dst, before)
		dst = append(dst, b.params[i].key...)
		dst = appendCompact(dst, raw)
		before = ','
	}
	if before == '{' {
		return dst
	}
	return append(dst, '}')
}
