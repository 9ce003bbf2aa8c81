package operation

import (
	"encoding/json"
	"errors"

	"github.com/tidwall/gjson"
)

// ErrWritten is what Run returns when it has written its result itself.
var ErrWritten = errors.New("the result is written")

// Input are the parameters that the user gave, each as raw JSON, so that
// numbers keep every digit. They were checked against the operation's Params.
type Input struct {
	values map[string]json.RawMessage
}

// NewInput makes an input, for operations that call others.
func NewInput(values map[string]json.RawMessage) Input { return Input{values} }

// Has reports whether the parameter was given.
func (in Input) Has(name string) bool {
	_, ok := in.values[name]
	return ok
}

// Raw returns the parameter's JSON, nil when it was not given.
func (in Input) Raw(name string) json.RawMessage { return in.values[name] }

// Text returns a string parameter, "" when it was not given.
func (in Input) Text(name string) string { return gjson.ParseBytes(in.values[name]).String() }

// Bool returns a boolean parameter, false when it was not given.
func (in Input) Bool(name string) bool { return gjson.ParseBytes(in.values[name]).Bool() }

// Int returns an integer parameter, 0 when it was not given. A value beyond
// int64 is cut to the nearest one.
func (in Input) Int(name string) int64 { return gjson.ParseBytes(in.values[name]).Int() }

// Texts returns an array parameter, nil when it was not given.
func (in Input) Texts(name string) []string {
	var list []string
	for _, element := range gjson.ParseBytes(in.values[name]).Array() {
		list = append(list, element.String())
	}
	return list
}
