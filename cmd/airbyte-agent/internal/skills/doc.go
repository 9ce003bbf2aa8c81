// Package skills has the commands skills list, skills search and skills docs:
// the documents that teach an agent to use a connector or the platform.
package skills
