// Package skilldoc turns a skill document of the Airbyte Agent API into
// Markdown that people and models read.
//
// The document is a list of typed blocks with an outline beside it. What is of
// a type that this package does not know is shown as JSON, so that nothing of
// a newer document is lost.
package skilldoc
