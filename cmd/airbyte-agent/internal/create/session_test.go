package create_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/create"
	"github.com/agentsdk-go/airbyte/platform"
)

var schedule = create.Schedule{First: 2 * time.Second, Every: 3 * time.Second, Limit: 10 * time.Second}

// looks answers one look after the other, the last one for good, and notes when.
func looks(at *[]time.Duration, answers ...any) func(context.Context) (create.Session, error) {
	begun := time.Now()
	return func(context.Context) (create.Session, error) {
		*at = append(*at, time.Since(begun))
		answer := answers[min(len(*at), len(answers))-1]
		if err, ok := answer.(error); ok {
			return create.Session{}, err
		}
		return create.Session{Status: answer.(string), Error: json.RawMessage(`"no luck"`)}, nil //nolint:forcetypeassert // the table's own
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	away := &platform.Error{Kind: platform.KindUnavailable, Message: "away"}
	tests := []struct {
		name    string
		answers []any
		looks   []time.Duration
		kind    error
		says    string
	}{
		{"at once", []any{"completed"}, []time.Duration{2 * time.Second}, nil, ""},
		{"at the third look", []any{"pending", "", "completed"}, []time.Duration{2 * time.Second, 5 * time.Second, 8 * time.Second}, nil, ""},
		{"after a failing look", []any{away, &platform.Error{Kind: platform.KindRateLimited}, "completed"}, []time.Duration{2 * time.Second, 5 * time.Second, 8 * time.Second}, nil, ""},
		{"never", []any{"pending"}, []time.Duration{2 * time.Second, 5 * time.Second, 8 * time.Second}, create.ErrTimeout, "not entered in time (within 10s)"},
		{"never reached", []any{away}, []time.Duration{2 * time.Second, 5 * time.Second, 8 * time.Second}, create.ErrTimeout, "failed: away"},
		{"failed", []any{"failed"}, []time.Duration{2 * time.Second}, create.ErrCredentials, "no luck"},
		{"error", []any{"pending", "error"}, []time.Duration{2 * time.Second, 5 * time.Second}, create.ErrCredentials, "no luck"},
		{"refused", []any{&platform.Error{Kind: platform.KindPermission, Message: "not yours"}}, []time.Duration{2 * time.Second}, platform.ErrPermission, "not yours"},
		{"gone", []any{&platform.Error{Kind: platform.KindNotFound, Message: "gone"}}, []time.Duration{2 * time.Second}, platform.ErrNotFound, "gone"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var at []time.Duration
				got, err := create.Wait(t.Context(), schedule, looks(&at, tt.answers...))
				if !errors.Is(err, tt.kind) || (err == nil) != (got.Status == "completed") {
					t.Fatalf("got %+v, %v", got, err)
				}
				if err != nil && !strings.Contains(err.Error(), tt.says) {
					t.Errorf("%q does not say %q", err, tt.says)
				}
				if diff := cmp.Diff(tt.looks, at); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		begun := time.Now()
		_, err := create.Wait(ctx, schedule, func(context.Context) (create.Session, error) {
			return create.Session{Status: "pending"}, nil
		})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != 4*time.Second {
			t.Errorf("got %v after %v", err, time.Since(begun))
		}
	})
}

func TestWaitEndsDuringALook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, err := create.Wait(t.Context(), schedule, func(ctx context.Context) (create.Session, error) {
			<-ctx.Done()
			return create.Session{}, ctx.Err()
		})
		if !errors.Is(err, create.ErrTimeout) {
			t.Errorf("got %v", err)
		}
	})
}

func TestParseSession(t *testing.T) {
	t.Parallel()
	s, err := create.ParseSession(json.RawMessage(`{"status":"completed","error":null,"source_id":null,"auth_payload":{"a":9007199254740993}}`))
	if err != nil || s.Status != "completed" || s.SourceID != "" || string(s.AuthPayload) != `{"a":9007199254740993}` {
		t.Errorf("got %+v, %v", s, err)
	}
	for _, raw := range []string{``, `{`, `null`, `[]`, `{}`, `{"status":7,"auth_payload":"canary"}`} {
		if s, err := create.ParseSession(json.RawMessage(raw)); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s gives %+v, %v", raw, s, err)
		}
	}
	for raw, want := range map[string]string{
		`{"status":"failed"}`:                     "entering the credentials failed",
		`{"status":"failed","error":{"why":"x"}}`: `{"why":"x"}`,
	} {
		s, err := create.ParseSession(json.RawMessage(raw))
		if err != nil {
			t.Fatal(err)
		}
		quick := create.Schedule{Every: time.Second, Limit: time.Second}
		_, err = create.Wait(t.Context(), quick, func(context.Context) (create.Session, error) { return s, nil })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v", raw, err)
		}
	}
}
