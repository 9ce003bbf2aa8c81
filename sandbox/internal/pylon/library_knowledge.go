package pylon

import (
	"net/http"
	"slices"
)

func knowledgeRoutes() []Route {
	const (
		articles    = "/knowledge-bases/{id}/articles"
		collections = "/knowledge-bases/{id}/collections"
	)
	return []Route{
		restRead("/knowledge-bases", perMinuteMany, restListKnowledgeBases),
		restRead("/knowledge-bases/{id}", perMinuteMany, restGetKnowledgeBase),
		restRead(articles, perMinuteSome, restListArticles),
		restWrite(http.MethodPost, articles, perMinuteFew, restCreateArticle),
		restRead(articles+"/{article_id}", perMinuteMany, restGetArticle),
		restWrite(http.MethodPatch, articles+"/{article_id}", perMinuteSome, restUpdateArticle),
		restWrite(http.MethodDelete, articles+"/{article_id}", perMinuteSome, restDeleteArticle),
		restWrite(http.MethodPost, articles+"/{article_id}/request-review", perMinuteFew, restRequestReview),
		restRead(collections, perMinuteSome, restListCollections),
		restWrite(http.MethodPost, collections, perMinuteFew, restCreateCollection),
		restRead(collections+"/{collection_id}", perMinuteSome, restGetCollection),
		restWrite(http.MethodPatch, collections+"/{collection_id}", perMinuteFew, restUpdateCollection),
		restWrite(http.MethodDelete, collections+"/{collection_id}", perMinuteFew, restDeleteCollection),
		restWrite(http.MethodPost, "/knowledge-bases/{id}/route-redirects", perMinuteFew, restCreateRedirect),
	}
}

func restListKnowledgeBases(o *Organization, p pageParams) (any, error) {
	rows := []baseDetails{}
	for _, base := range o.knowledgeBases.all() {
		rows = append(rows, o.library.baseDetails[base.id])
	}
	return restPage(o, wholePages("knowledge_bases"), "", p, rows)
}

func restGetKnowledgeBase(o *Organization, p idParams) (any, error) {
	base, err := o.findBase(string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(o.library.baseDetails[base.id])
}

func (o *Organization) findBase(id string) (*knowledgeBase, error) {
	return o.knowledgeBases.find("Knowledge base", id)
}

// language returns the language of a request, "" for the default one.
func (o *Organization) language(base *knowledgeBase, wanted string) (string, error) {
	details := o.library.baseDetails[base.id]
	switch {
	case wanted == details.DefaultLanguage:
		return "", nil
	case wanted == "" || slices.Contains(details.SupportedLanguages, wanted):
		return wanted, nil
	default:
		return "", notOneOf("language", wanted, details.SupportedLanguages)
	}
}

// visibilityInput is a visibility_config as a write sends it; what is left out
// stays as it is.
type visibilityInput struct {
	Visibility      *string   `json:"visibility"`
	AIAgentAccess   *string   `json:"ai_agent_access"`
	AllowedAgentIDs *[]string `json:"allowed_agent_ids"`
}

func (in *visibilityInput) apply(to visibility) (visibility, error) {
	if in == nil {
		return to, nil
	}
	set(&to.Visibility, in.Visibility)
	set(&to.AIAgentAccess, in.AIAgentAccess)
	if in.AllowedAgentIDs != nil {
		to.AllowedAgentIDs = append([]string{}, *in.AllowedAgentIDs...)
	}
	if legal := []string{"public", "customer", "internal_only"}; !slices.Contains(legal, to.Visibility) {
		return to, notOneOf("visibility_config: visibility", to.Visibility, legal)
	}
	if legal := []string{"inherit", "none", "specific_agents"}; !slices.Contains(legal, to.AIAgentAccess) {
		return to, notOneOf("visibility_config: ai_agent_access", to.AIAgentAccess, legal)
	}
	return to, nil
}
