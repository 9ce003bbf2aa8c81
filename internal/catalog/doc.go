// Package catalog holds the connector manifests that are built into the
// program. The source of each is a YAML file; programs carry its JSON form,
// so that neither a YAML parser nor its work is part of them.
package catalog
