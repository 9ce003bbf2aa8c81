package pylon

import (
	"mime/multipart"
	"net/url"
	"path"
)

// statusRecord is an issue status as reads show it.
type statusRecord struct {
	Slug            string `json:"slug"`
	Label           string `json:"label"`
	Category        string `json:"category"`
	IsDefaultStatus bool   `json:"is_default_status"`
	IsArchived      bool   `json:"is_archived"`
}

func restListStatuses(o *Organization, p pageParams) (any, error) {
	rows := make([]statusRecord, 0, len(o.statuses))
	for _, s := range o.statuses {
		rows = append(rows, statusRecord{
			Slug: s.slug, Label: labelOf(s.slug), Category: s.category, IsDefaultStatus: s.slug == s.category, IsArchived: s.archived,
		})
	}
	return restPage(o, wholePages("issue_statuses"), "", p, rows)
}

// activityType is a kind of event in the timeline of an account.
type activityType struct {
	ID      string `json:"id"`
	Slug    string `json:"slug"`
	Label   string `json:"label"`
	IconURL string `json:"icon_url"`
}

func restListActivityTypes(o *Organization, p pageParams) (any, error) {
	return restPage(o, wholePages("activity_types"), "", p, o.activityTypes)
}

func restListTicketForms(o *Organization, p pageParams) (any, error) {
	return restPage(o, wholePages("ticket_forms"), "", p, o.ticketForms.all())
}

func restGetTicketForm(o *Organization, p idParams) (any, error) {
	found, err := o.ticketForms.find("Ticket form", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

// attachment is a file that the service keeps.
type attachment struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	URL         string `json:"url"`
	Description string `json:"description"`
}

func restCreateAttachment(o *Organization, req Request) (any, error) {
	stored, err := o.attach(req.Form)
	if err != nil {
		return nil, err
	}
	return restData(stored)
}

// restUploadAccountFile answers with a list of one.
func restUploadAccountFile(o *Organization, req Request) (any, error) {
	if _, err := o.findAccount(pathID(req.Path["id"])); err != nil {
		return nil, err
	}
	stored, err := o.attach(req.Form)
	if err != nil {
		return nil, err
	}
	return restData([]attachment{stored})
}

// attach keeps the name of a file and forgets what is in it. A file comes as a
// part of the form or as an address to fetch, which nobody does here.
func (o *Organization) attach(form *multipart.Form) (attachment, error) {
	if form == nil {
		return attachment{}, badRequest("the body must be multipart/form-data with a file or a file_url")
	}
	name, err := uploadName(form)
	if err != nil {
		return attachment{}, err
	}
	stored := attachment{ID: o.newID("attachment"), Name: name, Description: formValue(form, "description")}
	stored.URL = "https://uploads.northlight.test/" + stored.ID + "/" + url.PathEscape(name)
	return stored, nil
}

func uploadName(form *multipart.Form) (string, error) {
	files, address := form.File["file"], formValue(form, "file_url")
	switch {
	case len(files) > 0 && address != "":
		return "", badRequest("file and file_url exclude each other")
	case len(files) > 0:
		return files[0].Filename, nil
	case formValue(form, "file") != "":
		return "", badRequest("file must be sent as a part with a filename")
	case address == "":
		return "", badRequest("file or file_url is required")
	}
	from, err := url.Parse(address)
	if err != nil || from.Host == "" {
		return "", badRequest("file_url must be an absolute URL")
	}
	return path.Base(from.Path), nil
}

func formValue(form *multipart.Form, name string) string {
	if values := form.Value[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}
