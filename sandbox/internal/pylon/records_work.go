package pylon

type taskAssignee struct {
	User    *ref `json:"user,omitempty"`
	Contact *ref `json:"contact,omitempty"`
}

type task struct {
	ID                    string                `json:"id"`
	Title                 string                `json:"title"`
	BodyHTML              string                `json:"body_html"`
	Status                string                `json:"status"`
	Account               *accountRef           `json:"account"`
	Assignee              *taskAssignee         `json:"assignee"`
	Project               *ref                  `json:"project"`
	Milestone             *ref                  `json:"milestone"`
	ParentTaskID          *string               `json:"parent_task_id"`
	SubtaskIDs            []string              `json:"subtask_ids"`
	DueDate               *string               `json:"due_date"`
	CustomerPortalVisible bool                  `json:"customer_portal_visible"`
	CustomFields          map[string]fieldValue `json:"custom_fields"`
	CreatedAt             string                `json:"created_at"`
	UpdatedAt             string                `json:"updated_at"`
}

type project struct {
	ID                    string                `json:"id"`
	Name                  string                `json:"name"`
	DescriptionHTML       string                `json:"description_html"`
	Account               *accountRef           `json:"account"`
	OwnerID               *string               `json:"owner_id"`
	ProjectTemplate       *ref                  `json:"project_template"`
	StartDate             *string               `json:"start_date"`
	EndDate               *string               `json:"end_date"`
	IsArchived            bool                  `json:"is_archived"`
	ArchivedAt            *string               `json:"archived_at"`
	CustomerPortalVisible bool                  `json:"customer_portal_visible"`
	CustomFields          map[string]fieldValue `json:"custom_fields"`
	CreatedAt             string                `json:"created_at"`
	UpdatedAt             string                `json:"updated_at"`
}

type milestone struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Account   *accountRef `json:"account"`
	Project   *ref        `json:"project"`
	DueDate   *string     `json:"due_date"`
	CreatedAt string      `json:"created_at"`
	UpdatedAt string      `json:"updated_at"`
}

type visibility struct {
	Visibility      string   `json:"visibility"`
	AIAgentAccess   string   `json:"ai_agent_access"`
	AllowedAgentIDs []string `json:"allowed_agent_ids"`
}

// article never carries body_html: a draft and a published text stand apart.
type article struct {
	ID                          string     `json:"id"`
	Identifier                  string     `json:"identifier"`
	Title                       string     `json:"title"`
	Slug                        string     `json:"slug"`
	URL                         string     `json:"url"`
	AuthorUserID                string     `json:"author_user_id"`
	CollectionID                *string    `json:"collection_id"`
	CurrentDraftContentHTML     string     `json:"current_draft_content_html"`
	CurrentPublishedContentHTML string     `json:"current_published_content_html"`
	IsPublished                 bool       `json:"is_published"`
	IsUnlisted                  bool       `json:"is_unlisted"`
	CreatedAt                   string     `json:"created_at"`
	LastEditedAt                string     `json:"last_edited_at"`
	LastPublishedAt             *string    `json:"last_published_at"`
	Tags                        []tag      `json:"tags"`
	VisibilityConfig            visibility `json:"visibility_config"`

	knowledgeBaseID string
}

type collection struct {
	ID                 string     `json:"id"`
	Title              string     `json:"title"`
	Description        string     `json:"description"`
	Slug               string     `json:"slug"`
	Icon               string     `json:"icon"`
	ParentCollectionID *string    `json:"parent_collection_id"`
	VisibilityConfig   visibility `json:"visibility_config"`
	CreatedAt          string     `json:"created_at"`

	knowledgeBaseID string
}

// knowledgeBase is only a container here: no operation reads it.
type knowledgeBase struct {
	id, slug string
}
