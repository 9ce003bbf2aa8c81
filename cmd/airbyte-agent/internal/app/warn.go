package app

import (
	"slices"
	"sync"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// Warn tells something that is wrong although the command goes on: at once to a
// person, and where nobody looks at the end, see [App.Warnings].
func (a *App) Warn(text string) {
	if a.Terminal.Err {
		a.Notice("%s", text)
		return
	}
	a.warnings.add(text)
}

// Warnings are those that nobody was told yet. They belong into the one JSON
// value on standard error.
func (a *App) Warnings() []string { return a.warnings.all() }

// warnings may be asked for while a command that was left behind adds to them.
type warnings struct {
	mu    sync.Mutex
	texts []string
}

func (w *warnings) add(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Contains(w.texts, text) {
		w.texts = append(w.texts, text)
	}
}

func (w *warnings) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.texts)
}

// Warning is that value for a command that has succeeded, nil for no warnings.
func Warning(texts []string) []byte {
	if len(texts) == 0 {
		return nil
	}
	return envelope.Encode(struct {
		Type     string   `json:"type"`
		Warnings []string `json:"warnings"`
	}{"warning", texts})
}

// CheckSettings warns when others can read the settings file or change it. One
// that cannot be examined matters only to who needs it, and they are told.
func (a *App) CheckSettings() {
	if warning, err := settings.OS().Permissions(); err == nil && warning != "" {
		a.Warn(warning)
	}
}

// EndInOwnTime keeps an interrupted command from being left behind: for servers,
// which let running calls finish.
func (a *App) EndInOwnTime() { a.patient.Store(true) }

// EndsInItsOwnTime reports whether EndInOwnTime was called.
func (a *App) EndsInItsOwnTime() bool { return a.patient.Load() }
