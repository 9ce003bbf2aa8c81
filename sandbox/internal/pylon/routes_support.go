package pylon

// supportRoutes are issues and all that hangs on them, statuses, accounts and
// contacts.
func supportRoutes() []Route { return nil }

// workspaceRoutes are teams, tags, users, roles, me, custom fields, ticket
// forms, attachments and activity types.
func workspaceRoutes() []Route { return nil }
