// Package create makes connectors from the command line: with credentials from
// a file, standard input or the terminal, or with those that a person enters in
// the browser.
//
// Either way the credentials are tried before the connector is made, so that a
// wrong one leaves nothing behind.
package create
