package pylon

// highlight is a note at the top of an account. No operation reads it back.
type highlight struct {
	ID          string  `json:"id"`
	AccountID   string  `json:"account_id"`
	ContentHTML string  `json:"content_html"`
	ExpiresAt   *string `json:"expires_at"`
	CreatedAt   string  `json:"created_at"`
	UpdatedAt   string  `json:"updated_at"`
}

type createHighlightParams struct {
	AccountID   pathID  `param:"account_id,required"`
	ContentHTML string  `param:"content_html,required"`
	ExpiresAt   *string `param:"expires_at"`
}

func restCreateHighlight(o *Organization, p createHighlightParams) (any, error) {
	if err := checkInstant("expires_at", p.ExpiresAt); err != nil {
		return nil, err
	}
	on, err := o.findAccount(p.AccountID)
	if err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &highlight{
		ID: o.newID("highlight"), AccountID: on.ID, ContentHTML: p.ContentHTML,
		ExpiresAt: nonEmpty(p.ExpiresAt), CreatedAt: now, UpdatedAt: now,
	}
	o.highlights.add(created.ID, created)
	return restData(created)
}

type updateHighlightParams struct {
	accountPartParams

	ContentHTML *string `param:"content_html"`
	ExpiresAt   *string `param:"expires_at"`
}

func restUpdateHighlight(o *Organization, p updateHighlightParams) (any, error) {
	if err := checkNotBlank("content_html", p.ContentHTML); err != nil {
		return nil, err
	}
	if err := checkInstant("expires_at", p.ExpiresAt); err != nil {
		return nil, err
	}
	found, err := o.findHighlight(p.accountPartParams)
	if err != nil {
		return nil, err
	}
	set(&found.ContentHTML, p.ContentHTML)
	if p.ExpiresAt != nil {
		found.ExpiresAt = nonEmpty(p.ExpiresAt)
	}
	found.UpdatedAt = o.timestamp()
	return restData(found)
}

// success is the data of the few writes that answer with no record.
type success struct {
	Success bool `json:"success"`
}

func restDeleteHighlight(o *Organization, p accountPartParams) (any, error) {
	found, err := o.findHighlight(p)
	if err != nil {
		return nil, err
	}
	o.highlights.remove(found.ID)
	return restData(success{true})
}

func (o *Organization) findHighlight(p accountPartParams) (*highlight, error) {
	on, err := o.findAccount(p.AccountID)
	if err != nil {
		return nil, err
	}
	found, err := o.highlights.find("Highlight", p.HighlightID)
	if err != nil {
		return nil, err
	}
	if found.AccountID != on.ID {
		return nil, notFound("Highlight")
	}
	return found, nil
}

// checkInstant refuses a text that is no time; absent and empty pass.
func checkInstant(name string, value *string) error {
	if blank(value) {
		return nil
	}
	_, err := parseInstant(name, *value)
	return err
}
