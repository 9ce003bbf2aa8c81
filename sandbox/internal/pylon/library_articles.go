package pylon

import (
	"encoding/json"
)

// articleParams name one article. No parameter of the query or the body shares
// these names.
type articleParams struct {
	KnowledgeBaseID string `param:"id,required"`
	ArticleID       string `param:"article_id,required"`
	Language        string `param:"language"`
}

// located is an article with all that a request on it needs.
type located struct {
	base     *knowledgeBase
	article  *article
	language string // "" for the default one
}

func (o *Organization) locate(p articleParams) (located, error) {
	base, err := o.findBase(p.KnowledgeBaseID)
	if err != nil {
		return located{}, err
	}
	language, err := o.language(base, p.Language)
	if err != nil {
		return located{}, err
	}
	found, err := o.articles.find("Article", p.ArticleID)
	if err != nil {
		return located{}, err
	}
	if found.knowledgeBaseID != base.id {
		return located{}, notFound("Article")
	}
	return located{base: base, article: found, language: language}, nil
}

// extra returns what an article has beyond its record, ready to be written to.
func (o *Organization) extra(articleID string) *articleExtra {
	if o.library.articles[articleID] == nil {
		o.library.articles[articleID] = &articleExtra{translations: map[string]*articleText{}}
	}
	return o.library.articles[articleID]
}

func (o *Organization) translation(articleID, language string, text articleText) {
	o.extra(articleID).translations[language] = &text
}

// view returns the article in a language, and false where it has none.
func (o *Organization) view(a *article, language string) (articleView, bool) {
	shown := articleView{article: *a, VisibilityConfig: articleVisibility{visibility: a.VisibilityConfig}}
	extra := o.library.articles[a.ID]
	if extra == nil {
		return shown, language == ""
	}
	shown.ApprovalInfo = extra.approval
	shown.VisibilityConfig.CustomerVisibilityCondition = extra.condition
	if language == "" {
		return shown, true
	}
	text, ok := extra.translations[language]
	if ok {
		shown.Title, shown.CurrentDraftContentHTML, shown.CurrentPublishedContentHTML = text.title, text.draft, text.published
	}
	return shown, ok
}

type listArticlesParams struct {
	pageParams

	KnowledgeBaseID string `param:"id,required"`
	Language        string `param:"language"`
}

// restListArticles leaves out what is not translated into the language.
func restListArticles(o *Organization, p listArticlesParams) (any, error) {
	base, err := o.findBase(p.KnowledgeBaseID)
	if err != nil {
		return nil, err
	}
	language, err := o.language(base, p.Language)
	if err != nil {
		return nil, err
	}
	rows := []articleView{}
	for _, a := range o.articles.all() {
		if shown, ok := o.view(a, language); ok && a.knowledgeBaseID == base.id {
			rows = append(rows, shown)
		}
	}
	return restPage(o, cursorPages("articles"), base.id+"/"+language, p.pageParams, rows)
}

func restGetArticle(o *Organization, p articleParams) (any, error) {
	at, err := o.locate(p)
	if err != nil {
		return nil, err
	}
	shown, ok := o.view(at.article, at.language)
	if !ok {
		return nil, notFound("Article")
	}
	return restData(shown)
}

// articleVisibilityInput has the condition that only articles take.
type articleVisibilityInput struct {
	visibilityInput

	Condition json.RawMessage `json:"customer_visibility_condition"`
}

// apply returns the visibility and the condition after the write.
func (in *articleVisibilityInput) apply(to visibility, condition json.RawMessage) (visibility, json.RawMessage, error) {
	if in == nil {
		return to, condition, nil
	}
	if present(in.Condition) {
		if err := checkCondition("customer_visibility_condition", in.Condition); err != nil {
			return to, nil, err
		}
		condition = in.Condition
	}
	after, err := in.visibilityInput.apply(to)
	return after, condition, err
}

type translationInput struct {
	Language string `json:"language"`
	Title    string `json:"title"`
	BodyHTML string `json:"body_html"`
}

type restCreateArticleParams struct {
	KnowledgeBaseID  string                  `param:"id,required"`
	Title            string                  `param:"title,required"`
	BodyHTML         string                  `param:"body_html,required"`
	AuthorUserID     string                  `param:"author_user_id,required"`
	CollectionID     *string                 `param:"collection_id"`
	Slug             string                  `param:"slug"`
	IsPublished      bool                    `param:"is_published"`
	IsUnlisted       bool                    `param:"is_unlisted"`
	Translations     []translationInput      `param:"translations"`
	VisibilityConfig *articleVisibilityInput `param:"visibility_config"`
}

func restCreateArticle(o *Organization, p restCreateArticleParams) (any, error) {
	visible, condition, err := p.VisibilityConfig.apply(publicVisibility(), nil)
	if err != nil {
		return nil, err
	}
	base, err := o.checkArticle(p)
	if err != nil {
		return nil, err
	}
	created := o.newArticle(base, o.newID("article"), createArticleParams{
		Title: p.Title, BodyHTML: p.BodyHTML, AuthorUserID: p.AuthorUserID, Slug: p.Slug, IsPublished: p.IsPublished,
	}, o.timestamp())
	created.CollectionID, created.IsUnlisted, created.VisibilityConfig = nonEmpty(p.CollectionID), p.IsUnlisted, visible
	if condition != nil {
		o.extra(created.ID).condition = condition
	}
	for _, in := range p.Translations {
		text := articleText{title: in.Title, draft: in.BodyHTML}
		if p.IsPublished {
			text.published = in.BodyHTML
		}
		o.translation(created.ID, in.Language, text)
	}
	shown, _ := o.view(created, "")
	return restData(shown)
}

func (o *Organization) checkArticle(p restCreateArticleParams) (*knowledgeBase, error) {
	base, err := o.findBase(p.KnowledgeBaseID)
	if err != nil {
		return nil, err
	}
	for _, in := range p.Translations {
		if in.Language == "" || in.Title == "" || in.BodyHTML == "" {
			return nil, badRequest("translations: each needs language, title and body_html")
		}
		if language, err := o.language(base, in.Language); err != nil {
			return nil, err
		} else if language == "" {
			return nil, badRequest("translations: %s is the default language: its text goes into title and body_html", in.Language)
		}
	}
	if err := o.users.check("User", &p.AuthorUserID); err != nil {
		return nil, err
	}
	if id := nonEmpty(p.CollectionID); id != nil {
		_, err = o.findCollection(base, *id)
	}
	return base, err
}
