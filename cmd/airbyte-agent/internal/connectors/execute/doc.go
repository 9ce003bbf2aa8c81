// Package execute is the command connectors execute: one action of a connector,
// a file of it, or all pages of a list, through the platform or against the
// service itself.
//
// The two ways are two services. Both give the platform's envelope: an object
// with status, result, connector_metadata and execution_metadata. In direct mode
// result is {"data": […], "meta": {"has_more": …, "cursor": …}} where the
// service gave records, and what it gave otherwise.
package execute
