package pylon_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// form posts a multipart form. Each file is a field, a name and a content.
func (d *desk) form(target string, files [][3]string, values map[string]string) (object, *pylon.Error) {
	d.tb.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, file := range files {
		part, err := form.CreateFormFile(file[0], file[1])
		if err != nil {
			d.tb.Fatal(err)
		}
		if _, err := io.WriteString(part, file[2]); err != nil {
			d.tb.Fatal(err)
		}
	}
	for name, value := range values {
		if err := form.WriteField(name, value); err != nil {
			d.tb.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		d.tb.Fatal(err)
	}
	r := httptest.NewRequestWithContext(d.tb.Context(), http.MethodPost, target, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		d.tb.Fatal(err)
	}
	return d.serve(r, nil)
}

// sent fails the test on a refusal.
func (d *desk) sent(answer object, refused *pylon.Error) object {
	d.tb.Helper()
	if refused != nil {
		d.tb.Fatal(refused)
	}
	return answer
}

func TestAccountInFull(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	child := d.o.IDs("accounts")[2]
	got := d.record("POST /accounts", object{
		"name": "N", "account_type": "partner", "domain": "n.test", "external_ids": []object{{"external_id": "ext/7", "label": "crm"}},
		"channels":       []object{{"channel_id": "C1", "source": "slack", "is_primary": true, "mirror_to": object{"channel_id": "C2", "source": "slack"}}},
		"subaccount_ids": []string{child}, "custom_fields": []object{{"slug": "plan", "value": "scale"}},
	})
	if got["type"] != "partner" || got["primary_domain"] != "n.test" || got["custom_fields"].(object)["plan"].(object)["value"] != "scale" {
		t.Errorf("account = %v", got)
	}
	if ids := texts(got["associated_account_ids"]); !slices.Equal(ids, []string{child}) {
		t.Errorf("associated_account_ids = %v", ids)
	}
	byExternal := d.record("PATCH /accounts/"+got["id"].(string), object{"external_ids": []object{}, "account_type": "customer", "owner_id": ""})
	if byExternal["external_ids"] != nil || byExternal["type"] != "customer" || byExternal["owner"] != nil {
		t.Errorf("after the update: %v", byExternal)
	}
}

func TestExternalIDsInPaths(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	account := d.record("GET /accounts/"+d.o.IDs("accounts")[0], nil)
	external := account["external_ids"].([]any)[0].(object)["external_id"].(string)
	for _, call := range []string{"GET /accounts/" + external, "PATCH /accounts/" + external} {
		if got := d.record(call, nil); got["id"] != account["id"] {
			t.Errorf("%s is about %v", call, got["id"])
		}
	}
	d.call("POST /accounts/"+external+"/activities", object{"slug": "meeting"})
	if got := d.record("POST /accounts/"+external+"/highlights", object{"content_html": "x"}); got["account_id"] != account["id"] {
		t.Errorf("highlight of %v", got["account_id"])
	}
}

func TestRelationshipsShowInTheAccounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.o.IDs("accounts")
	seeded := d.records("GET /accounts/"+ids[33]+"/relationships", nil)
	if len(seeded) != 1 || seeded[0]["parent_account_id"] != ids[0] {
		t.Fatalf("seeded relationships = %v", seeded)
	}
	again := d.refuse("POST /accounts/"+ids[33]+"/relationship", object{"related_object_id": ids[4], "relationship_type": "parent_account"})
	if again.ExistsID != seeded[0]["id"] {
		t.Errorf("a second parent: %+v", again)
	}
	d.call("DELETE /accounts/"+ids[33]+"/relationships/"+seeded[0]["id"].(string), nil)
	child, parent := d.record("GET /accounts/"+ids[33], nil), d.record("GET /accounts/"+ids[0], nil)
	if child["parent_account_id"] != nil || len(texts(parent["subaccount_ids"])) != 0 {
		t.Errorf("child %v, parent %v", child["parent_account_id"], parent["subaccount_ids"])
	}
	d.call("PATCH /accounts/"+ids[4], object{"subaccount_ids": []string{ids[33], ids[5]}})
	if got := d.record("GET /accounts/"+ids[33], nil); got["parent_account_id"] != ids[4] {
		t.Errorf("parent_account_id = %v", got["parent_account_id"])
	}
	d.call("PATCH /accounts/"+ids[4], object{"subaccount_ids": []string{ids[5]}})
	if n := len(d.records("GET /accounts/"+ids[33]+"/relationships", nil)); n != 0 {
		t.Errorf("%d relationships are left", n)
	}
}

func TestMergeMovesWhatBelongsToTheAccount(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.o.IDs("accounts")
	into, victim := ids[6], ids[7]
	of := func(id string) object {
		return object{"filter": object{"field": "account_id", "operator": "equals", "value": id}, "limit": 999}
	}
	count := func(id string) int {
		return len(d.records("POST /issues/search", of(id))) + len(d.records("POST /contacts/search", of(id)))
	}
	want := count(into) + count(victim)
	domain := d.record("GET /accounts/"+victim, nil)["domain"].(string)
	merged := d.record("POST /accounts/merge", object{"merge_into_account_id": into, "merge_account_ids": []string{victim}})
	if got := count(into); got != want || !slices.Contains(texts(merged["domains"]), domain) {
		t.Errorf("%d records, want %d; domains %v", got, want, merged["domains"])
	}
	if refused := d.refuse("GET /accounts/"+victim, nil); refused.Status != 404 {
		t.Errorf("the merged account: %v", refused)
	}
	// What was done before an unknown id came up stays done.
	half := object{"merge_into_account_id": into, "merge_account_ids": []string{ids[8], "unknown", ids[9]}}
	if refused := d.refuse("POST /accounts/merge", half); refused.Status != 404 {
		t.Errorf("with an unknown id: %v", refused)
	}
	if refused := d.refuse("GET /accounts/"+ids[8], nil); refused.Status != 404 {
		t.Errorf("the account before the unknown one: %v", refused)
	}
	d.call("GET /accounts/"+ids[9], nil)
}

func TestBulkUpdateOfTags(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.o.IDs("accounts")[0] // tagged enterprise
	for _, c := range []struct {
		mode string
		tags []string
		want []string
	}{
		{"append_only", []string{"pilot"}, []string{"enterprise", "pilot"}},
		{"remove_only", []string{"enterprise"}, []string{"pilot"}},
		{"", []string{"startup"}, []string{"startup"}},
	} {
		body := object{"account_ids": []string{id}, "tags": c.tags, "tags_apply_mode": c.mode, "account_type": "partner"}
		if answer := d.call("PATCH /accounts", body); answer["success"] != true {
			t.Errorf("%s: %v", c.mode, answer)
		}
		if got := d.record("GET /accounts/"+id, nil); !slices.Equal(texts(got["tags"]), c.want) || got["type"] != "partner" {
			t.Errorf("%s: tags %v, type %v", c.mode, got["tags"], got["type"])
		}
	}
}

func TestContactInFull(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	account := d.record("GET /accounts/"+d.o.IDs("accounts")[0], nil)
	got := d.record("POST /contacts", object{
		"name": "C", "account_external_id": account["external_ids"].([]any)[0].(object)["external_id"], "phone_numbers": []string{"4420", "4421"},
		"portal_role": "admin", "portal_role_id": "r", "custom_fields": []object{{"slug": "job_title", "value": "CTO"}},
	})
	if got["account"].(object)["id"] != account["id"] || got["primary_phone_number"] != "4420" || got["portal_role"] != "admin" || got["email"] != nil {
		t.Errorf("contact = %v", got)
	}
	path := "/contacts/" + got["id"].(string)
	got = d.record("PATCH "+path, object{
		"emails": []object{{"email": "a@c.test"}, {"email": "b@c.test", "is_primary": true}}, "account_id": "", "primary_phone_number": "4421",
	})
	if got["email"] != "b@c.test" || !slices.Equal(texts(got["emails"]), []string{"a@c.test", "b@c.test"}) {
		t.Errorf("emails = %v, %v", got["email"], got["emails"])
	}
	if got["account"] != nil || got["primary_phone_number"] != "4421" {
		t.Errorf("account %v, phone %v", got["account"], got["primary_phone_number"])
	}
}

func TestDeletesLeaveNoDanglingReference(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	issue := findIssue(t, d.o, "of an account", func(i object) bool { return i["account"] != nil && i["tags"] != nil })
	path := "/issues/" + issue["id"].(string)
	d.call("DELETE /contacts/"+issue["requester"].(object)["id"].(string), nil)
	d.call("DELETE /accounts/"+issue["account"].(object)["id"].(string), nil)
	for _, tag := range d.records("GET /tags", nil) {
		if tag["object_type"] != "contact" {
			d.call("DELETE /tags/"+tag["id"].(string), nil)
		}
	}
	got := d.record("GET "+path, nil)
	if got["requester"] != nil || got["account"] != nil || got["tags"] != nil {
		t.Errorf("requester %v, account %v, tags %v", got["requester"], got["account"], got["tags"])
	}
}

func TestCustomFieldsDefinedByTheCaller(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	field := d.record("POST /custom-fields", object{
		"label": "Risk level", "object_type": "issue", "type": "select", "select_options": []object{{"label": "Very high"}, {"label": "Low", "slug": "lo"}},
	})
	if field["slug"] != "risk_level" {
		t.Fatalf("slug = %v", field["slug"])
	}
	path := "/issues/" + d.o.IDs("issues")[0]
	d.call("PATCH "+path, object{"custom_fields": []object{{"slug": "risk_level", "value": "very_high"}}})
	find := func(slug string) int {
		return len(d.records("POST /issues/search", object{"filter": object{"field": slug, "operator": "equals", "value": "very_high"}}))
	}
	if n := find("risk_level"); n != 1 {
		t.Errorf("found %d issues, want 1", n)
	}
	d.call("PATCH /custom-fields/"+field["id"].(string), object{"slug": "risk", "label": "Risk"})
	if n := find("risk"); n != 1 {
		t.Errorf("found %d issues by the new slug, want 1", n)
	}
	if refused := d.refuse("POST /issues/search", object{"filter": object{"field": "risk_level", "operator": "is_set"}}); refused.Status != 400 {
		t.Errorf("the old slug: %v", refused)
	}
}
