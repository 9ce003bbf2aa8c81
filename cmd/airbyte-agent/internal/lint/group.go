package lint

// Group is what one rule found for one provider.
type Group struct {
	Provider string     `json:"provider"`
	Severity Severity   `json:"severity"`
	Rule     string     `json:"rule"`
	Message  string     `json:"message"` // about the first tool
	Count    int        `json:"count"`
	Tools    []Instance `json:"tools,omitempty"` // none when it is about the set as a whole
}

// Instance is one tool that a rule found.
type Instance struct {
	Tool    string `json:"tool"`
	Message string `json:"message,omitempty"` // "" when it is the group's
}

// Grouped puts findings of the same provider, severity and rule together: errors
// first, otherwise in their order. None is an empty list.
func Grouped(findings []Finding) []Group {
	groups := []Group{}
	for _, severity := range []Severity{Error, Warning} {
		first := len(groups)
		for _, f := range findings {
			if f.Severity == severity {
				groups = add(groups, first, f)
			}
		}
	}
	return groups
}

// add puts a finding into its group, one from first on or a new one.
func add(groups []Group, first int, f Finding) []Group {
	at := first
	for at < len(groups) && (groups[at].Provider != f.Provider || groups[at].Rule != f.Rule) {
		at++
	}
	if at == len(groups) {
		groups = append(groups, Group{Provider: f.Provider, Severity: f.Severity, Rule: f.Rule, Message: f.Message})
	}
	groups[at].Count++
	if f.Tool == "" {
		return groups
	}
	one := Instance{Tool: f.Tool}
	if f.Message != groups[at].Message {
		one.Message = f.Message
	}
	groups[at].Tools = append(groups[at].Tools, one)
	return groups
}
