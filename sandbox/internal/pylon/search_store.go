package pylon

import "strings"

type fieldKind int

const (
	kindText fieldKind = iota
	kindInteger
	kindBoolean
)

func (k fieldKind) String() string {
	return [...]string{"string", "integer", "boolean"}[k]
}

type storeField struct {
	name string
	kind fieldKind
}

// storeRow holds one record's declared values: string, int64, bool or nil, in
// the order of the entity's fields.
type storeRow []any

// storeEntity is one kind of record in the context store, which caches fewer
// fields than the service sends.
type storeEntity struct {
	name   string
	fields []storeField
	rows   func(o *Organization) []storeRow
}

// SearchableEntities returns the entities that context_store_search works on.
func SearchableEntities() []string {
	var names []string
	for _, store := range storeEntities() {
		names = append(names, store.name)
	}
	return names
}

func (o *Organization) storeEntity(name string) (storeEntity, bool) {
	for _, store := range o.store {
		if store.name == name {
			return store, true
		}
	}
	return storeEntity{}, false
}

// column returns the position of a field.
func (s storeEntity) column(name string) (int, error) {
	names := make([]string, 0, len(s.fields))
	for i, field := range s.fields {
		if field.name == name {
			return i, nil
		}
		names = append(names, field.name)
	}
	return 0, badRequest("unknown field %s of %s: the context store holds %s", quoted(name), s.name, strings.Join(names, ", "))
}

func storeEntities() []storeEntity {
	return []storeEntity{
		{"issues", fields("id title state source type number:integer created_at latest_message_time resolution_time snoozed_until_time customer_portal_visible:boolean"), issueRows},
		{"accounts", fields("id name domain primary_domain type is_disabled:boolean created_at latest_customer_activity_time"), accountRows},
		{"contacts", fields("id name email primary_phone_number portal_role"), contactRows},
		{"teams", fields("id name"), teamRows},
		{"tags", fields("id value object_type"), tagRows},
		{"users", fields("id name email role_id status"), userRows},
		{"custom_fields", fields("id label slug type object_type is_read_only:boolean created_at"), customFieldRows},
		{"ticket_forms", fields("id name slug is_public:boolean"), ticketFormRows},
		{"user_roles", fields("id name slug"), roleRows},
	}
}

// fields reads a declaration: names, with the kind behind a colon unless text.
func fields(declaration string) []storeField {
	var declared []storeField
	for word := range strings.FieldsSeq(declaration) {
		name, kind, _ := strings.Cut(word, ":")
		field := storeField{name: name}
		switch kind {
		case "integer":
			field.kind = kindInteger
		case "boolean":
			field.kind = kindBoolean
		}
		declared = append(declared, field)
	}
	return declared
}
