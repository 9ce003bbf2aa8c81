package pylon

type channel struct {
	ChannelID   string `json:"channel_id"`
	ChannelName string `json:"channel_name"`
	ChannelURL  string `json:"channel_url"`
	Source      string `json:"source"`
	IsPrimary   bool   `json:"is_primary"`
	IsInternal  bool   `json:"is_internal"`

	MirrorTo *mirrorChannel `json:"mirror_to,omitempty"`
}

type mirrorChannel struct {
	ChannelID string `json:"channel_id"`
	Source    string `json:"source"`
}

type crmDetail struct {
	Source string `json:"source"`
	ID     string `json:"id"`
}

type crmSettings struct {
	Details []crmDetail `json:"details"`
}

type account struct {
	ID                         string                `json:"id"`
	Name                       string                `json:"name"`
	LogoURL                    string                `json:"logo_url"`
	Owner                      *ref                  `json:"owner"`
	Domain                     string                `json:"domain"`
	Domains                    []string              `json:"domains"`
	PrimaryDomain              string                `json:"primary_domain"`
	Type                       string                `json:"type"`
	Channels                   []channel             `json:"channels"`
	CreatedAt                  string                `json:"created_at"`
	UpdatedAt                  string                `json:"updated_at"`
	Tags                       []string              `json:"tags"`
	CustomFields               map[string]fieldValue `json:"custom_fields"`
	LatestCustomerActivityTime string                `json:"latest_customer_activity_time"`
	ExternalIDs                []externalID          `json:"external_ids"`
	IsDisabled                 bool                  `json:"is_disabled"`
	ParentAccountID            *string               `json:"parent_account_id"`
	SubaccountIDs              []string              `json:"subaccount_ids"`
	AssociatedAccountIDs       []string              `json:"associated_account_ids,omitempty"`
	CRMSettings                *crmSettings          `json:"crm_settings,omitempty"`
}

type integrationUserID struct {
	ID     string `json:"id"`
	Source string `json:"source"`
}

type contact struct {
	ID                 string                `json:"id"`
	Name               string                `json:"name"`
	Email              *string               `json:"email"`
	Emails             []string              `json:"emails"`
	Account            *accountRef           `json:"account"`
	AvatarURL          string                `json:"avatar_url"`
	PhoneNumbers       []string              `json:"phone_numbers"`
	PrimaryPhoneNumber *string               `json:"primary_phone_number"`
	PortalRole         string                `json:"portal_role"`
	PortalRoleID       *string               `json:"portal_role_id"`
	ExternalIDs        []externalID          `json:"external_ids"`
	IntegrationUserIDs []integrationUserID   `json:"integration_user_ids"`
	CustomFields       map[string]fieldValue `json:"custom_fields"`
}

type team struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Users []ref  `json:"users"`
}

type role struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

type user struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Email     string   `json:"email"`
	Emails    []string `json:"emails"`
	AvatarURL string   `json:"avatar_url"`
	RoleID    string   `json:"role_id"`
	Role      *role    `json:"role"`
	Status    string   `json:"status"`
}

type tag struct {
	ID         string `json:"id"`
	Value      string `json:"value"`
	ObjectType string `json:"object_type"`
	HexColor   string `json:"hex_color"`
}

type selectOption struct {
	Label         string `json:"label"`
	Slug          string `json:"slug"`
	AIDescription string `json:"ai_description"`
}

type selectMetadata struct {
	Options []selectOption `json:"options"`
}

type numberMetadata struct {
	Format        string `json:"format"`
	Currency      string `json:"currency,omitempty"`
	DecimalPlaces int64  `json:"decimal_places"`
}

type customField struct {
	ID             string          `json:"id"`
	Label          string          `json:"label"`
	Slug           string          `json:"slug"`
	Description    string          `json:"description"`
	ObjectType     string          `json:"object_type"`
	Type           string          `json:"type"`
	Source         string          `json:"source"`
	IsReadOnly     bool            `json:"is_read_only"`
	DefaultValue   *string         `json:"default_value"`
	DefaultValues  []string        `json:"default_values"`
	SelectMetadata *selectMetadata `json:"select_metadata"`
	NumberMetadata *numberMetadata `json:"number_metadata"`
	CreatedAt      string          `json:"created_at"`
	UpdatedAt      string          `json:"updated_at"`
}

type ticketFormField struct {
	Name            string `json:"name"`
	Slug            string `json:"slug"`
	Type            string `json:"type"`
	DescriptionHTML string `json:"description_html"`
}

type ticketForm struct {
	ID              string            `json:"id"`
	Name            string            `json:"name"`
	Slug            string            `json:"slug"`
	DescriptionHTML string            `json:"description_html"`
	URL             string            `json:"url"`
	IsPublic        bool              `json:"is_public"`
	Fields          []ticketFormField `json:"fields"`
}

// profile is what /me answers: the organization, with the token's own user,
// who has no email.
type profile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	User ref    `json:"user"`
}
