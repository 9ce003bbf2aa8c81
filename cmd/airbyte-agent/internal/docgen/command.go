package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/internal/markdown"
)

// command adds a command and those below it.
func (p *page) command(ctx context.Context, c *cobra.Command, level int) {
	p.printf("\n%s %s\n\n%s\n", strings.Repeat("#", level), title(c), paragraphs(about(c)))
	if doesSomething(c) {
		p.printf("\n%s\n", fence(c.UseLine()))
		if c.Example != "" {
			p.printf("\nFor example:\n\n%s\n", fence(c.Example))
		}
		p.flags(ctx, c)
	}
	for _, child := range c.Commands() {
		if isDocumented(child) {
			p.command(ctx, child, level+1)
		}
	}
}

// about is the longer text of a command when it has one.
func about(c *cobra.Command) string {
	if c.Long != "" && c.Long != c.Short {
		return c.Long
	}
	return c.Short + "."
}

// flags adds what a command takes, and the route that it calls.
func (p *page) flags(ctx context.Context, c *cobra.Command) {
	var o operation
	if words := strings.Fields(title(c)); len(words) == 2 {
		var err error
		o, err = lookUp(ctx, words[0], words[1])
		p.check(err)
	}
	known := map[string]bool{}
	if len(o.params) > 0 {
		known["json"] = true
		p.printf("\n| Parameter | Type | Required | What it is |\n|---|---|---|---|\n")
		for _, q := range o.params {
			known[q.flag()] = true
			p.printf("| `--%s` | %s | %s | %s |\n", q.flag(), q.kind, yes(q.required), markdown.Cell(q.description))
		}
	}
	if list := flagsOf(c.LocalFlags(), known); len(list) > 0 {
		p.printf("\n| Flag | Type | What it does |\n|---|---|---|\n")
		for _, f := range list {
			p.printf("| %s | %s | %s |\n", spelling(f), kind(f), markdown.Cell(flagText(f)))
		}
	}
	if o.route != "" {
		p.printf("\nIt calls `%s`.\n", o.route)
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
