// Package jsonpath evaluates the JSONPath expressions of connector manifests:
// the root, members, indexes and wildcards, with the meaning that RFC 9535
// gives them. It works on the raw document: what matches is a part of it, not a
// copy, and nothing is decoded.
//
// The language is closed on purpose. The published manifests use nothing else,
// and an expression that is refused when a manifest is loaded beats one that
// quietly selects something unexpected.
package jsonpath
