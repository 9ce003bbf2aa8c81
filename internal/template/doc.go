// Package template evaluates the small expressions that connector manifests
// put between {{ and }}: record filters and transforms, further headers, token
// addresses and the dates that probes fill in.
//
// The language is closed. An expression is a variable with attributes, such as
// record.metaData.isPrivate; "not" before it; the filters replace('a', 'b'),
// lower and upper after it; or a date, such as
// (now_utc() - duration('P30D')).strftime('%Y-%m-%d'). Everything else is
// refused when the text is compiled, so that a manifest, which may come from
// anywhere, can run nothing. What is not there when a template is evaluated is
// an error too: a filter that keeps private records out must not fail open.
//
// Values stay raw JSON on their way through.
package template
