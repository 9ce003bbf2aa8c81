package pylon

import "strings"

// seededField is a custom field before ids and times.
type seededField struct {
	object, slug, label, kind, description string
	options                                []string
	format                                 string
	readOnly                               bool
}

func seededFields() []seededField {
	return []seededField{
		{object: "issue", slug: "priority", label: "Priority", kind: "select", description: "How soon somebody has to look", options: priorities()},
		{object: "issue", slug: "product_area", label: "Product area", kind: "select", description: "Part of the product concerned", options: productAreas()},
		{object: "issue", slug: "affected_components", label: "Affected components", kind: "multiselect", options: []string{"api", "web", "mobile", "worker", "warehouse"}},
		{object: "issue", slug: "affected_version", label: "Affected version", kind: "text"},
		{object: "issue", slug: "invoice_number", label: "Invoice number", kind: "text"},
		{object: "issue", slug: "needed_by", label: "Needed by", kind: "date"},
		{object: "issue", slug: "affected_users", label: "Affected users", kind: "number", format: "with_commas"},
		{object: "account", slug: "plan", label: "Plan", kind: "select", options: plans()},
		{object: "account", slug: "annual_revenue", label: "Annual revenue", kind: "number", format: "currency"},
		{object: "account", slug: "renewal_date", label: "Renewal date", kind: "date"},
		{object: "account", slug: "csm", label: "Success manager", kind: "user"},
		{object: "account", slug: "ledger_sequence", label: "Ledger sequence", kind: "number", description: "Position in the billing ledger, synced nightly", readOnly: true},
		{object: "contact", slug: "preferred_language", label: "Preferred language", kind: "select", options: languages()},
		{object: "contact", slug: "job_title", label: "Job title", kind: "text"},
		{object: "contact", slug: "newsletter", label: "Newsletter", kind: "boolean"},
	}
}

func productAreas() []string {
	return []string{"dashboards", "exports", "integrations", "identity", "billing", "ingestion", "alerts", "api"}
}

func plans() []string { return []string{"starter", "growth", "scale", "enterprise"} }

func languages() []string { return []string{"en", "fr", "de", "ar", "vi", "ja"} }

func seedCustomFields(o *Organization) {
	for i, row := range seededFields() {
		f := &customField{
			ID: deriveID("custom-field", i), Label: row.label, Slug: row.slug, Description: row.description,
			ObjectType: row.object, Type: row.kind, Source: "pylon", IsReadOnly: row.readOnly, DefaultValues: []string{},
			CreatedAt: stamp(seedStart.AddDate(0, 0, i)), UpdatedAt: stamp(seedStart.AddDate(0, 1, i)),
		}
		if row.readOnly {
			f.Source = "salesforce"
		}
		if row.options != nil {
			f.SelectMetadata = &selectMetadata{Options: optionsOf(row.options)}
		}
		if row.kind == "number" {
			f.NumberMetadata = &numberMetadata{Format: row.format}
		}
		if row.format == "currency" {
			f.NumberMetadata.Currency, f.NumberMetadata.DecimalPlaces = "EUR", 2
		}
		if row.slug == "priority" {
			f.DefaultValue = new("medium")
		}
		o.customFields.add(f.ID, f)
	}
}

func optionsOf(slugs []string) []selectOption {
	options := make([]selectOption, 0, len(slugs))
	for _, slug := range slugs {
		options = append(options, selectOption{Label: titled(slug), Slug: slug})
	}
	return options
}

// titled turns an ASCII slug into a label.
func titled(slug string) string { return string(slug[0]-'a'+'A') + slug[1:] }

// labelOf turns a slug of several words into a label.
func labelOf(slug string) string { return strings.ReplaceAll(titled(slug), "_", " ") }
