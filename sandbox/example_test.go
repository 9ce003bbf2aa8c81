package sandbox_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// start, ask and login keep the examples short. A program would use a connector
// instead.

func start(opts ...sandbox.Option) *sandbox.Sandbox {
	box, err := sandbox.Start(opts...)
	if err != nil {
		log.Fatal(err)
	}
	return box
}

func ask(method, url, token, body string) (status int, answer string) {
	req, err := http.NewRequest(method, url, strings.NewReader(body)) //nolint:noctx // an example has no context
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req) //nolint:forbidigo // loopback traffic of an example
	if err != nil {
		log.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		log.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

func login(box *sandbox.Sandbox) (token string) {
	_, answer := ask(http.MethodPost, box.PlatformURL()+tokenPath, "", goodCredentials)
	return gjson.Get(answer, "access_token").String()
}

func ExampleStart() {
	box, err := sandbox.Start()
	if err != nil {
		log.Fatal(err)
	}
	defer box.Close()

	status, _ := ask(http.MethodPost, box.PlatformURL()+"/api/v1/account/applications/token", "",
		`{"client_id":"`+sandbox.ClientID+`","client_secret":"`+sandbox.ClientSecret+`"}`)
	fmt.Println(status, box.Count(sandbox.RouteToken))
	// Output: 200 1
}

func ExampleTest() {
	// In a test, t is the *testing.T.
	t := &fakeTB{}
	box := sandbox.Test(t)
	ask(http.MethodGet, box.PlatformURL()+"/api/v2/workspaces", "", "")

	// The test ends.
	for _, cleanup := range t.cleanups {
		cleanup()
	}
	fmt.Println(t.errors[0])
	// Output: sandbox: unexpected: GET /api/v2/workspaces is no route of the sandbox
}

func ExampleFallback() {
	// As on a machine where nothing is set up.
	defer emptyEnvironment()()

	stop, err := sandbox.Fallback(os.Stdout)
	if err != nil {
		log.Fatal(err)
	}
	defer stop()

	fmt.Println(os.Getenv("AIRBYTE_CLIENT_ID"), os.Getenv("OPENAI_MODEL"))
	// Output:
	// offline: a simulated Airbyte Agent API and a scripted model on this machine; set AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET, and OPENAI_API_KEY, to go live
	// sandbox-client-id sandbox-scripted
}

// A program of open source mode needs a Pylon token in place of Airbyte's
// credentials.
func ExampleFallbackDirect() {
	defer emptyEnvironment()()

	stop, err := sandbox.FallbackDirect(os.Stdout)
	if err != nil {
		log.Fatal(err)
	}
	defer stop()

	fmt.Println(os.Getenv("PYLON_API_TOKEN"), os.Getenv("OPENAI_MODEL"))
	// Output:
	// offline: a simulated Pylon and a scripted model on this machine; set PYLON_API_TOKEN, and OPENAI_API_KEY, to go live
	// sandbox-pylon-token-that-is-fake sandbox-scripted
}

// A program without a model.
func ExampleFallbackPylon() {
	defer emptyEnvironment()()

	stop, err := sandbox.FallbackPylon(os.Stdout)
	if err != nil {
		log.Fatal(err)
	}
	defer stop()

	fmt.Println(os.Getenv("PYLON_API_TOKEN"), os.Getenv("OPENAI_MODEL") == "")
	// Output:
	// offline: a simulated Pylon on this machine; set PYLON_API_TOKEN to go live
	// sandbox-pylon-token-that-is-fake true
}

// emptyEnvironment clears what Fallback looks at, and returns what puts it back.
func emptyEnvironment() (restore func()) {
	home, err := os.MkdirTemp("", "home")
	if err != nil {
		log.Fatal(err)
	}
	names := append([]string{"HOME", "USERPROFILE"}, variables...)
	before := environment(names)
	setEnvironment(names, map[string]string{"HOME": home, "USERPROFILE": home})
	return func() {
		setEnvironment(names, before)
		if err := os.RemoveAll(home); err != nil {
			log.Fatal(err)
		}
	}
}

// setEnvironment sets the names to their values, and unsets those without.
func setEnvironment(names []string, values map[string]string) {
	for _, name := range names {
		err := os.Unsetenv(name)
		if value, ok := values[name]; ok {
			err = os.Setenv(name, value)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}

func ExampleSandbox_Inject() {
	box := start()
	defer box.Close()

	// The next request for a token finds the service overloaded.
	box.Inject(sandbox.Fault{Route: sandbox.RouteToken, Status: http.StatusServiceUnavailable, Body: "<html>busy</html>"})
	for range 2 {
		status, _ := ask(http.MethodPost, box.PlatformURL()+tokenPath, "", goodCredentials)
		fmt.Println(status)
	}
	fmt.Println("faults left:", len(box.Faults()))
	// Output:
	// 503
	// 200
	// faults left: 0
}

func ExampleSandbox_Requests() {
	box := start()
	defer box.Close()

	ask(http.MethodPost, box.PlatformURL()+tokenPath, "", `{"client_id":"me","client_secret":"wrong"}`)
	for _, r := range box.Requests() {
		fmt.Println(r.Method, r.Route, r.Status, string(r.Body))
	}
	// Output: POST token 401 {"client_id":"me","client_secret":"[redacted]"}
}

func ExampleSandbox_ExpireTokens() {
	box := start()
	defer box.Close()

	token := login(box)
	before, _ := ask(http.MethodGet, box.PlatformURL()+workspacePath, token, "")
	box.ExpireTokens()
	after, _ := ask(http.MethodGet, box.PlatformURL()+workspacePath, token, "")
	fmt.Println(before, after)
	// Output: 200 401
}
