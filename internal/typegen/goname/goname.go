// Package goname says what component schemas of Pylon's manifest are called in
// Go. The manifest has Pylon's own names, some of which are those of a wire
// message rather than of a thing.
package goname

import "regexp"

// readable are the names of schemas whose own do not say what they are.
var readable = map[string]string{
	"APICustomObject":                    "CustomObject",
	"APIObjectRelation":                  "CustomObjectRelation",
	"CreateActivityResponseData":         "ActivityResult",
	"CreateIssueAIResponseResponseBody":  "AIResponse",
	"CreateIssueReplyEmailInfo":          "ReplyEmailInfo",
	"CustomFieldDefinitionSelectOption":  "SelectOption",
	"DeleteAccountHighlightResponseData": "HighlightDeletion",
	"DeletedDocumentsResponse":           "DocumentDeletion",
	"DisconnectDevinData":                "DevinDisconnection",
	"FeatureRequestSearchResult":         "FoundFeatureRequest",
	"ImportIssueExternalRefs":            "ImportExternalRefs",
	"ImportIssueMessage":                 "ImportMessage",
	"ImportIssueResponse":                "ImportResult",
	"RequestArticleReviewData":           "ArticleReview",
	"TicketFormLayoutField":              "TicketFormField",
	"UpdateAccountsResponseBody":         "AccountsBulkResult",
	"UpdateContactEmail":                 "ContactEmail",
	"UpdateCustomObjectsResponse":        "CustomObjectsBulkResult",
}

var slaWord = regexp.MustCompile(`Sla([A-Z]|$)`)

// Type is the name of a component schema's Go type.
func Type(schema string) string {
	if name := readable[schema]; name != "" {
		return name
	}
	return slaWord.ReplaceAllString(schema, "SLA$1")
}
