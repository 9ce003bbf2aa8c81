// Package manifest models a connector: its entities, operations, parameters
// and record schemas, in the order of the connector.yaml they come from. It
// depends on the standard library alone; package loader reads the YAML.
package manifest
