package doctor

import (
	"cmp"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/settings"
)

// Where a value comes from.
const (
	fromFlag    = "the command line"
	fromEnv     = "the environment"
	fromFile    = "the settings file"
	fromDefault = "the default"
	notSet      = "not set"
)

// found are the settings that the other checks use.
type found struct {
	credentials settings.Credentials
	host        string
	workspace   string
}

// settings checks that the settings are there and well-formed, and tells where
// each comes from.
func (d *doctor) settings(r *Report) (found, bool) {
	f, todo, err := d.resolve()
	if err != nil {
		r.fail(checkSettings, err)
		c := r.find(checkSettings)
		c.Hint, c.Values = cmp.Or(c.Hint, todo), d.values(f)
		return found{}, false
	}
	values := d.values(f)
	r.ok(checkSettings, sources(values))
	d.file(r)
	r.find(checkSettings).Values = values
	return f, true
}

// file warns of a settings file that is not as it should be although nothing
// was needed from it, and of one that others can read.
func (d *doctor) file(r *Report) {
	if _, _, err := d.system.Load(); err != nil {
		r.warn(checkSettings, err.Error(), "it is not needed now, because the environment has all there is")
		return
	}
	warning, err := d.system.Permissions()
	if err != nil {
		warning = err.Error()
	}
	if text, todo, _ := strings.Cut(warning, ": "); text != "" {
		r.warn(checkSettings, text, todo)
	}
}

// resolve returns also after an error what it found, and what to do about the
// error.
func (d *doctor) resolve() (f found, todo string, err error) {
	f.credentials, err = d.system.Resolve(settings.Credentials{})
	host, hostErr := d.system.Host("")
	if hostErr == nil {
		f.host = host.String()
	}
	workspace, workspaceErr := d.system.Workspace(d.target.Workspace)
	f.workspace = workspace
	switch {
	case err != nil:
		return f, d.mendCredentials(), err
	case hostErr != nil:
		return f, "mend " + settings.EnvHost + ", or unset it: it is for another host than Airbyte's own", hostErr
	case workspaceErr != nil:
		return f, mendFile, workspaceErr
	}
	return f, "", nil
}

const mendFile = "mend the settings file, or delete it and run airbyte-agent login"

// mendCredentials says what to do about credentials that are not well-formed.
func (d *doctor) mendCredentials() string {
	if id, secret := d.system.Getenv(settings.EnvClientID), d.system.Getenv(settings.EnvClientSecret); id != "" || secret != "" {
		return "set " + settings.EnvClientID + " and " + settings.EnvClientSecret + ", or neither to use those that airbyte-agent login saved"
	}
	if _, _, err := d.system.Load(); err != nil {
		return mendFile
	}
	return "run airbyte-agent login, which saves both halves"
}

// values tells where each setting comes from. What is wrong with the file was
// said before.
func (d *doctor) values(f found) []Value {
	stored, _, _ := d.system.Load()
	env := d.system.Getenv
	id, secret := env(settings.EnvClientID), env(settings.EnvClientSecret)
	values := []Value{
		{"client_id", cmp.Or(id, stored.Credentials.ClientID), source("", id, stored.Credentials.ClientID)},
		{"client_secret", "", source("", secret, stored.Credentials.ClientSecret)},
	}
	organization := stored.OrganizationID
	if id != "" || secret != "" {
		// The file's organization belongs to the file's credentials.
		values[0] = Value{"client_id", id, source("", id, "")}
		values[1] = Value{"client_secret", "", source("", secret, "")}
		organization = ""
	}
	host := Value{"host", f.host, fromDefault}
	if env(settings.EnvHost) != "" {
		host.Source = fromEnv
	}
	workspace := Value{"workspace", f.workspace, source(d.target.Workspace, env(settings.EnvWorkspace), stored.Workspace)}
	if workspace.Source == notSet {
		workspace.Source = fromDefault
	}
	return append(values,
		Value{"organization_id", cmp.Or(env(settings.EnvOrganization), organization), source("", env(settings.EnvOrganization), organization)},
		workspace, host)
}

func source(flag, env, file string) string {
	switch {
	case flag != "":
		return fromFlag
	case env != "":
		return fromEnv
	case file != "":
		return fromFile
	default:
		return notSet
	}
}

// sources says in one sentence where the values come from, those of one source
// together.
func sources(values []Value) string {
	called := map[string]string{"client_id": "client id", "client_secret": "secret", "organization_id": "organization"}
	var order []string
	names := map[string][]string{} // by source
	for _, v := range values {
		name, short := called[v.Name]
		if !short {
			name = v.Name + " " + v.Value
		}
		if len(names[v.Source]) == 0 {
			order = append(order, v.Source)
		}
		names[v.Source] = append(names[v.Source], name)
	}
	ends := map[string]string{fromDefault: " by default", notSet: " not set"}
	parts := make([]string, len(order))
	for i, source := range order {
		parts[i] = strings.Join(names[source], ", ") + cmp.Or(ends[source], " from "+source)
	}
	return strings.Join(parts, "; ")
}
