// Package toolscmd has the commands tools print, which shows what a model gets
// of a connector, and tools lint, which says what providers would refuse of it.
package toolscmd
