// Package sandbox runs simulators of the Airbyte Agent API and of Pylon's REST
// API, and a scripted, OpenAI-compatible model, on loopback. It is not Airbyte,
// not Pylon and not a language model: the data is made up, the credentials are
// fake, nothing leaves the machine, and what it says about itself says so too.
//
// Programs use it to run without an account, tests use it to prove what they
// do when the service is slow, full, broken or wrong.
//
// # In a test
//
// [Test] starts a sandbox, stops it when the test ends, and fails the test when
// a request reached no route:
//
//	func TestBot(t *testing.T) {
//		box := sandbox.Test(t)
//		c, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace,
//			connector.WithBaseURL(box.PlatformURL()),
//			connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret))
//		…
//	}
//
// # What is in it
//
// One organization ([OrganizationID]) with one workspace ([Workspace],
// [WorkspaceID]) that holds one Pylon connector ([ConnectorID]). The routes of
// the Agent API are there with their status codes, error bodies and paging:
// tokens, organizations, workspaces, connectors, execute, skills, templates and
// definitions. Connectors created through the API work on the same Pylon data.
//
// [Sandbox.PylonURL] is the base URL of Pylon's own API, over the same data: what
// one face writes, the other shows. All of its operations are there, with the
// order of checks, the error bodies with codes, the headers, the paging habits
// and the search grammar of the real one. [PylonToken] is accepted. Calls are not
// limited unless [WithPylonRateLimits] says so.
//
// [Sandbox.ModelURL] is the base URL of a model that follows a small script: it
// picks a tool call from the question, reads the result and answers from it.
// Where [Fallback] pairs it with a real Airbyte account it only reads.
//
// # Signing in, and entering credentials
//
// [Sandbox.KeycloakURL] is a realm that signs everybody in at once, for programs
// that get their client credentials through a browser; [WithAccount] says who
// signs in. [Sandbox.WebappURL] is the web application: its page for entering
// credentials completes the session that a program began, and [WithWidget] says
// how. The pages say that they are simulated.
//
// # Faults
//
// [Sandbox.Inject] scripts what goes wrong next: statuses, delays, rate limits,
// dropped connections before or after the work was done, bodies that are cut.
// [Sandbox.Requests] shows what arrived, without any credential.
//
// # Where it guesses
//
// Some behaviour of the real service is not documented. The sandbox then
// chooses one answer and an option offers the others: a wrong secret gets 401
// ([WithTokenRefusal] makes it 403 or 500), results are objects with data and
// meta ([WithBareResults] makes them arrays), paging keys are next_cursor and
// has_next_page ([WithPagingKeys]). The Pylon API leaves pagination out of the
// last page ([WithPylonLastPagination] sends it), data out of an empty search
// ([WithPylonEmptyData] sends it), lists issues of at most 30 days
// ([WithIssueWindow] changes it) and says how long to wait in X-Retry-After alone
// ([WithPylonRetryAfter] adds Retry-After). Creating a connector in an unknown workspace gets
// 404; a scoped token creates the workspace it names. A person's token, from the
// sign-in, opens the way to client credentials and nothing else.
package sandbox
