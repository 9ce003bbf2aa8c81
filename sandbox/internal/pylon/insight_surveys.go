package pylon

import (
	"slices"
	"time"
)

func surveyRoutes() []Route {
	return []Route{
		restRead("/surveys", perMinuteMany, restListSurveys),
		restSearch("/surveys/search", perMinuteSome, restSearchSurveys),
		restRead("/surveys/{id}", perMinuteMany, restGetSurvey),
		restRead("/surveys/{id}/responses", perMinuteMany, restListSurveyResponses),
	}
}

func restListSurveys(o *Organization, _ noParams) (any, error) {
	return restData(o.insight.surveys.all())
}

func restGetSurvey(o *Organization, p idParams) (any, error) {
	found, err := o.insight.surveys.find("Survey", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type searchSurveysParams struct {
	Filter *restFilter `param:"filter"`
	Limit  *int64      `param:"limit"`
}

// restSearchSurveys answers no cursor, so a limit cuts the rest off for good.
func restSearchSurveys(o *Organization, p searchSurveysParams) (any, error) {
	table := searchTable[survey]{fields: map[string]searchField[survey]{
		"updated_at": {operatorsOfTime(), func(s *survey) []string { return one(s.UpdatedAt) }},
	}}
	found, err := selectRows(o, table, findParams{Filter: p.Filter}, o.insight.surveys.all())
	if err != nil {
		return nil, err
	}
	return restTop(o, cursorPages("surveys"), p.Limit, found)
}

// restTop answers the first rows of a search that has no cursor.
func restTop[T any](o *Organization, rule pageRule, limit *int64, rows []T) (any, error) {
	size, err := rule.size(o, limit)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 && !o.keepsEmptyData {
		return restBody{}, nil
	}
	return restData(rows[:min(size, len(rows))])
}

type listSurveyResponsesParams struct {
	pageParams

	SurveyID        string  `param:"id,required"`
	SubmittedAfter  *string `param:"submitted_after"`
	SubmittedBefore *string `param:"submitted_before"`
	AccountID       string  `param:"account_id"`
	ContactID       string  `param:"contact_id"`
}

func restListSurveyResponses(o *Organization, p listSurveyResponsesParams) (any, error) {
	within, err := submittedWithin(p.SubmittedAfter, p.SubmittedBefore)
	if err != nil {
		return nil, err
	}
	of, err := o.insight.surveys.find("Survey", p.SurveyID)
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(o.insight.surveyResponses.all(), func(r *surveyResponse) bool {
		return r.surveyID != of.ID || !within(r.SubmittedAt) || !isOrAny(r.AccountID, p.AccountID) || !isOrAny(r.ContactID, p.ContactID)
	})
	scope := of.ID + "/" + p.AccountID + "/" + p.ContactID + "/" + orEmpty(p.SubmittedAfter) + "/" + orEmpty(p.SubmittedBefore)
	return restPage(o, cursorPages("survey_responses"), scope, p.pageParams, rows)
}

// submittedWithin compiles the two bounds; both are strict.
func submittedWithin(after, before *string) (func(string) bool, error) {
	tests := []func(string) bool{}
	for _, bound := range []struct {
		name, operator string
		value          *string
	}{{"submitted_after", opTimeAfter, after}, {"submitted_before", opTimeBefore, before}} {
		if bound.value == nil {
			continue
		}
		limit, err := parseInstant(bound.name, *bound.value)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(at string) bool { return holdsAt(bound.operator, at, []time.Time{limit}) })
	}
	return func(at string) bool {
		return !slices.ContainsFunc(tests, func(test func(string) bool) bool { return !test(at) })
	}, nil
}

func isOrAny(value *string, wanted string) bool {
	return wanted == "" || value != nil && *value == wanted
}

func orEmpty(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}
