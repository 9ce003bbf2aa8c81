// Package request makes the HTTP request of one operation: its path, query,
// headers and body, from the arguments of a call and the configuration.
//
// A manifest's operation is compiled once, which finds everything that is wrong
// with it; the Builder then turns any number of calls into requests, and is safe
// for concurrent use. Arguments stay raw JSON from the call to the wire, so
// that numbers keep every digit and nested values keep their order.
//
// A call gives one flat object. Each name goes to every place that the
// operation declares it for. A name that nothing asks for is left out; telling
// the caller so is the job of the layer above, which knows the nearest names.
package request
