package pylon

import "net/http"

// callFields is the object type of the custom fields of call recordings.
const callFields = "meeting"

func callRoutes() []Route {
	return []Route{
		restSearch("/call-recordings/search", perMinuteSome, restSearchCalls),
		restRead("/call-recordings/{id}", perMinuteMany, restGetCall),
		restWrite(http.MethodPatch, "/call-recordings/{id}", perMinuteSome, restUpdateCall),
		restWrite(http.MethodDelete, "/call-recordings/{id}", perMinuteSome, restDeleteCall),
	}
}

func (o *Organization) findCall(id string) (*callRecording, error) {
	return o.insight.callRecordings.find("Call recording", id)
}

// restSearchCalls takes a limit of 1000, which most searches refuse.
func restSearchCalls(o *Organization, p findParams) (any, error) {
	table := searchTable[callRecording]{fields: map[string]searchField[callRecording]{
		"account_id": {operatorsOfOptionalID(), func(c *callRecording) []string { return maybe(c.AccountID) }},
		"source":     {operatorsOfID(), func(c *callRecording) []string { return one(c.Source) }},
		"title":      {[]string{"equals", "string_contains"}, func(c *callRecording) []string { return one(c.Title) }},
		"start_time": {operatorsOfTime(), func(c *callRecording) []string { return one(c.StartTime) }},
	}}
	rule := pageRule{entity: "call_recordings", standard: 100, most: 1000}
	return restFind(o, rule, table, p, o.insight.callRecordings.all())
}

func restGetCall(o *Organization, p idParams) (any, error) {
	found, err := o.findCall(string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type updateCallParams struct {
	ID           string       `param:"id,required"`
	AccountID    *string      `param:"account_id"`
	CustomFields []fieldInput `param:"custom_fields"`
}

func restUpdateCall(o *Organization, p updateCallParams) (any, error) {
	found, err := o.findCall(p.ID)
	if err != nil {
		return nil, err
	}
	if err := o.accounts.check("Account", p.AccountID); err != nil {
		return nil, err
	}
	fields, err := o.mergeFields(callFields, found.CustomFields, p.CustomFields)
	if err != nil {
		return nil, err
	}
	if p.AccountID != nil {
		found.AccountID = nonEmpty(p.AccountID)
	}
	found.CustomFields, found.UpdatedAt = fields, o.timestamp()
	return restData(found)
}

func restDeleteCall(o *Organization, p idParams) (any, error) {
	gone, err := o.findCall(string(p.ID))
	if err != nil {
		return nil, err
	}
	o.insight.callRecordings.remove(gone.ID)
	return restDone()
}
