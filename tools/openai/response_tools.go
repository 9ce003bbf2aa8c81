package openai

import (
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"
)

// responseToolNames lists the names of the definitions that a client runs. The
// other kinds are hosted by the server or have no name.
func responseToolNames(defs []responses.ToolUnionParam) []string {
	var names []string
	for _, def := range defs {
		switch {
		case def.OfFunction != nil:
			names = append(names, def.OfFunction.Name)
		case def.OfCustom != nil:
			names = append(names, def.OfCustom.Name)
		case def.OfNamespace != nil:
			names = append(names, namespaceNames(def.OfNamespace)...)
		}
	}
	return names
}

func namespaceNames(namespace *responses.NamespaceToolParam) []string {
	var names []string
	for _, def := range namespace.Tools {
		switch {
		case def.OfFunction != nil:
			names = append(names, def.OfFunction.Name)
		case def.OfCustom != nil:
			names = append(names, def.OfCustom.Name)
		}
	}
	return names
}

// unforcedResponse is the choice without the force to call a tool.
func unforcedResponse(choice responses.ResponseNewParamsToolChoiceUnion) responses.ResponseNewParamsToolChoiceUnion {
	allowed := choice.OfAllowedTools
	switch {
	case allowed != nil && allowed.Mode == responses.ToolChoiceAllowedModeRequired:
		free := *allowed
		free.Mode = responses.ToolChoiceAllowedModeAuto
		return responses.ResponseNewParamsToolChoiceUnion{OfAllowedTools: &free}
	case allowed != nil, choice.OfToolChoiceMode.Valid() && choice.OfToolChoiceMode.Value != responses.ToolChoiceOptionsRequired:
		return choice
	case param.IsOmitted(choice):
		return choice
	default: // required, or one tool by name
		return responses.ResponseNewParamsToolChoiceUnion{}
	}
}
