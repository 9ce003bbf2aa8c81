// Package connectors has the operations on connectors: which ones a workspace
// holds, what one of them is and can do, and what is done with it.
package connectors
