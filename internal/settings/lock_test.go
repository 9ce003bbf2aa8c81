package settings_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// TestUpdateLosesNothing: each update builds on the one before.
func TestUpdateLosesNothing(t *testing.T) {
	t.Parallel()
	const updates = 40
	system, path := onDisk(t, "")
	var wg sync.WaitGroup
	for range updates {
		wg.Go(func() {
			err := system.Update(func(d *settings.Document) error {
				n := 0
				if before := d.File().Workspace; before != "" {
					var err error
					if n, err = strconv.Atoi(before); err != nil {
						return err
					}
				}
				d.SetWorkspace(strconv.Itoa(n + 1))
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	alone(t, path, fmt.Sprintf("{\n  \"settings\": {\n    \"workspace\": \"%d\"\n  }\n}\n", updates))
}

func TestUpdateDoesNotWaitForever(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		system, path := onDisk(t, "")
		var inner error
		started := time.Now()
		err := system.Update(func(*settings.Document) error {
			inner = system.Update(logIn)
			return nil
		})
		if err != nil {
			t.Errorf("the holder of the lock: %v", err)
		}
		if !errors.Is(inner, fault.ErrConfig) || !strings.Contains(inner.Error(), path) || !strings.Contains(inner.Error(), "another program is changing it: try again") {
			t.Errorf("got %v", inner)
		}
		if waited := time.Since(started); waited != 5*time.Second {
			t.Errorf("waited %s", waited)
		}
		alone(t, path, "{\n  \"settings\": {}\n}\n")
	})
}

// TestUpdateAfterACrash: the lock's file of a program that is gone is no lock.
func TestUpdateAfterACrash(t *testing.T) {
	t.Parallel()
	system, path := onDisk(t, `{"settings":{}}`)
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "settings.json.lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := system.Update(func(d *settings.Document) error {
		d.SetWorkspace("a")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	alone(t, path, "{\n  \"settings\": {\n    \"workspace\": \"a\"\n  }\n}\n")
}
