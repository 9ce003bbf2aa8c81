package pylon

import "strings"

func (o *Organization) findCollection(in *knowledgeBase, id string) (*collection, error) {
	found, err := o.collections.find("Collection", id)
	if err != nil {
		return nil, err
	}
	if found.knowledgeBaseID != in.id {
		return nil, notFound("Collection")
	}
	return found, nil
}

func restListCollections(o *Organization, p idParams) (any, error) {
	base, err := o.findBase(string(p.ID))
	if err != nil {
		return nil, err
	}
	rows := []*collection{}
	for _, c := range o.collections.all() {
		if c.knowledgeBaseID == base.id {
			rows = append(rows, c)
		}
	}
	return restData(rows)
}

type restCreateCollectionParams struct {
	KnowledgeBaseID    string  `param:"id,required"`
	Title              string  `param:"title,required"`
	Description        string  `param:"description"`
	Slug               string  `param:"slug"`
	ParentCollectionID *string `param:"parent_collection_id"`
}

func restCreateCollection(o *Organization, p restCreateCollectionParams) (any, error) {
	base, err := o.findBase(p.KnowledgeBaseID)
	if err != nil {
		return nil, err
	}
	parent := nonEmpty(p.ParentCollectionID)
	if parent != nil {
		if _, err := o.findCollection(base, *parent); err != nil {
			return nil, err
		}
	}
	created := o.newCollection(base, o.newID("collection"), createCollectionParams{
		Title: p.Title, Description: p.Description, Slug: p.Slug,
	}, o.timestamp())
	created.ParentCollectionID = parent
	return restData(created)
}

type collectionParams struct {
	KnowledgeBaseID string `param:"id,required"`
	CollectionID    string `param:"collection_id,required"`
}

func (o *Organization) locateCollection(p collectionParams) (*collection, error) {
	base, err := o.findBase(p.KnowledgeBaseID)
	if err != nil {
		return nil, err
	}
	return o.findCollection(base, p.CollectionID)
}

func restGetCollection(o *Organization, p collectionParams) (any, error) {
	found, err := o.locateCollection(p)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type updateCollectionParams struct {
	collectionParams

	Title            *string          `param:"title"`
	Description      *string          `param:"description"`
	Slug             *string          `param:"slug"`
	VisibilityConfig *visibilityInput `param:"visibility_config"`
}

func restUpdateCollection(o *Organization, p updateCollectionParams) (any, error) {
	if err := checkNotBlank("title", p.Title); err != nil {
		return nil, err
	}
	if err := checkNotBlank("slug", p.Slug); err != nil {
		return nil, err
	}
	found, err := o.locateCollection(p.collectionParams)
	if err != nil {
		return nil, err
	}
	visible, err := p.VisibilityConfig.apply(found.VisibilityConfig)
	if err != nil {
		return nil, err
	}
	set(&found.Title, p.Title)
	set(&found.Description, p.Description)
	set(&found.Slug, p.Slug)
	found.VisibilityConfig = visible
	return restData(found)
}

func restDeleteCollection(o *Organization, p collectionParams) (any, error) {
	gone, err := o.locateCollection(p)
	if err != nil {
		return nil, err
	}
	o.dropCollection(gone.ID)
	return restDone()
}

// dropCollection takes the nested collections and all their articles along.
func (o *Organization) dropCollection(id string) {
	o.collections.remove(id)
	for _, a := range o.articles.all() {
		if a.CollectionID != nil && *a.CollectionID == id {
			o.dropArticle(a)
		}
	}
	for _, c := range o.collections.all() {
		if c.ParentCollectionID != nil && *c.ParentCollectionID == id {
			o.dropCollection(c.ID)
		}
	}
}

type createRedirectParams struct {
	KnowledgeBaseID string `param:"id,required"`
	FromPath        string `param:"from_path,required"`
	Language        string `param:"language"`
	ObjectID        string `param:"object_id,required"`
	ObjectType      string `param:"object_type,required"`
}

func restCreateRedirect(o *Organization, p createRedirectParams) (any, error) {
	if !strings.HasPrefix(p.FromPath, "/") {
		return nil, badRequest("from_path must start with a slash")
	}
	if p.ObjectType != "article" && p.ObjectType != "collection" {
		return nil, notOneOf("object_type", p.ObjectType, []string{"article", "collection"})
	}
	base, err := o.findBase(p.KnowledgeBaseID)
	if err != nil {
		return nil, err
	}
	if _, err := o.language(base, p.Language); err != nil {
		return nil, err
	}
	if err := o.checkRedirect(base, p); err != nil {
		return nil, err
	}
	created := &routeRedirect{
		ID: o.newID("route-redirect"), FromPath: p.FromPath, Language: p.Language, ObjectID: p.ObjectID, ObjectType: p.ObjectType,
		CreatedAt: o.timestamp(), knowledgeBaseID: base.id,
	}
	if created.Language == "" {
		created.Language = o.library.baseDetails[base.id].DefaultLanguage
	}
	o.library.redirects.add(created.ID, created)
	return restData(created)
}

func (o *Organization) checkRedirect(base *knowledgeBase, p createRedirectParams) error {
	for _, row := range o.library.redirects.all() {
		if row.knowledgeBaseID == base.id && row.FromPath == p.FromPath {
			return duplicate(row.ID, "a redirect from %s exists already", p.FromPath)
		}
	}
	if p.ObjectType == "collection" {
		_, err := o.findCollection(base, p.ObjectID)
		return err
	}
	_, err := o.locate(articleParams{KnowledgeBaseID: base.id, ArticleID: p.ObjectID})
	return err
}
