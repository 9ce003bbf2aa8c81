package model

import "strings"

// introduction is the answer where no rule matches: what this is, and what it
// can be asked.
func (p planner) introduction(tools offer) string {
	text := prefix + "I am a small script in place of a language model: I match questions against fixed rules. "
	if len(tools) == 0 {
		return text + "This request offers me no tools, so I cannot look anything up. " + p.questions()
	}
	names := make([]string, 0, len(tools))
	for _, t := range tools {
		names = append(names, t.Name)
	}
	return text + "None of them fits this question and the tools offered (" + clip(strings.Join(names, ", "), 300) + "). " + p.questions()
}

// questions lists an example of every rule.
func (p planner) questions() string {
	var text strings.Builder
	text.WriteString("With a Pylon connector's tools you can ask me, for example:")
	for _, rules := range [][]Rule{p.user, p.builtin, p.writes} {
		text.WriteString(examples(rules))
	}
	return text.String()
}

func examples(rules []Rule) string {
	var text strings.Builder
	for _, rule := range rules {
		if rule.Example != "" {
			text.WriteString("\n- " + rule.Example)
		}
	}
	return text.String()
}
