package pylon

import "encoding/json"

type restUpdateArticleParams struct {
	articleParams

	Title                  *string                 `param:"title"`
	BodyHTML               *string                 `param:"body_html"`
	IsPublished            *bool                   `param:"is_published"`
	IsUnlisted             *bool                   `param:"is_unlisted"`
	PublishUpdatedBodyHTML bool                    `param:"publish_updated_body_html"`
	TagIDs                 *[]string               `param:"tag_ids"`
	VisibilityConfig       *articleVisibilityInput `param:"visibility_config"`
}

// articleChange is what an update sets besides the text, all of it checked.
type articleChange struct {
	tags      []tag
	visible   visibility
	condition json.RawMessage
}

func restUpdateArticle(o *Organization, p restUpdateArticleParams) (any, error) {
	if err := checkNotBlank("title", p.Title); err != nil {
		return nil, err
	}
	at, err := o.locate(p.articleParams)
	if err != nil {
		return nil, err
	}
	change, err := o.checkArticleChange(at.article, p)
	if err != nil {
		return nil, err
	}
	a := at.article
	a.Tags, a.VisibilityConfig, a.LastEditedAt = change.tags, change.visible, o.timestamp()
	if change.condition != nil {
		o.extra(a.ID).condition = change.condition
	}
	set(&a.IsUnlisted, p.IsUnlisted)
	if at.language == "" {
		a.edit(p)
	} else {
		o.editTranslation(at, p)
	}
	o.publish(a, p)
	shown, _ := o.view(a, at.language)
	return restData(shown)
}

func (o *Organization) checkArticleChange(a *article, p restUpdateArticleParams) (articleChange, error) {
	change := articleChange{tags: a.Tags}
	if p.TagIDs != nil {
		change.tags = []tag{}
		for _, id := range *p.TagIDs {
			found, err := o.tags.find("Tag", id)
			if err != nil {
				return change, err
			}
			if found.ObjectType != "article" {
				return change, badRequest("tag_ids: %s is a tag for objects of type %s", id, found.ObjectType)
			}
			change.tags = append(change.tags, *found)
		}
	}
	var condition json.RawMessage
	if extra := o.library.articles[a.ID]; extra != nil {
		condition = extra.condition
	}
	var err error
	change.visible, change.condition, err = p.VisibilityConfig.apply(a.VisibilityConfig, condition)
	return change, err
}

// edit changes the draft, and the published text only when the caller says so.
func (a *article) edit(p restUpdateArticleParams) {
	set(&a.Title, p.Title)
	set(&a.CurrentDraftContentHTML, p.BodyHTML)
	if p.PublishUpdatedBodyHTML && p.BodyHTML != nil {
		a.CurrentPublishedContentHTML = *p.BodyHTML
		a.LastPublishedAt = new(a.LastEditedAt)
	}
}

// editTranslation starts a translation where the article has none yet.
func (o *Organization) editTranslation(at located, p restUpdateArticleParams) {
	extra := o.extra(at.article.ID)
	text := extra.translations[at.language]
	if text == nil {
		text = &articleText{title: at.article.Title}
		extra.translations[at.language] = text
	}
	set(&text.title, p.Title)
	set(&text.draft, p.BodyHTML)
	if p.PublishUpdatedBodyHTML && p.BodyHTML != nil {
		text.published = *p.BodyHTML
	}
}

// publish follows is_published. An article that was never published goes out
// with its drafts.
func (o *Organization) publish(a *article, p restUpdateArticleParams) {
	if p.IsPublished == nil {
		return
	}
	if *p.IsPublished && !a.IsPublished {
		a.CurrentPublishedContentHTML, a.LastPublishedAt = a.CurrentDraftContentHTML, new(a.LastEditedAt)
		if extra := o.library.articles[a.ID]; extra != nil {
			for _, text := range extra.translations {
				text.published = text.draft
			}
		}
	}
	a.IsPublished = *p.IsPublished
}

func restDeleteArticle(o *Organization, p articleParams) (any, error) {
	p.Language = ""
	at, err := o.locate(p)
	if err != nil {
		return nil, err
	}
	o.dropArticle(at.article)
	return restDone()
}

func (o *Organization) dropArticle(a *article) {
	delete(o.library.articles, a.ID)
	o.articles.remove(a.ID)
}

type requestReviewParams struct {
	KnowledgeBaseID string   `param:"id,required"`
	ArticleID       string   `param:"article_id,required"`
	RequestAIReview bool     `param:"request_ai_review"`
	ReviewerUserIDs []string `param:"reviewer_user_ids"`
}

// reviewRequested is what the service answers to a request for a review.
type reviewRequested struct {
	ApprovalStatus   string `json:"approval_status"`
	ArticleID        string `json:"article_id"`
	ArticleVersionID string `json:"article_version_id"`
}

func restRequestReview(o *Organization, p requestReviewParams) (any, error) {
	if !p.RequestAIReview && len(p.ReviewerUserIDs) == 0 {
		return nil, badRequest("request_ai_review or reviewer_user_ids is required")
	}
	at, err := o.locate(articleParams{KnowledgeBaseID: p.KnowledgeBaseID, ArticleID: p.ArticleID})
	if err != nil {
		return nil, err
	}
	for _, id := range p.ReviewerUserIDs {
		if err := o.users.check("User", &id); err != nil {
			return nil, err
		}
	}
	if at.article.IsPublished && at.article.CurrentDraftContentHTML == at.article.CurrentPublishedContentHTML {
		return nil, badRequest("the article has no unpublished version to review")
	}
	approval := &articleApproval{Status: "pending", RequestedAt: o.timestamp()}
	o.extra(at.article.ID).approval = approval
	return restData(reviewRequested{ApprovalStatus: approval.Status, ArticleID: at.article.ID, ArticleVersionID: o.newID("article-version")})
}
