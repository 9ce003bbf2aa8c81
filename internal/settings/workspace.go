package settings

// DefaultWorkspace is the workspace of a program that names none.
const DefaultWorkspace = "default"

// Workspace returns the workspace to work in: the given name, else
// AIRBYTE_WORKSPACE, else the settings file's, else [DefaultWorkspace].
// Every error matches fault.ErrConfig.
func (s System) Workspace(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if name := s.Getenv(EnvWorkspace); name != "" {
		return name, nil
	}
	file, _, err := s.read()
	if err != nil {
		return "", err
	}
	if file.Workspace != "" {
		return file.Workspace, nil
	}
	return DefaultWorkspace, nil
}
