// Package failure turns every error of the command line into the JSON that it
// prints on standard error and the code that it exits with.
//
// Types, keys and codes are those of Airbyte's own command line, so that a
// script which reads them goes on working: 0 success, 1 a general failure, 2
// credentials, 3 not found, 4 wrong input. A command that is interrupted exits
// with 130, as shells expect.
package failure
