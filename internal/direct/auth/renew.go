package auth

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// fetchLimit bounds one exchange for tokens with its retries and the program's
// own storing of them, since it outlives the caller that started it.
const fetchLimit = time.Minute

// Grant returns what the next request carries. It waits for an access token
// when there is none or the last one has ended. One whose end is near is
// returned at once and renewed behind the caller's back: whatever comes of that
// counts only when the token has ended. Nothing is fetched otherwise, and no
// error is possible.
//
// A refused token request is an error of kind [fault.Auth]; one that found
// nobody home is [fault.Unavailable] or [fault.RateLimited]; the end of ctx is
// [fault.Canceled], and the other callers still get the token.
func (a *Authenticator) Grant(ctx context.Context) (Grant, error) {
	now := a.current.Load()
	if !a.due(now) {
		return Grant{now}, nil
	}
	if a.good(now) {
		a.renewEarly(ctx, now)
		return Grant{now}, nil
	}
	next, err := a.share(ctx, now)
	if err != nil {
		return Grant{}, err
	}
	return Grant{next}, nil
}

// Renew returns the grant to repeat a request with that carried g and was
// answered with 401. It is false, with g itself, when no other token can be
// had: the 401 stands. When the token was renewed since g was taken, the newer
// one comes at once. A renewal that fails is an error of kind [fault.Auth]
// whose cause tells more.
//
// A caller repeats once: a 401 to a new token is a refusal.
func (a *Authenticator) Renew(ctx context.Context, g Grant) (Grant, bool, error) {
	if a.tokens == nil {
		return g, false, nil
	}
	now := a.current.Load()
	if now.access != "" && now.access != g.access() {
		return Grant{now}, true, nil
	}
	next, err := a.share(ctx, now)
	if err != nil {
		return Grant{}, false, notRenewed(err)
	}
	if next.access == g.access() {
		return g, false, nil
	}
	return Grant{next}, true, nil
}

// notRenewed makes an error of the service's 401, which is what the caller met
// first. What only the caller or the program can mend stays as it is.
func notRenewed(err error) error {
	cause, ok := errors.AsType[*fault.Error](err)
	if !ok || cause.Kind == fault.Canceled || cause.Kind == fault.Config {
		return err
	}
	message := "the access token was refused, and renewing it failed: " + cause.Message
	if cause.Status != 0 {
		message += fmt.Sprintf(" (HTTP %d)", cause.Status) // the error's own status is another one
	}
	return &fault.Error{
		Kind:       fault.Auth,
		Status:     http.StatusUnauthorized,
		RetryAfter: cause.RetryAfter,
		Message:    message,
		Hint:       cause.Hint,
		Err:        cause,
	}
}

// share waits for the snapshot after old, no longer than ctx.
func (a *Authenticator) share(ctx context.Context, old *snapshot) (*snapshot, error) {
	if ctx.Err() != nil {
		return nil, canceled(ctx)
	}
	select {
	case <-ctx.Done():
		return nil, canceled(ctx)
	case r := <-a.flight(ctx, old):
		if r.Err != nil {
			return nil, r.Err
		}
		next, _ := r.Val.(*snapshot)
		return next, nil
	}
}

// flight joins the exchange that brings the snapshot after old, or starts it
// with the values of ctx. It goes on whatever becomes of those who wait for it.
// Flights go by serial, so that nobody whose token is already refused joins the
// last moments of the flight that brought it.
func (a *Authenticator) flight(ctx context.Context, old *snapshot) <-chan singleflight.Result {
	return a.flights.DoChan(strconv.FormatUint(old.serial, 10), func() (any, error) {
		next, err := a.exchange(context.WithoutCancel(ctx), old)
		if err != nil {
			a.postpone(old, err)
			return nil, err
		}
		return next, nil
	})
}

// exchange gets new tokens, hands them to the program, and makes them the
// current ones.
func (a *Authenticator) exchange(ctx context.Context, old *snapshot) (*snapshot, error) {
	// A flight that ended between a caller's look and its start left newer ones.
	if now := a.current.Load(); now != old {
		return now, nil
	}
	ctx, cancel := context.WithTimeout(ctx, fetchLimit)
	defer cancel()
	start := a.now()
	got, err := a.tokens.fetch(ctx, old, start)
	if err != nil {
		return nil, err
	}
	if got.refresh == "" {
		got.refresh = old.refresh
	}
	extracted := merged(old.extracted, got.extracted)
	tokens := Tokens{AccessToken: got.access, RefreshToken: got.refresh, TokenType: got.tokenType, Extracted: maps.Clone(extracted)}
	next := &snapshot{serial: old.serial + 1, access: got.access, refresh: got.refresh, extracted: extracted}
	if got.life > 0 {
		tokens.Expiry = start.Add(got.life)
		next.endsAt, next.renewAt = tokens.Expiry, tokens.Expiry.Add(-margin(got.life))
	}
	a.keeper.secrets.AddPassing(got.access)
	a.keeper.secrets.AddPassing(got.refresh)
	a.keeper.keep(ctx, tokens)
	if next.proof, err = a.place.proof(got.access, got.refresh, start); err != nil {
		return nil, err
	}
	a.current.Store(next)
	return next, nil
}

// merged is a with b over it; nil when both are empty.
func merged(a, b map[string]string) map[string]string {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	all := make(map[string]string, len(a)+len(b))
	maps.Copy(all, a)
	maps.Copy(all, b)
	return all
}
