// Package lint says what each provider would refuse of a tool set, and what it
// would ignore, before a request is sent.
//
// A provider refuses the whole request for one bad tool, so an error of one tool
// concerns them all. The limits are those that the providers' own answers named;
// the comment of each rule says where it was seen.
package lint
