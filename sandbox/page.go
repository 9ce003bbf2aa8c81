package sandbox

import (
	"fmt"
	"html"
	"net/http"
)

// page is an answer for people. Every one says what they are looking at.
func page(status int, title, text string) (response, error) {
	body := fmt.Sprintf(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>%s - sandbox</title></head>
<body>
<h1>%s</h1>
<p>%s</p>
<p>This is a simulator that runs on this machine. It is not Airbyte: nothing here is real, and nothing leaves the machine.</p>
</body>
</html>
`, html.EscapeString(title), html.EscapeString(title), html.EscapeString(text))
	return response{
		status:      status,
		header:      http.Header{"Cache-Control": {"no-store"}, "Referrer-Policy": {"no-referrer"}},
		contentType: "text/html; charset=utf-8",
		body:        []byte(body),
	}, nil
}

// credentialsPage stands for the page of the web application where people
// manage their connectors.
func (s *Sandbox) credentialsPage(c *call) (response, error) {
	id := c.request.PathValue("id")
	if !s.hasOrganization(id) {
		return page(http.StatusNotFound, "Not found", "There is no organization "+id+".")
	}
	return page(http.StatusOK, "Credentials", "Here you would manage the credentials of organization "+id+".")
}
