package pylon

import (
	"fmt"
	"strings"
	"unicode"
)

type createArticleParams struct {
	KnowledgeBaseID pathID `param:"kb_id,required"`
	Title           string `param:"title,required"`
	BodyHTML        string `param:"body_html,required"`
	AuthorUserID    string `param:"author_user_id,required"`
	Slug            string `param:"slug"`
	IsPublished     bool   `param:"is_published"`
}

func createArticle(o *Organization, p createArticleParams) (Reply, error) {
	base, err := o.knowledgeBases.find("Knowledge base", string(p.KnowledgeBaseID))
	if err != nil {
		return Reply{}, err
	}
	if err := o.users.check("User", &p.AuthorUserID); err != nil {
		return Reply{}, err
	}
	return o.writtenArticle(o.newArticle(base, o.newID("article"), p, o.timestamp()))
}

// writtenArticle shows an article as the service itself does: the platform
// hands that on as it is.
func (o *Organization) writtenArticle(a *article) (Reply, error) {
	shown, _ := o.view(a, "")
	return o.written(shown)
}

// newArticle is shared with the seed, which has its own ids and times.
func (o *Organization) newArticle(base *knowledgeBase, id string, p createArticleParams, at string) *article {
	slug := p.Slug
	if slug == "" {
		slug = slugify(p.Title)
	}
	o.articleNumber++
	identifier := fmt.Sprint(o.articleNumber)
	created := &article{
		ID: id, Identifier: identifier, Title: p.Title, Slug: slug,
		URL:          fmt.Sprintf("https://%s.northlight.test/articles/%s-%s", base.slug, identifier, slug),
		AuthorUserID: p.AuthorUserID, CurrentDraftContentHTML: p.BodyHTML, IsPublished: p.IsPublished,
		CreatedAt: at, LastEditedAt: at, Tags: []tag{}, VisibilityConfig: publicVisibility(), knowledgeBaseID: base.id,
	}
	if p.IsPublished {
		created.CurrentPublishedContentHTML, created.LastPublishedAt = p.BodyHTML, &at
	}
	o.articles.add(created.ID, created)
	return created
}

type updateArticleParams struct {
	KnowledgeBaseID pathID  `param:"kb_id,required"`
	ArticleID       pathID  `param:"article_id,required"`
	Title           *string `param:"title"`
	BodyHTML        *string `param:"body_html"`
}

// updateArticle edits the draft alone: the connector has no way to publish.
func updateArticle(o *Organization, p updateArticleParams) (Reply, error) {
	if err := checkNotBlank("title", p.Title); err != nil {
		return Reply{}, err
	}
	base, err := o.knowledgeBases.find("Knowledge base", string(p.KnowledgeBaseID))
	if err != nil {
		return Reply{}, err
	}
	found, err := o.articles.find("Article", string(p.ArticleID))
	if err != nil {
		return Reply{}, err
	}
	if found.knowledgeBaseID != base.id {
		return Reply{}, notFound("Article")
	}
	set(&found.Title, p.Title)
	set(&found.CurrentDraftContentHTML, p.BodyHTML)
	found.LastEditedAt = o.timestamp()
	return o.writtenArticle(found)
}

type createCollectionParams struct {
	KnowledgeBaseID pathID `param:"kb_id,required"`
	Title           string `param:"title,required"`
	Description     string `param:"description"`
	Slug            string `param:"slug"`
}

func createCollection(o *Organization, p createCollectionParams) (Reply, error) {
	base, err := o.knowledgeBases.find("Knowledge base", string(p.KnowledgeBaseID))
	if err != nil {
		return Reply{}, err
	}
	created := o.newCollection(base, o.newID("collection"), p, o.timestamp())
	return o.written(created)
}

// newCollection is shared with the seed, which has its own ids and times.
func (o *Organization) newCollection(base *knowledgeBase, id string, p createCollectionParams, at string) *collection {
	slug := p.Slug
	if slug == "" {
		slug = slugify(p.Title)
	}
	created := &collection{
		ID: id, Title: p.Title, Description: p.Description, Slug: slug, Icon: "book",
		VisibilityConfig: publicVisibility(), CreatedAt: at, knowledgeBaseID: base.id,
	}
	o.collections.add(created.ID, created)
	return created
}

func publicVisibility() visibility {
	return visibility{Visibility: "public", AIAgentAccess: "inherit", AllowedAgentIDs: []string{}}
}

// slugify keeps letters and digits of every script and joins words by dashes.
func slugify(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, "-")
}
