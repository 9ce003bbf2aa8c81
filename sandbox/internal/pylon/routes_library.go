package pylon

// libraryRoutes are tasks, projects, milestones, knowledge bases, articles,
// collections, macros and training data.
func libraryRoutes() []Route { return nil }

// insightRoutes are audit logs, surveys, feature requests, custom objects, call
// recordings, imports and integrations.
func insightRoutes() []Route { return nil }
