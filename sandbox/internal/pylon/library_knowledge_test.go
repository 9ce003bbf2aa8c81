package pylon_test

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	draftText     = "current_draft_content_html"
	publishedText = "current_published_content_html"
)

// help is the path of the first knowledge base.
func help(d *desk) string { return "/knowledge-bases/" + d.o.IDs("knowledge_bases")[0] }

func TestArticleEditsStayDraftsUntilPublished(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	created := d.record("POST "+help(d)+"/articles", object{"title": "Limits", "body_html": "one", "author_user_id": d.o.IDs("users")[0]})
	path := help(d) + "/articles/" + created["id"].(string)
	steps := []struct {
		name             string
		body             object
		draft, published string
		isPublished      bool
	}{
		{"an edit", object{"body_html": "two"}, "two", "", false},
		{"publishing", object{"is_published": true}, "two", "two", true},
		{"an edit of the draft", object{"body_html": "three"}, "three", "two", true},
		{"an edit that goes out", object{"body_html": "four", "publish_updated_body_html": true}, "four", "four", true},
		{"taking it back", object{"is_published": false}, "four", "four", false},
	}
	for _, step := range steps {
		got := d.record("PATCH "+path, step.body)
		want := []any{step.draft, step.published, step.isPublished}
		if diff := cmp.Diff(want, []any{got[draftText], got[publishedText], got["is_published"]}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
		if sent := got["last_published_at"] != nil; sent != (step.published != "") {
			t.Errorf("%s: last_published_at = %v", step.name, got["last_published_at"])
		}
	}
}

func TestArticleSettings(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var tagIDs []string
	for _, tag := range rows(t, d.o, "tags", "list", object{}) {
		if tag["object_type"] == "article" {
			tagIDs = append(tagIDs, tag["id"].(string))
		}
	}
	condition := object{"field": "tags", "operator": "contains", "value": "enterprise"}
	collection := d.o.IDs("collections")[1]
	created := d.record("POST "+help(d)+"/articles", object{
		"title": "Partners", "body_html": "B", "author_user_id": d.o.IDs("users")[1], "collection_id": collection, "is_unlisted": true, "is_published": true,
		"slug": "partners", "visibility_config": object{"visibility": "customer", "customer_visibility_condition": condition},
	})
	if created["collection_id"] != collection || created["is_unlisted"] != true || created["slug"] != "partners" || created[publishedText] != "B" {
		t.Errorf("created = %v", created)
	}
	changed := d.record("PATCH "+help(d)+"/articles/"+created["id"].(string), object{
		"is_unlisted": false, "tag_ids": tagIDs, "visibility_config": object{"ai_agent_access": "specific_agents", "allowed_agent_ids": []string{"agent"}},
	})
	want := object{"visibility": "customer", "ai_agent_access": "specific_agents", "allowed_agent_ids": []any{"agent"}, "customer_visibility_condition": condition}
	if diff := cmp.Diff(want, changed["visibility_config"]); diff != "" {
		t.Errorf("visibility_config (-want +got):\n%s", diff)
	}
	if tags := changed["tags"].([]any); len(tags) != len(tagIDs) || tags[0].(object)["id"] != tagIDs[0] || changed["is_unlisted"] != false {
		t.Errorf("changed = %v", changed)
	}
}

func TestArticlesSpeakSeveralLanguages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	created := d.record("POST "+help(d)+"/articles", object{
		"title": "Invoices", "body_html": "English", "author_user_id": d.o.IDs("users")[1], "is_published": true,
		"translations": []object{{"language": "de", "title": "Rechnungen", "body_html": "Deutsch"}},
	})
	path := help(d) + "/articles/" + created["id"].(string)
	german := d.record("GET "+path+"?language=de", nil)
	if german["title"] != "Rechnungen" || german[publishedText] != "Deutsch" {
		t.Errorf("German = %v", german)
	}
	french := d.record("PATCH "+path, object{"language": "fr", "title": "Factures", "body_html": "Français", "publish_updated_body_html": true})
	if french["title"] != "Factures" || french[publishedText] != "Français" {
		t.Errorf("French = %v", french)
	}
	if english := d.record("GET "+path+"?language=en", nil); english["title"] != "Invoices" || english[draftText] != "English" {
		t.Errorf("English = %v", english)
	}
	if listed := d.records("GET "+help(d)+"/articles?language=fr", nil); len(listed) != 2 { // a seeded one has French too
		t.Errorf("%d French articles, want 2", len(listed))
	}
	d.call("PATCH "+path, object{"is_published": false})
	d.call("PATCH "+path, object{"language": "fr", "body_html": "Encore"})
	d.call("PATCH "+path, object{"is_published": true})
	if got := d.record("GET "+path+"?language=fr", nil)[publishedText]; got != "Encore" {
		t.Errorf("published French = %v, want what was the draft", got)
	}
}

// TestIdentifiersOfArticlesAreNotUsedAgain deletes between two creations.
func TestIdentifiersOfArticlesAreNotUsedAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	create := func() object {
		return d.record("POST "+help(d)+"/articles", object{"title": "T", "body_html": "B", "author_user_id": d.o.IDs("users")[0]})
	}
	seeded := len(d.o.IDs("articles"))
	first := create()
	if want := strconv.Itoa(1001 + seeded); first["identifier"] != want {
		t.Errorf("identifier %v after %d seeded articles, want %s", first["identifier"], seeded, want)
	}
	d.call("DELETE "+help(d)+"/articles/"+first["id"].(string), nil)
	if second := create(); second["identifier"] == first["identifier"] || second["url"] == first["url"] {
		t.Errorf("two articles are both %v at %v", second["identifier"], second["url"])
	}
}

// TestChangedTagFollowsIntoArticles covers the records that carry copies of
// their tags, through both faces.
func TestChangedTagFollowsIntoArticles(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tag := d.record("POST /tags", object{"value": "how-to", "object_type": "article"})
	other := d.record("POST /tags", object{"value": "tutorial", "object_type": "article"})
	path := help(d) + "/articles/" + d.o.IDs("articles")[0]
	d.call("PATCH "+path, object{"tag_ids": []any{tag["id"], other["id"]}})
	d.call("PATCH /tags/"+tag["id"].(string), object{"value": "guide"})
	write(t, d.o, "tags", "update", object{"id": tag["id"], "hex_color": "#010203"})
	tag["value"], tag["hex_color"] = "guide", "#010203"
	if diff := cmp.Diff([]any{tag, other}, d.record("GET "+path, nil)["tags"]); diff != "" {
		t.Errorf("tags of the article (-want +got):\n%s", diff)
	}
}

func TestReviewOfADraft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path := help(d) + "/articles/" + d.o.IDs("articles")[0]
	d.call("PATCH "+path, object{"body_html": "<p>Draft</p>"})
	asked := d.record("POST "+path+"/request-review", object{"request_ai_review": true})
	if asked["approval_status"] != "pending" || asked["article_id"] != d.o.IDs("articles")[0] || asked["article_version_id"] == "" {
		t.Errorf("answer = %v", asked)
	}
	if info := d.record("GET "+path, nil)["approval_info"].(object); info["status"] != "pending" || info["requested_at"] == nil {
		t.Errorf("approval_info = %v", info)
	}
}

func TestDeletedCollectionTakesAllAlong(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	outer := d.record("POST "+help(d)+"/collections", object{"title": "Outer & more", "description": "All"})
	inner := d.record("POST "+help(d)+"/collections", object{"title": "Inner", "parent_collection_id": outer["id"]})
	article := d.record("POST "+help(d)+"/articles", object{"title": "T", "body_html": "B", "author_user_id": d.o.IDs("users")[0], "collection_id": inner["id"]})
	if outer["slug"] != "outer-more" || inner["parent_collection_id"] != outer["id"] {
		t.Errorf("created %v and %v", outer, inner)
	}
	changed := d.record("PATCH "+help(d)+"/collections/"+outer["id"].(string), object{"title": "New", "slug": "new", "visibility_config": object{"visibility": "internal_only"}})
	if changed["title"] != "New" || changed["slug"] != "new" || changed["description"] != "All" || changed["visibility_config"].(object)["visibility"] != "internal_only" {
		t.Errorf("changed = %v", changed)
	}
	before := len(d.o.IDs("articles"))
	d.call("DELETE "+help(d)+"/collections/"+outer["id"].(string), nil)
	for _, path := range []string{"/collections/" + inner["id"].(string), "/articles/" + article["id"].(string)} {
		if refused := d.refuse("GET "+help(d)+path, nil); refused.Status != http.StatusNotFound {
			t.Errorf("%s = %v", path, refused)
		}
	}
	if got := len(d.o.IDs("articles")); got != before-1 {
		t.Errorf("%d articles are left, want %d", got, before-1)
	}
}

func TestRedirectsAreUnique(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	body := object{"from_path": "/alt/hilfe", "object_id": d.o.IDs("collections")[0], "object_type": "collection", "language": "de"}
	created := d.record("POST "+help(d)+"/route-redirects", body)
	if created["language"] != "de" || created["object_id"] != d.o.IDs("collections")[0] {
		t.Errorf("created = %v", created)
	}
	if refused := d.refuse("POST "+help(d)+"/route-redirects", body); refused.Status != http.StatusBadRequest || refused.ExistsID != created["id"] {
		t.Errorf("the same redirect again = %v, exists_id %q", refused, refused.ExistsID)
	}
	body = object{"from_path": "/other", "object_id": d.o.IDs("articles")[0], "object_type": "article"}
	if got := d.record("POST "+help(d)+"/route-redirects", body)["language"]; got != "en" {
		t.Errorf("language = %v, want the default one", got)
	}
}

func TestMacros(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	groups := d.records("GET /macro-groups", nil)
	group := groups[1]["id"].(string)
	for _, macro := range d.records("GET /macros?macro_group_id="+group, nil) {
		if macro["macro_group_id"] != group {
			t.Errorf("macro of another group: %v", macro)
		}
	}
	if got := d.records("GET /macros?macro_group_id=unknown", nil); len(got) != 0 {
		t.Errorf("macros of no group = %v", got)
	}
	team, user := d.o.IDs("teams")[0], d.o.IDs("users")[0]
	created := d.record("POST /macros", object{
		"name": "Escalate", "text_html": "<p>x</p>", "macro_group_id": group, "conditions": object{"operator": "or", "subfilters": []object{{"field": "state", "operator": "equals", "value": "new"}}},
		"visibility": object{"type": "users_and_teams", "team_ids": []string{team}, "user_ids": []string{user}},
	})
	want := object{"type": "users_and_teams", "team_ids": []any{team}, "user_ids": []any{user}}
	if diff := cmp.Diff(want, created["visibility"]); diff != "" || created["text_type"] != "reply" || created["has_actions"] != false {
		t.Errorf("created %v (-want +got):\n%s", created, diff)
	}
	changed := d.record("PATCH /macros/"+created["id"].(string), object{"text_type": "note", "text_html": "<p>y</p>", "macro_group_id": groups[0]["id"]})
	if changed["text_type"] != "note" || changed["text_html"] != "<p>y</p>" || changed["name"] != "Escalate" || changed["macro_group_id"] != groups[0]["id"] {
		t.Errorf("changed = %v", changed)
	}
	if diff := cmp.Diff(changed, d.record("GET /macros/"+created["id"].(string), nil)); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}
