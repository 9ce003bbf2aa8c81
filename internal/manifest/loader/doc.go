// Package loader reads connector.yaml files: OpenAPI 3.1 with x-airbyte-*
// keys. It works on the YAML tree, so that the order of the file is kept and
// every problem names its line.
//
// Limits: 4 MiB of input, 100 levels of nesting, 500,000 values after aliases
// are expanded, and as many, but at most 32 MiB, in schemas whose references
// are put in place.
//
// Beyond the format, an operation, a parameter or a property of a request body
// may carry x-hosted: false: the service knows it, the hosted platform does not
// offer it. Keys that begin with x- and are not
// known are tolerated; other unknown keys are problems, because they are
// spelling mistakes more often than not.
package loader
