package pylon

// insight is what the organization knows about its customers beyond their
// issues, and about itself.
type insight struct {
	auditLogs         table[auditLog]
	surveys           table[survey]
	surveyResponses   table[surveyResponse]
	featureRequests   table[featureRequest]
	requestStatuses   []string // the base ones and the organization's own
	requestFields     fieldSet
	objectTypes       []*objectType
	callRecordings    table[callRecording]
	devinDisconnected bool
}

type auditLog struct {
	ID               string            `json:"id"`
	Action           string            `json:"action"`
	ActionHappenedAt string            `json:"action_happened_at"`
	ActorUserID      *string           `json:"actor_user_id"`
	ActorContactID   *string           `json:"actor_contact_id"`
	ObjectID         string            `json:"object_id"`
	ObjectType       string            `json:"object_type"`
	Link             string            `json:"link"`
	Source           string            `json:"source"`
	Attributes       map[string]string `json:"attributes"`
	Metadata         map[string]any    `json:"metadata"`
	CreatedAt        string            `json:"created_at"`
}

type survey struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Type      string `json:"type"`
	UpdatedAt string `json:"updated_at"`
}

type surveyAnswer struct {
	Prompt       string `json:"prompt"`
	QuestionType string `json:"question_type"`
	Value        string `json:"value"`
}

type surveyResponse struct {
	ID          string         `json:"id"`
	AccountID   *string        `json:"account_id"`
	ContactID   *string        `json:"contact_id"`
	SubmittedAt string         `json:"submitted_at"`
	Answers     []surveyAnswer `json:"answers"`

	surveyID string
}

type featureEvidence struct {
	AccountID   string `json:"account_id"`
	SourceID    string `json:"source_id"`
	SourceType  string `json:"source_type"`
	Summary     string `json:"summary"`
	ExternalURL string `json:"external_url"`
}

// featureRequest keeps its evidence apart: a read sends it on demand only.
type featureRequest struct {
	ID                        string                `json:"id"`
	Title                     string                `json:"title"`
	Description               string                `json:"description"`
	RequestStatus             string                `json:"request_status"`
	EvidenceCount             int64                 `json:"evidence_count"`
	PortalVisibleToAccountIDs []string              `json:"portal_visible_to_account_ids"`
	CustomFields              map[string]fieldValue `json:"custom_fields"`
	CreatedAt                 string                `json:"created_at"`
	UpdatedAt                 string                `json:"updated_at"`

	evidence []featureEvidence
}

// featureWithEvidence is a feature request read with fetch_evidence=true.
type featureWithEvidence struct {
	featureRequest

	Evidence []featureEvidence `json:"evidence"`
}

// featureSearchResult is a feature request as its search answers it.
type featureSearchResult struct {
	featureRequest

	AccountIDs []string `json:"account_ids"`
}

type objectRelation struct {
	ObjectID   string `json:"object_id"`
	ObjectType string `json:"object_type"`
}

type customObject struct {
	ID           string                `json:"id"`
	Type         string                `json:"type"`
	Name         string                `json:"name"`
	CustomFields map[string]fieldValue `json:"custom_fields"`
	Relations    []objectRelation      `json:"relations"`
	CreatedAt    string                `json:"created_at"`
	UpdatedAt    string                `json:"updated_at"`
}

// objectType is a kind of record that the organization made up. Types come
// about in the service's settings: no operation makes one.
type objectType struct {
	slug    string
	fields  fieldSet
	objects table[customObject]
}

type callRecording struct {
	ID                string                `json:"id"`
	Title             string                `json:"title"`
	AccountID         *string               `json:"account_id"`
	CalendarEventID   *string               `json:"calendar_event_id"`
	ExternalID        string                `json:"external_id"`
	Source            string                `json:"source"`
	URL               string                `json:"url"`
	Summary           string                `json:"summary"`
	ParticipantEmails []string              `json:"participant_emails"`
	StartTime         string                `json:"start_time"`
	EndTime           string                `json:"end_time"`
	DurationMS        int64                 `json:"duration_ms"`
	CustomFields      map[string]fieldValue `json:"custom_fields"`
	CreatedAt         string                `json:"created_at"`
	UpdatedAt         string                `json:"updated_at"`
}
