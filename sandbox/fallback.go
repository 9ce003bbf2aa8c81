package sandbox

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
)

// The variables that choose the model, and those of open source mode.
const (
	envPylonToken = "PYLON_API_TOKEN" //nolint:gosec // a name, no token
	envPylonHost  = "PYLON_API_HOST"

	envModelKey  = "OPENAI_API_KEY"
	envModelURL  = "OPENAI_BASE_URL"
	envModelName = "OPENAI_MODEL"
)

// noModel is the source of a model that a program does not have.
const noModel = "none"

// modelKey is the key that the scripted model is used with. It takes any.
const modelKey = "sandbox-key-that-is-fake"

// Fallback lets a program run without an account. For each of the two services
// that has no credentials it starts a sandbox and points the environment of
// this process at it: AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET,
// AIRBYTE_ORGANIZATION_ID and AIRBYTE_API_HOST (and AIRBYTE_WORKSPACE, if it is
// set), and OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL.
//
// Airbyte counts as configured when the environment holds a client id or
// secret, even one without the other, or ~/.airbyte-agent/settings.json does,
// even malformed: what is half set up is for Connect to complain about. The
// model counts as configured when OPENAI_API_KEY or OPENAI_BASE_URL is set.
//
// Real data with the scripted model is for reading alone: the model then has no
// rule that writes, and turns down what would change something.
//
// One line is written to w. It begins with "live: " when Airbyte is the real
// one and with "offline: " when it is not, and names the variables that would
// turn what is simulated live. The program calls stop at its end; it closes the
// sandbox and puts the environment back. Fallback changes the environment, so
// call it before other goroutines read it.
func Fallback(w io.Writer) (stop func(), err error) {
	source, err := platformSource()
	if err != nil {
		return nil, err
	}
	return fallBack(w, fallback{face: hostedFace, data: source, model: modelSource()})
}

// FallbackDirect is Fallback for a program of open source mode, which calls
// Pylon itself. In place of Airbyte's variables it sets PYLON_API_TOKEN and
// PYLON_API_HOST, unless PYLON_API_TOKEN is set. pylon.Open reads both, the host
// when Auth.Region is empty.
func FallbackDirect(w io.Writer) (stop func(), err error) {
	return fallBack(w, fallback{face: directFace, data: pylonSource(), model: modelSource()})
}

// FallbackPylon is FallbackDirect for a program without a model, whose variables
// it leaves alone.
func FallbackPylon(w io.Writer) (stop func(), err error) {
	return fallBack(w, fallback{face: directFace, data: pylonSource(), model: noModel})
}

func fallBack(w io.Writer, plan fallback) (stop func(), err error) {
	if plan.needsSandbox() {
		if err := plan.start(); err != nil {
			return nil, err
		}
	}
	if _, err := fmt.Fprintln(w, plan.line()); err != nil {
		plan.stop()
		return nil, fmt.Errorf("sandbox: say what is in use: %w", err)
	}
	return plan.stop, nil
}

// fallback is what Fallback does. An empty source means that there is none, so
// that the sandbox stands in.
type fallback struct {
	face    face
	data    string
	model   string
	box     *Sandbox
	restore []func()
}

// face is where a program gets the data from.
type face struct {
	name, simulated string // as the line calls it
	toLive          string
	variables       func(*Sandbox) map[string]string
	warmUp          bool
}

var (
	hostedFace = face{
		name: "Airbyte", simulated: "a simulated Airbyte Agent API",
		toLive: "set " + settings.EnvClientID + " and " + settings.EnvClientSecret, variables: hostedVariables, warmUp: true,
	}
	directFace = face{name: "Pylon", simulated: "a simulated Pylon", toLive: "set " + envPylonToken, variables: directVariables}
)

func hostedVariables(box *Sandbox) map[string]string {
	variables := map[string]string{
		settings.EnvClientID:     ClientID,
		settings.EnvClientSecret: ClientSecret,
		settings.EnvOrganization: OrganizationID,
		settings.EnvHost:         box.PlatformURL(),
	}
	if os.Getenv(settings.EnvWorkspace) != "" {
		variables[settings.EnvWorkspace] = Workspace // the user's own is not in here
	}
	return variables
}

func directVariables(box *Sandbox) map[string]string {
	return map[string]string{envPylonToken: PylonToken, envPylonHost: box.PylonURL()}
}

func (f *fallback) needsSandbox() bool { return f.data == "" || f.model == "" }

func (f *fallback) start() error {
	var opts []Option
	if f.data != "" {
		opts = append(opts, withReadingModel()) // a script must not change real data
	}
	box, err := Start(opts...)
	if err != nil {
		return err
	}
	f.box = box
	if f.data == "" && f.face.warmUp {
		box.warmUp()
	}
	for key, value := range f.variables() {
		if err := f.set(key, value); err != nil {
			f.stop()
			return err
		}
	}
	return nil
}

func (f *fallback) variables() map[string]string {
	variables := map[string]string{}
	if f.data == "" {
		variables = f.face.variables(f.box)
	}
	if f.model == "" {
		variables[envModelKey] = modelKey
		variables[envModelURL] = f.box.ModelURL() + "/v1"
		variables[envModelName] = model.Name
	}
	return variables
}

// set changes a variable and remembers how it was.
func (f *fallback) set(key, value string) error {
	before, was := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		return fmt.Errorf("sandbox: set %s: %w", key, err)
	}
	f.restore = append(f.restore, func() {
		// Both fail only on a name that cannot be set, and this one was.
		if was {
			_ = os.Setenv(key, before)
		} else {
			_ = os.Unsetenv(key)
		}
	})
	return nil
}

// stop may be called twice.
func (f *fallback) stop() {
	for _, restore := range f.restore {
		restore()
	}
	f.restore = nil
	if f.box != nil {
		f.box.Close()
	}
}

func (f *fallback) line() string {
	switch {
	case f.model == noModel && f.data == "":
		return "offline: " + f.face.simulated + " on this machine; " + f.face.toLive + " to go live"
	case f.model == noModel:
		return "live: " + f.face.name + ", credentials from " + f.data
	case f.data == "" && f.model == "":
		return "offline: " + f.face.simulated + " and a scripted model on this machine; " +
			f.face.toLive + ", and " + envModelKey + ", to go live"
	case f.data == "":
		return "offline: " + f.face.simulated + " on this machine; " + f.face.toLive + " to go live; the model is live, from " + f.model
	case f.model == "":
		return "live: " + f.face.name + ", credentials from " + f.data + "; the model is scripted, on this machine, and only reads; set " + envModelKey + " to go live"
	}
	return "live: " + f.face.name + ", credentials from " + f.data + "; the model from " + f.model
}

// pylonSource says where Pylon's token comes from, "" for nowhere.
func pylonSource() string {
	if strings.TrimSpace(os.Getenv(envPylonToken)) != "" {
		return "the environment"
	}
	return ""
}

// platformSource says where Airbyte credentials come from, "" for nowhere.
func platformSource() (string, error) {
	if os.Getenv(settings.EnvClientID) != "" || os.Getenv(settings.EnvClientSecret) != "" {
		return "the environment", nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", nil //nolint:nilerr // a machine without a home directory has no settings file
	}
	path := filepath.Join(home, ".airbyte-agent", "settings.json")
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("sandbox: read the settings file: %w", err)
	}
	file, err := settings.ParseFile(content)
	if err == nil && file.Credentials.ClientID == "" && file.Credentials.ClientSecret == "" {
		return "", nil
	}
	return "~/.airbyte-agent/settings.json", nil // malformed too: Connect says what is wrong with it
}

// modelSource says where the model is, "" for nowhere. A base URL alone is
// enough: servers on one's own machine often want no key.
func modelSource() string {
	address := strings.TrimSpace(os.Getenv(envModelURL))
	if strings.TrimSpace(os.Getenv(envModelKey)) == "" && address == "" {
		return ""
	}
	if address == "" {
		return "api.openai.com"
	}
	return hostOf(address)
}

// hostOf is the host alone: user, path and query may hold a key.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "the address in " + envModelURL
	}
	return u.Host
}
