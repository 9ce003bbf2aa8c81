package pylon

import (
	"maps"
	"reflect"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
)

// params joins the path and the fields of params, which is a struct or nil. The
// values stay Go values: as JSON, text that is not UTF-8 could no longer be told
// from text that is.
func (c call) params(params any) connector.Params {
	out := connector.Params{}
	if params != nil {
		for field, value := range reflect.ValueOf(params).Fields() {
			name, option, _ := strings.Cut(field.Tag.Get("json"), ",")
			if option != "omitzero" || !isZero(value) {
				out[name] = reflect.Indirect(value).Interface()
			}
		}
	}
	maps.Copy(out, c.path)
	return out
}

// isZero is what encoding/json means by omitzero.
func isZero(v reflect.Value) bool {
	if v.IsZero() {
		return true
	}
	own, ok := reflect.TypeAssert[interface{ IsZero() bool }](v)
	return ok && own.IsZero()
}
