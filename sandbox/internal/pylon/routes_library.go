package pylon

import "slices"

// libraryRoutes are tasks, projects, milestones, knowledge bases, articles,
// collections, macros and training data.
func libraryRoutes() []Route {
	return slices.Concat(taskRoutes(), projectRoutes(), knowledgeRoutes(), macroRoutes(), trainingRoutes())
}

// insightRoutes are audit logs, surveys, feature requests, custom objects, call
// recordings, imports and integrations.
func insightRoutes() []Route {
	return slices.Concat(auditRoutes(), surveyRoutes(), featureRoutes(), objectRoutes(), callRoutes(), importRoutes())
}
