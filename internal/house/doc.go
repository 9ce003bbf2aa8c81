// Package house holds the tests that keep the rules of this repository: which
// package may import which, what the exported API may mention, how large a
// file may grow, and that documents agree with the code they speak of. There
// is no code in it. CONTRIBUTING.md tells the rules themselves.
package house
