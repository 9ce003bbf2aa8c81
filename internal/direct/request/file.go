package request

import (
	"encoding/base64"
	"mime"
	"path"
	"strings"
	"unicode"

	"github.com/tidwall/gjson"
)

const octetStream = "application/octet-stream"

// file is the content of a file parameter.
type file struct {
	name      string // "" when the call does not say
	mediaType string // "" when the call does not say
	content   []byte
}

// readFile reads a file value: a string that is base64, or an object with such
// a string as content.
func readFile(param, raw string) (file, error) {
	switch raw[0] {
	case '"':
		content, err := decodeContent(param, gjson.Parse(raw).Str)
		return file{content: content}, err
	case '{':
		return readFileObject(param, raw)
	default:
		return file{}, invalid(param, `must be a file: its content in base64, or {"name": …, "type": …, "content": …}`)
	}
}

func readFileObject(param, raw string) (out file, err error) {
	hasContent := false
	gjson.Parse(raw).ForEach(func(key, value gjson.Result) bool {
		if value.Raw == null {
			return true
		}
		if value.Type != gjson.String {
			err = invalid(param, "must have strings as name, type and content of the file")
			return false
		}
		switch key.Str {
		case "name":
			out.name = fileName(value.Str)
		case "type":
			out.mediaType, err = contentType(param, value.Str)
		case "content":
			hasContent = true
			out.content, err = decodeContent(param, value.Str)
		default:
			err = invalid(param, "must have nothing but name, type and content of the file")
		}
		return err == nil
	})
	if err == nil && !hasContent {
		err = invalid(param, "must have the content of the file, in base64")
	}
	return out, err
}

// decodeContent decodes base64 of either alphabet, padded or not. Line breaks are
// what base64 tools write; anything else that is foreign to it is an error, as a
// service would store what is left.
func decodeContent(param, s string) ([]byte, error) {
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(s, "-_") {
		encoding = base64.RawURLEncoding
	}
	s = strings.TrimRight(s, "\r\n")
	if strings.HasSuffix(s, "=") {
		encoding = encoding.WithPadding(base64.StdPadding)
	}
	content, err := encoding.Strict().DecodeString(s)
	if err != nil {
		return nil, invalid(param, "is not base64; encode the content of the file, without any prefix")
	}
	return content, nil
}

// contentType holds that v is a media type.
func contentType(param, v string) (string, error) {
	if parsed, params, err := mime.ParseMediaType(v); err == nil && strings.Contains(parsed, "/") {
		if clean := mime.FormatMediaType(parsed, params); clean != "" {
			return clean, nil
		}
	}
	return "", invalid(param, "must be of a media type such as text/plain")
}

// fileName keeps the last step of a path and nothing that a header cannot hold.
func fileName(s string) string {
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	if s = strings.TrimSpace(s); s == "." || s == ".." || s == "/" {
		return ""
	}
	return s
}
