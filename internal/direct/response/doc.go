// Package response reads what a service answers to an operation of a
// manifest: it tells errors that come with a success status, cuts the records
// and the paging values out of the body, and filters and reshapes records.
//
// A body is checked and cut in one pass. What a caller gets are parts of it;
// only what a manifest asks to be made anew, such as the object around a bare
// number in a list, is written by this package.
package response
