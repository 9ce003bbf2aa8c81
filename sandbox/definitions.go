package sandbox

import (
	"net/http"
	"strings"
)

// definition keeps the camel case that this part of the service has.
type definition struct {
	SourceDefinitionID      string      `json:"sourceDefinitionId"`
	DestinationDefinitionID *string     `json:"destinationDefinitionId"`
	Name                    string      `json:"name"`
	DockerRepository        string      `json:"dockerRepository"`
	IconURL                 string      `json:"iconUrl"`
	Custom                  bool        `json:"custom"`
	SupportLevel            string      `json:"supportLevel"`
	Spec                    *configSpec `json:"spec,omitempty"`
}

func pylonDefinition() definition {
	return definition{
		SourceDefinitionID: PylonDefinitionID,
		Name:               pylonName,
		DockerRepository:   "airbyte/source-pylon",
		IconURL:            pylonIcon,
		SupportLevel:       "community",
	}
}

type definitionList struct {
	Definitions []definition `json:"definitions"`
}

func (s *Sandbox) listDefinitions(c *call) (response, error) {
	list := definitionList{Definitions: []definition{}}
	name := strings.ToLower(c.request.URL.Query().Get("name"))
	if strings.Contains(strings.ToLower(pylonName), name) {
		list.Definitions = append(list.Definitions, pylonDefinition())
	}
	return success(list)
}

type exampleQuestions struct {
	Direct []string `json:"direct"`
	Search []string `json:"search"`
}

type definitionReply struct {
	ID               string           `json:"id"`
	Definition       definition       `json:"definition"`
	ExampleQuestions exampleQuestions `json:"example_questions"`
}

func (s *Sandbox) getDefinition(c *call) (response, error) {
	if id := c.request.PathValue("id"); !strings.EqualFold(id, PylonDefinitionID) {
		return response{}, refuse(http.StatusNotFound, "Source definition %s not found", id)
	}
	found, spec := pylonDefinition(), pylonSpec()
	found.Spec = &spec
	return success(definitionReply{
		ID:         PylonDefinitionID,
		Definition: found,
		ExampleQuestions: exampleQuestions{
			Direct: []string{"Which issues are still open?", "Who is on the support team?", "Set issue 1042 to waiting on customer."},
			Search: []string{"Where did this month's issues come from?", "Which contacts belong to one account?"},
		},
	})
}
