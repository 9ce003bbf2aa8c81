// Command docgen writes docs/pylon.md, the reference page of the Pylon
// connector, from its manifest and from the typed package that is generated from
// the same manifest. go generate runs it in internal/catalog.
package main
