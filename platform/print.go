package platform

import (
	"fmt"
	"log/slog"
	"time"
)

// String says when the token ends, and keeps the token out of texts that print
// it.
func (t ScopedToken) String() string {
	return "platform.ScopedToken([redacted], expires " + t.ExpiresAt.Format(time.RFC3339) + ")"
}

// GoString is String, for the %#v of package fmt.
func (t ScopedToken) GoString() string { return t.String() }

// LogValue is String, for package log/slog.
func (t ScopedToken) LogValue() slog.Value { return slog.StringValue(t.String()) }

// String names the workspace and what the connector is made from, and keeps
// credentials and configuration out of texts that print the request.
func (r CreateConnectorRequest) String() string {
	return fmt.Sprintf("platform.CreateConnectorRequest(workspace %q, name %q, type %q, definition %q, template %q, the rest [redacted])",
		r.WorkspaceName, r.Name, r.ConnectorType, r.DefinitionID, r.TemplateID)
}

// GoString is String, for the %#v of package fmt.
func (r CreateConnectorRequest) GoString() string { return r.String() }

// LogValue is String, for package log/slog.
func (r CreateConnectorRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }
