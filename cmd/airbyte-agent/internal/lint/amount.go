package lint

import (
	"fmt"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/definition"
)

// Limits of a set.
const (
	mostTools  = 128     // that OpenAI takes
	manyTools  = 30      // where models begin to choose worse
	mostTokens = 300_000 // that GPT-4.1 takes
	manyTokens = 10_000  // where loading tools on demand is advised

	// outputTokens is what Claude Code takes of one MCP tool's result.
	outputTokens = 25_000
	// outputPerToken is how many characters of a JSON result make a token:
	// records full of ids and times have fewer than prose.
	outputPerToken = 3
)

// count: OpenAI answers array_above_max_length for more than 128 tools (seen
// until November 2025), and Azure's quota table says the same. That models
// choose noticeably worse among more than some 30 to 50 is from the
// documentation of PydanticAI.
func count(list []Tool) []Finding {
	const rule = "tools/count"
	n := len(list)
	var findings []Finding
	if n > mostTools {
		text := fmt.Sprintf("%d tools are more than %d; narrow them with --allow, --deny or --read-only, or leave out --per-action", n, mostTools)
		findings = append(findings,
			Finding{Provider: OpenAI, Severity: Error, Rule: rule, Message: text},
			Finding{Provider: Azure, Severity: Error, Rule: rule, Message: text})
	}
	if n > manyTools {
		findings = append(findings, Finding{
			Provider: Any, Severity: Warning, Rule: rule,
			Message: fmt.Sprintf("models choose worse among more than some %d tools, and there are %d", manyTools, n),
		})
	}
	return findings
}

// size: GPT-4.1 fails with more than 300,000 tokens of definitions, says Azure's
// documentation. PydanticAI's advises loading tools on demand above 10,000.
func size(list []Tool) ([]Finding, error) {
	const rule = "tools/size"
	tokenizer, total := definition.NewTokenizer(), 0
	for _, t := range list {
		n, err := tokenizer.Count(t.Name + "\n" + t.Description + "\n" + string(t.Schema))
		if err != nil {
			return nil, err
		}
		total += n
	}
	switch {
	case total > mostTokens:
		text := fmt.Sprintf("the definitions are %d tokens; GPT-4.1 takes %d at most", total, mostTokens)
		return []Finding{
			{Provider: OpenAI, Severity: Error, Rule: rule, Message: text},
			{Provider: Azure, Severity: Error, Rule: rule, Message: text},
		}, nil
	case total > manyTokens:
		return []Finding{{
			Provider: Any, Severity: Warning, Rule: rule,
			Message: fmt.Sprintf("the definitions are %d tokens (%s), paid for with every request; narrow them", total, definition.Encoding),
		}}, nil
	default:
		return nil, nil
	}
}

// MaxOutput says what a limit of so many characters on a tool's output, 0 for
// none, means to MCP clients: Claude Code refuses a result of more than 25,000
// tokens unless MAX_MCP_OUTPUT_TOKENS says otherwise.
func MaxOutput(chars int) []Finding {
	const most = outputTokens * outputPerToken
	if chars > 0 && chars <= most {
		return nil
	}
	return []Finding{{
		Provider: MCP, Severity: Warning, Rule: "output/length",
		Message: fmt.Sprintf("a result may be longer than the %d tokens that Claude Code takes by default; use --max-output %d", outputTokens, most),
	}}
}
