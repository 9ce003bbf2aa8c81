package lint

import (
	"encoding/json"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// The providers that a finding can be about.
const (
	Any       = "any"
	OpenAI    = "openai"
	Azure     = "azure-openai"
	Anthropic = "anthropic"
	Gemini    = "gemini"               // its API, for clients that pass schemas on as they are
	GoogleAI  = "langchaingo/googleai" // langchaingo's llms/googleai
	Vertex    = "langchaingo/vertex"   // langchaingo's llms/googleai/vertex
	MCP       = "mcp"
)

// Providers returns the names that Finding.Provider can have.
func Providers() []string {
	return []string{Any, OpenAI, Azure, Anthropic, Gemini, GoogleAI, Vertex, MCP}
}

// Severity says how bad a finding is.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the provider would refuse the request
	Warning Severity = "warning" // it would ignore something, or some deployments or models do worse
)

// Finding is one thing that a provider would refuse or ignore.
type Finding struct {
	Provider string   `json:"provider"`
	Tool     string   `json:"tool,omitempty"` // "" when it is about the set as a whole
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"`
	Message  string   `json:"message"` // what is wrong and what to do
}

// Refused tells if a finding is an error.
func Refused(findings []Finding) bool {
	for _, f := range findings {
		if f.Severity == Error {
			return true
		}
	}
	return false
}

// Tool is a definition to check.
type Tool struct {
	Name        string
	Description string
	Schema      json.RawMessage // of the arguments
}

// Check returns what providers would refuse or ignore of the set: first what is
// about the set as a whole, then tool by tool in the set's order. None is good.
func Check(set *tools.Set) ([]Finding, error) {
	var list []Tool
	for _, t := range set.Tools() {
		list = append(list, Tool{Name: t.Name(), Description: t.Description(), Schema: t.Schema()})
	}
	findings, err := CheckTools(list)
	if err != nil {
		return nil, err
	}
	instructions, err := mcptools.Instructions(set)
	if err != nil {
		return nil, err
	}
	return append(Instructions(instructions), findings...), nil
}

// CheckTools is Check for definitions of any origin. Its error is one of
// counting tokens.
func CheckTools(list []Tool) ([]Finding, error) {
	findings := count(list)
	tokens, err := size(list)
	if err != nil {
		return nil, err
	}
	findings = append(findings, tokens...)
	for _, t := range list {
		findings = append(findings, checkTool(t)...)
	}
	return findings, nil
}

// subject is a tool with its schema read.
type subject struct {
	Tool
	root gjson.Result
}

// checkTool runs the rules that look at one tool.
func checkTool(t Tool) []Finding {
	findings := append(name(t), description(t)...)
	s := subject{t, gjson.ParseBytes(t.Schema)}
	if !gjson.ValidBytes(t.Schema) || !s.root.IsObject() {
		return append(findings, s.find(Any, Error, "schema/json", "the schema is not a JSON object"))
	}
	rules := []func(subject) []Finding{
		root, dialect, arrays, propertyKeys, required,
		typeLists, maxItems, googleRefuses, googleIgnores, vertexIgnores, strict,
	}
	for _, rule := range rules {
		findings = append(findings, rule(s)...)
	}
	return findings
}

// find makes a finding about the tool.
func (t Tool) find(provider string, severity Severity, rule, message string) Finding {
	return Finding{Provider: provider, Tool: t.Name, Severity: severity, Rule: rule, Message: message}
}
