package lint

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Most characters of a description.
const (
	descriptionSome = 1024      // where several deployments draw the line
	descriptionAll  = 1_048_576 // where the newest of them do
)

// claudeCode is how many bytes Claude Code shows a model of a description of a
// tool, and of the instructions of a server.
const claudeCode = 2048

// Most characters of a name, which are counted apart: a bound in the expressions
// would be compiled so many times over, at every start.
const (
	modelNameMost = 64
	mcpNameMost   = 128
)

var (
	modelName = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	mcpName   = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
)

// name: OpenAI documents a-z, A-Z, 0-9, _ and -, at most 64, and answers with
// the pattern; Anthropic's answers name the same one. MCP (revisions 2025-11-25
// and 2026-07-28) says that a name should have 1 to 128 characters, a dot among
// them, and its Go SDK only logs others.
func name(t Tool) []Finding {
	var findings []Finding
	if len(t.Name) > modelNameMost || !modelName.MatchString(t.Name) {
		for _, provider := range []string{OpenAI, Azure, Anthropic} {
			findings = append(findings, t.find(provider, Error, "name",
				"the name must be 1 to 64 of the characters a-z, A-Z, 0-9, _ and -"))
		}
	}
	if len(t.Name) > mcpNameMost || !mcpName.MatchString(t.Name) {
		findings = append(findings, t.find(MCP, Warning, "name",
			"the name should be 1 to 128 of the characters a-z, A-Z, 0-9, _, . and -"))
	}
	return findings
}

// description: the API reference of OpenAI has no limit, but deployments of
// gpt-4o and o3-mini, on Azure above all, answered string_above_max_length with
// 1,024 (2024 to 2025). Azure's own pages quote 1,048,576 for gpt-4.1 in July
// 2025, so the line depends on the deployment. Claude Code says in its own
// documentation that it cuts at 2 KB, since it loads tools on demand. That a tool needs a description
// is our judgement: a model chooses by it.
func description(t Tool) []Finding {
	const rule = "description/length"
	if strings.TrimSpace(t.Description) == "" {
		return []Finding{t.find(Any, Warning, "description/empty", "there is no description; a model chooses tools by it")}
	}
	var findings []Finding
	if n := len(t.Description); n > claudeCode {
		findings = append(findings, t.find(MCP, Warning, rule, fmt.Sprintf(
			"the description has %d bytes, and Claude Code cuts it after %d; put what matters first, or use --description-budget %d", n, claudeCode, descriptionSome)))
	}
	n := utf8.RuneCountInString(t.Description)
	if n <= descriptionSome {
		return findings
	}
	if n > descriptionAll {
		text := fmt.Sprintf("the description has %d characters, at most %d are taken; shorten it", n, descriptionAll)
		return append(findings, t.find(OpenAI, Error, rule, text), t.find(Azure, Error, rule, text))
	}
	text := fmt.Sprintf("the description has %d characters; several deployments take %d; use --description-budget %d",
		n, descriptionSome, descriptionSome)
	return append(findings, t.find(OpenAI, Warning, rule, text), t.find(Azure, Error, rule, text))
}

// Instructions says what is wrong with the instructions of an MCP server. Claude
// Code cuts them as it does descriptions, and what comes last is lost.
func Instructions(text string) []Finding {
	if len(text) <= claudeCode {
		return nil
	}
	return []Finding{{
		Provider: MCP, Severity: Warning, Rule: "instructions/length",
		Message: fmt.Sprintf("the server's instructions have %d bytes, and Claude Code cuts them after %d; put the rules first, and the rest into a resource", len(text), claudeCode),
	}}
}
