// Package loader reads connector.yaml files: OpenAPI 3.1 with x-airbyte-*
// keys. It works on the YAML tree, so that the order of the file is kept and
// every problem names its line.
//
// # What is refused, and what is tolerated
//
// A manifest loads when it can be run: references resolve, JSONPath and
// template expressions compile, placeholders have parameters, credentials are
// used. Keys that an object of the format does not have are problems, because
// they are spelling mistakes more often than not; keys that begin with x- may
// be somebody else's and are warnings. Warnings also tell of what has a clear
// meaning although it is likely a mistake: two operations of one name (the
// later one counts), a required property that is not there, a relationship
// with an unknown entity, an authentication scheme that is not supported next
// to one that is.
//
// # Keys of our own
//
// Beyond the format, an operation, a parameter or a property of a request body
// may carry x-hosted: false (the service knows it, the hosted platform does not
// offer it); an operation x-effect (read, write or destroy, where the name of
// its action does not tell) and x-rate-limit-per-minute; a property of a form
// x-repeat: true (an array is sent as a=1&a=2). A parameter may carry x-probe, a
// template of the value that a check of the connector sends, and x-parent, the
// entity and the key (id unless said) of records that have its value.
//
// A manifest without security schemes means a bearer token. One that asks for
// none says so by security: [].
//
// # Limits
//
// 4 MiB of input, 100 levels of nesting, 5,000 entries in one mapping or list,
// 500,000 values after aliases are expanded, and as many, but at most 32 MiB,
// in schemas whose references are put in place.
package loader
