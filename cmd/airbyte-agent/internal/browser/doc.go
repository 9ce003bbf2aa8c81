// Package browser shows a page to the person at this machine, in the browser
// that they use.
package browser
