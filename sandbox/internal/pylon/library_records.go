package pylon

import "encoding/json"

// library is what hangs on the knowledge bases, the tasks and the agents' desk:
// the records that the hosted connector does not reach.
type library struct {
	baseDetails  map[string]baseDetails   // by knowledge base id
	articles     map[string]*articleExtra // by article id, where there is any
	redirects    table[routeRedirect]
	comments     table[taskComment]
	macroGroups  table[macroGroup]
	macros       table[macro]
	trainingData table[trainingData]
}

// baseDetails is the public side of a [knowledgeBase].
type baseDetails struct {
	ID                 string   `json:"id"`
	Title              string   `json:"title"`
	Slug               string   `json:"slug"`
	DefaultLanguage    string   `json:"default_language"`
	SupportedLanguages []string `json:"supported_languages"`
}

// articleApproval is the state of a review of an article's draft.
type articleApproval struct {
	Status           string  `json:"status"`
	RequestedAt      string  `json:"requested_at"`
	ReviewedAt       *string `json:"reviewed_at"`
	ReviewedByUserID *string `json:"reviewed_by_user_id"`
}

// articleExtra is what an article has beyond the keys of the hosted face.
type articleExtra struct {
	approval     *articleApproval
	condition    json.RawMessage // customer_visibility_condition, as it was sent
	translations map[string]*articleText
}

// articleText is an article in a language other than the default one.
type articleText struct {
	title, draft, published string
}

// articleVisibility is a [visibility] with the condition that only articles have.
type articleVisibility struct {
	visibility

	CustomerVisibilityCondition json.RawMessage `json:"customer_visibility_condition,omitempty"`
}

// articleView is an article as the REST face shows it.
type articleView struct {
	article

	VisibilityConfig articleVisibility `json:"visibility_config"`
	ApprovalInfo     *articleApproval  `json:"approval_info"`
}

type routeRedirect struct {
	ID         string `json:"id"`
	FromPath   string `json:"from_path"`
	Language   string `json:"language"`
	ObjectID   string `json:"object_id"`
	ObjectType string `json:"object_type"`
	CreatedAt  string `json:"created_at"`

	knowledgeBaseID string
}

type taskComment struct {
	ID           string        `json:"id"`
	TaskID       string        `json:"task_id"`
	BodyHTML     string        `json:"body_html"`
	IsInternal   bool          `json:"is_internal"`
	Author       *taskAssignee `json:"author"`
	CreatedAt    string        `json:"created_at"`
	UpdatedAt    string        `json:"updated_at"`
	LastEditedAt *string       `json:"last_edited_at"`
}

type macroGroup struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
}

type macroAction struct {
	Type string `json:"type"`
}

// macroVisibility says who may use a macro.
type macroVisibility struct {
	Type    string   `json:"type"`
	TeamIDs []string `json:"team_ids"`
	UserIDs []string `json:"user_ids"`
}

type macro struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	MacroGroupID string          `json:"macro_group_id"`
	TextHTML     string          `json:"text_html"`
	TextType     string          `json:"text_type"`
	Visibility   macroVisibility `json:"visibility"`
	HasActions   bool            `json:"has_actions"`
	Actions      []macroAction   `json:"actions"`
	CreatedAt    string          `json:"created_at"`
	UpdatedAt    string          `json:"updated_at"`
}

type trainingDocument struct {
	ID         string  `json:"id"`
	FileName   string  `json:"file_name"`
	FileType   string  `json:"file_type"`
	FileSize   int64   `json:"file_size"`
	ExternalID *string `json:"external_id"`
	S3Key      string  `json:"s3_key"`
}

type scrapeStatus struct {
	Status        string `json:"status"`
	LastScrapedAt string `json:"last_scraped_at"`
	PagesScraped  int64  `json:"pages_scraped"`
	TotalPages    int64  `json:"total_pages"`
}

// trainingData is one source that AI agents learn from: uploaded documents, or
// a website that the service reads.
type trainingData struct {
	ID                  string             `json:"id"`
	Name                string             `json:"name"`
	Type                string             `json:"type"`
	Visibility          string             `json:"visibility"`
	ExcludeFromKBSearch bool               `json:"exclude_from_kb_search"`
	Documents           []trainingDocument `json:"documents"`
	ScrapeStatus        *scrapeStatus      `json:"scrape_status"`
	CreatedAt           string             `json:"created_at"`
	UpdatedAt           string             `json:"updated_at"`
}
