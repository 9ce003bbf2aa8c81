package pylon

import (
	"encoding/json"
	"net/http"
	"slices"
)

func macroRoutes() []Route {
	return []Route{
		restRead("/macro-groups", perMinuteMany, restListMacroGroups),
		restRead("/macros", perMinuteMany, restListMacros),
		restWrite(http.MethodPost, "/macros", perMinuteMany, restCreateMacro),
		restRead("/macros/{id}", perMinuteMany, restGetMacro),
		restWrite(http.MethodPatch, "/macros/{id}", perMinuteMany, restUpdateMacro),
	}
}

func restListMacroGroups(o *Organization, _ noParams) (any, error) {
	return restData(o.library.macroGroups.all())
}

type listMacrosParams struct {
	MacroGroupID string `param:"macro_group_id"`
}

func restListMacros(o *Organization, p listMacrosParams) (any, error) {
	rows := slices.DeleteFunc(o.library.macros.all(), func(m *macro) bool {
		return p.MacroGroupID != "" && m.MacroGroupID != p.MacroGroupID
	})
	return restData(rows)
}

func restGetMacro(o *Organization, p idParams) (any, error) {
	found, err := o.library.macros.find("Macro", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type macroVisibilityInput struct {
	Type    string   `json:"type"`
	TeamIDs []string `json:"team_ids"`
	UserIDs []string `json:"user_ids"`
}

type createMacroParams struct {
	Name         string                `param:"name,required"`
	MacroGroupID string                `param:"macro_group_id,required"`
	TextHTML     string                `param:"text_html,required"`
	TextType     string                `param:"text_type"`
	Visibility   *macroVisibilityInput `param:"visibility"`
	Conditions   json.RawMessage       `param:"conditions"`
}

// restCreateMacro checks the conditions and keeps none: no read shows them.
func restCreateMacro(o *Organization, p createMacroParams) (any, error) {
	if p.TextType == "" {
		p.TextType = "reply"
	}
	visible, err := o.checkMacro(updateMacroParams{
		MacroGroupID: &p.MacroGroupID, TextType: &p.TextType, Visibility: p.Visibility, Conditions: p.Conditions,
	}, macroVisibility{Type: "org", TeamIDs: []string{}, UserIDs: []string{}})
	if err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &macro{
		ID: o.newID("macro"), Name: p.Name, MacroGroupID: p.MacroGroupID, TextHTML: p.TextHTML, TextType: p.TextType,
		Visibility: visible, Actions: []macroAction{}, CreatedAt: now, UpdatedAt: now,
	}
	o.library.macros.add(created.ID, created)
	return restData(created)
}

type updateMacroParams struct {
	ID           string                `param:"id,required"`
	Name         *string               `param:"name"`
	MacroGroupID *string               `param:"macro_group_id"`
	TextHTML     *string               `param:"text_html"`
	TextType     *string               `param:"text_type"`
	Visibility   *macroVisibilityInput `param:"visibility"`
	Conditions   json.RawMessage       `param:"conditions"`
}

func restUpdateMacro(o *Organization, p updateMacroParams) (any, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return nil, err
	}
	if err := checkNotBlank("macro_group_id", p.MacroGroupID); err != nil {
		return nil, err
	}
	found, err := o.library.macros.find("Macro", p.ID)
	if err != nil {
		return nil, err
	}
	visible, err := o.checkMacro(p, found.Visibility)
	if err != nil {
		return nil, err
	}
	set(&found.Name, p.Name)
	set(&found.MacroGroupID, p.MacroGroupID)
	set(&found.TextHTML, p.TextHTML)
	set(&found.TextType, p.TextType)
	found.Visibility, found.UpdatedAt = visible, o.timestamp()
	return restData(found)
}

// checkMacro returns the visibility after the write.
func (o *Organization) checkMacro(p updateMacroParams, current macroVisibility) (macroVisibility, error) {
	if legal := []string{"reply", "note", "email"}; p.TextType != nil && !slices.Contains(legal, *p.TextType) {
		return current, notOneOf("text_type", *p.TextType, legal)
	}
	if present(p.Conditions) {
		if err := checkCondition("conditions", p.Conditions); err != nil {
			return current, err
		}
	}
	if err := o.library.macroGroups.check("Macro group", p.MacroGroupID); err != nil {
		return current, err
	}
	if p.Visibility == nil {
		return current, nil
	}
	return o.macroVisibility(*p.Visibility)
}

func (o *Organization) macroVisibility(in macroVisibilityInput) (macroVisibility, error) {
	visible := macroVisibility{Type: in.Type, TeamIDs: append([]string{}, in.TeamIDs...), UserIDs: append([]string{}, in.UserIDs...)}
	if legal := []string{"org", "user", "team", "users_and_teams"}; !slices.Contains(legal, in.Type) {
		return visible, notOneOf("visibility: type", in.Type, legal)
	}
	for _, id := range in.TeamIDs {
		if err := o.teams.check("Team", &id); err != nil {
			return visible, err
		}
	}
	for _, id := range in.UserIDs {
		if err := o.users.check("User", &id); err != nil {
			return visible, err
		}
	}
	return visible, nil
}

// checkCondition refuses a filter that is only stored when its form is wrong;
// which fields it may name is not documented.
func checkCondition(name string, raw json.RawMessage) error {
	var f restFilter
	if err := json.Unmarshal(raw, &f); err != nil {
		return badRequest("%s must be a filter object", name)
	}
	return f.checkForm(name, 1)
}

func (f restFilter) checkForm(name string, depth int) error {
	legal := append(filterOperators(), opAnd, opOr)
	switch group := f.Operator == opAnd || f.Operator == opOr; {
	case depth > filterLevels:
		return badRequest("%s: at most %d levels may be nested", name, filterLevels)
	case !slices.Contains(legal, f.Operator):
		return notOneOf(name+": operator", f.Operator, legal)
	case group && len(f.Subfilters) == 0:
		return badRequest("%s: %s needs subfilters", name, f.Operator)
	case !group && f.Field == "":
		return badRequest("%s: field is required with the operator %s", name, f.Operator)
	}
	for _, sub := range f.Subfilters {
		if err := sub.checkForm(name, depth+1); err != nil {
			return err
		}
	}
	return nil
}
