package pylon

func auditRoutes() []Route {
	return []Route{
		restRead("/audit-logs", perMinuteMany, restListAuditLogs),
		restSearch("/audit-logs/search", perMinuteFew, restSearchAuditLogs),
	}
}

func restListAuditLogs(o *Organization, p pageParams) (any, error) {
	return restPage(o, cursorPages("audit_logs"), "", p, o.insight.auditLogs.all())
}

func restSearchAuditLogs(o *Organization, p findParams) (any, error) {
	table := searchTable[auditLog]{fields: map[string]searchField[auditLog]{
		"action": {
			[]string{"equals", "in", "not_in", "string_contains", "string_does_not_contain"},
			func(a *auditLog) []string { return one(a.Action) },
		},
		"action_happened_at": {operatorsOfTime(), func(a *auditLog) []string { return one(a.ActionHappenedAt) }},
	}}
	return restFind(o, cursorPages("audit_logs"), table, p, o.insight.auditLogs.all())
}
