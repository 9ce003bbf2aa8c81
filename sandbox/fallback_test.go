package sandbox_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// variables are all that Fallback reads and sets.
var variables = []string{
	"AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET", "AIRBYTE_ORGANIZATION_ID", "AIRBYTE_API_HOST", "AIRBYTE_WORKSPACE",
	"OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL",
}

// prepare gives the test an empty home and exactly this environment.
func prepare(t *testing.T, env map[string]string, settings string) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for _, name := range variables {
		t.Setenv(name, env[name])
		if env[name] == "" {
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if settings == "" {
		return
	}
	dir := filepath.Join(home, ".airbyte-agent")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
}

func environment(names []string) map[string]string {
	env := map[string]string{}
	for _, name := range names {
		if value, ok := os.LookupEnv(name); ok {
			env[name] = value
		}
	}
	return env
}

//nolint:paralleltest // it changes the process's environment
func TestFallback(t *testing.T) {
	pair := map[string]string{"AIRBYTE_CLIENT_ID": "id", "AIRBYTE_CLIENT_SECRET": "secret"}
	tests := []struct {
		name            string
		env             map[string]string
		settings        string
		line            string
		platform, model bool // simulated
	}{
		{"nothing set", nil, "", "offline: a simulated Airbyte Agent API and a scripted model", true, true},
		{"empty settings", nil, `{"settings":{"workspace":"default"}}`, "offline: a simulated", true, true},
		{"model key", map[string]string{"OPENAI_API_KEY": "k"}, "", "the model is live, from api.openai.com", true, false},
		{"model server without key", map[string]string{"OPENAI_BASE_URL": "http://me:pw@127.0.0.1:1/v1?key=pw@k"}, "", "the model is live, from 127.0.0.1:1\n", true, false},
		{"model server without a scheme", map[string]string{"OPENAI_BASE_URL": "me:pw@127.0.0.1:1/v1"}, "", "the model is live, from the address in OPENAI_BASE_URL\n", true, false},
		{"pair", pair, "", "live: Airbyte, credentials from the environment; the model is scripted, on this machine, and only reads", false, true},
		{"half a pair", map[string]string{"AIRBYTE_CLIENT_ID": "id", "OPENAI_API_KEY": "k"}, "", "live: Airbyte, credentials from the environment; the model from", false, false},
		{"settings", nil, `{"settings":{"credentials":{"client_id":"id","client_secret":"s"}}}`, "settings.json; the model is scripted", false, true},
		{"half in settings", nil, `{"settings":{"credentials":{"client_id":"id"}}}`, "live: ", false, true},
		{"malformed settings", nil, `{`, "live: ", false, true},
		{"workspace set", map[string]string{"AIRBYTE_WORKSPACE": "mine"}, "", "offline: ", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			prepare(t, tt.env, tt.settings)
			before := environment(variables)
			var out strings.Builder
			stop, err := sandbox.Fallback(&out)
			if err != nil {
				t.Fatal(err)
			}
			line := out.String()
			if strings.Count(line, "\n") != 1 || !strings.Contains(line, tt.line) || strings.Contains(line, "pw@") {
				t.Errorf("it says %q, want %q in it", line, tt.line)
			}
			wantNamed(t, line, tt.platform, "AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET")
			wantNamed(t, line, tt.model, "OPENAI_API_KEY")
			during := environment(variables)
			wantSimulated(t, during, before, tt.platform, "AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET", "AIRBYTE_ORGANIZATION_ID", "AIRBYTE_API_HOST")
			wantSimulated(t, during, before, tt.model, "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL")
			if tt.env["AIRBYTE_WORKSPACE"] != "" && during["AIRBYTE_WORKSPACE"] != sandbox.Workspace {
				t.Errorf("the workspace is %q", during["AIRBYTE_WORKSPACE"])
			}
			stop()
			stop()
			wantSimulated(t, environment(variables), before, false, variables...)
		})
	}
}

func wantNamed(t *testing.T, line string, named bool, names ...string) {
	t.Helper()
	for _, name := range names {
		if strings.Contains(line, name) != named {
			t.Errorf("%q names %s: want %v", line, name, named)
		}
	}
}

// wantSimulated checks that the variables were set, or that they were left.
func wantSimulated(t *testing.T, now, before map[string]string, simulated bool, names ...string) {
	t.Helper()
	for _, name := range names {
		switch {
		case !simulated && now[name] != before[name]:
			t.Errorf("%s is %q, it was %q", name, now[name], before[name])
		case simulated && now[name] == "":
			t.Errorf("%s is not set", name)
		}
	}
}

//nolint:paralleltest // it changes the process's environment
func TestFallbackWorks(t *testing.T) {
	prepare(t, nil, "")
	var out strings.Builder
	stop, err := sandbox.Fallback(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	c := &client{t: t, base: os.Getenv("AIRBYTE_API_HOST"), org: os.Getenv("AIRBYTE_ORGANIZATION_ID")}
	c.login()
	c.want(c.execute(getMe), http.StatusOK)
	asked := &client{t: t, base: os.Getenv("OPENAI_BASE_URL"), token: os.Getenv("OPENAI_API_KEY")}
	got := asked.post("/chat/completions", `{"model":"`+os.Getenv("OPENAI_MODEL")+`","messages":[{"role":"user","content":"hello"}]}`)
	asked.want(got, http.StatusOK)
}

// ask puts a question with a connector's tool to the model, runs the calls it
// makes on the API, and returns what it says then.
func (c *client) ask(live *client, question string) string {
	c.t.Helper()
	const tool = `{"name":"pylon_execute","parameters":{"type":"object","properties":` +
		`{"entity":{"type":"string"},"action":{"type":"string"},"params":{"type":"object"}},"required":["entity","action"]}}`
	messages := `{"role":"user","content":"` + question + `"}`
	for range 5 {
		got := c.post("/chat/completions", `{"model":"any","tools":[{"type":"function","function":`+tool+`}],"messages":[`+messages+`]}`)
		c.want(got, http.StatusOK)
		made := got.get("choices.0.message.tool_calls")
		if len(made.Array()) == 0 {
			return got.get("choices.0.message.content").String()
		}
		messages += "," + got.get("choices.0.message").Raw
		for _, one := range made.Array() {
			result, err := json.Marshal(live.execute(one.Get("function.arguments").String()).get("result").Raw)
			if err != nil {
				c.t.Fatal(err)
			}
			messages += `,{"role":"tool","tool_call_id":"` + one.Get("id").String() + `","content":` + string(result) + `}`
		}
	}
	c.t.Fatal("no answer after five rounds")
	return ""
}

// TestFallbackNeverWritesToLiveData: the account is real (another sandbox
// plays it), the model a script.
//
//nolint:paralleltest // it changes the process's environment
func TestFallbackNeverWritesToLiveData(t *testing.T) {
	box, live := connect(t)
	prepare(t, map[string]string{
		"AIRBYTE_CLIENT_ID": sandbox.ClientID, "AIRBYTE_CLIENT_SECRET": sandbox.ClientSecret, "AIRBYTE_API_HOST": box.PlatformURL(),
	}, "")
	var out strings.Builder
	stop, err := sandbox.Fallback(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	asked := &client{t: t, base: os.Getenv("OPENAI_BASE_URL"), token: os.Getenv("OPENAI_API_KEY")}
	for _, question := range []string{
		"Add a note to issue 1042: the fix ships on Monday",
		"Please reply to issue 1042: we are looking into it",
		"Close issue 1448",
		"Assign issue 1434 to the Billing team",
		"Create a tag called churn-risk",
		"Delete the tag billing",
	} {
		if said := asked.ask(live, question); !strings.Contains(said, "I changed nothing") {
			t.Errorf("%s: %q", question, said)
		}
	}
	if sent := box.Count(sandbox.RouteExecute); sent != 0 {
		t.Errorf("%d actions sent for what it turns down", sent)
	}
	if said := asked.ask(live, "List the teams."); !strings.Contains(said, "I found") {
		t.Errorf("it does not read: %q", said)
	}
	for _, r := range box.Requests() {
		if r.Route == sandbox.RouteExecute && (r.Entity != "teams" || r.Action != "list") {
			t.Errorf("sent %s.%s", r.Entity, r.Action)
		}
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken pipe")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

//nolint:paralleltest // it changes the process's environment
func TestFallbackPutsTheEnvironmentBackWhenItFails(t *testing.T) {
	prepare(t, nil, "")
	if _, err := sandbox.Fallback(brokenWriter{}); !errors.Is(err, errBroken) {
		t.Errorf("error %v", err)
	}
	wantSimulated(t, environment(variables), nil, false, variables...)
}
