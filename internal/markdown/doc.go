// Package markdown writes the pieces of Markdown that the generated pages in
// docs are made of.
package markdown
