package main

import (
	"strings"

	"github.com/spf13/pflag"
)

// kinds say the types of flags that have a value as a reader calls them.
var kinds = map[string]string{
	"bool":           "boolean",
	"int":            "integer",
	"int64":          "integer",
	"stringSlice":    "array",
	"stringArray":    "array",
	"stringToString": "key=value",
}

// kind names the type of a flag's value.
func kind(f *pflag.Flag) string {
	if name, ok := kinds[f.Value.Type()]; ok {
		return name
	}
	return f.Value.Type()
}

// spelling is how a flag is written, with its short form first.
func spelling(f *pflag.Flag) string {
	if f.Shorthand != "" {
		return "`-" + f.Shorthand + "`, `--" + f.Name + "`"
	}
	return "`--" + f.Name + "`"
}

// flagText is what a flag does, and its default unless that is nothing or the
// text says it.
func flagText(f *pflag.Flag) string {
	_, text := pflag.UnquoteUsage(f)
	switch f.DefValue {
	case "", "false", "0", "0s", "[]":
		return text
	}
	if strings.Contains(text, "(default") {
		return text
	}
	return text + " (default `" + f.DefValue + "`)"
}

// flagsOf are the flags of a command alone that a reader may give, without
// those named in known.
func flagsOf(set *pflag.FlagSet, known map[string]bool) []*pflag.Flag {
	var list []*pflag.Flag
	set.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && f.Deprecated == "" && f.Name != "help" && !known[f.Name] {
			list = append(list, f)
		}
	})
	return list
}
