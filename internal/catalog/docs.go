package catalog

//go:generate go run ../docgen
