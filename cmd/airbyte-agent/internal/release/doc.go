// Command release makes what a release holds besides its binaries, and says
// what it is built for. It runs at the top of the repository.
//
//	go run ./cmd/airbyte-agent/internal/release targets
//	go run ./cmd/airbyte-agent/internal/release completions <folder>
//	go run ./cmd/airbyte-agent/internal/release licenses <file>
package main
