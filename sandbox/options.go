package sandbox

import (
	"fmt"
	"net/http"
	"time"
)

// Option changes how a sandbox behaves. An option with a value that makes no
// sense makes [Start] fail; a nil option is skipped.
type Option func(*config) error

type config struct {
	port             int
	now              func() time.Time
	tokenLifetime    time.Duration
	tokenRefusal     int
	organizations    int
	workspacePage    int
	extraWorkspaces  int
	extraConnectors  int
	bareResults      bool
	paging           PagingKeys
	issueWindow      time.Duration
	pageSizes        map[string]int
	rules            []Rule
	readingModel     bool
	scopedTokenLimit time.Duration
	account          Account
	widget           WidgetOutcome

	pylonRateLimits     bool
	pylonRetryAfter     bool
	pylonLastPagination bool
	pylonEmptyData      bool
}

func newConfig(opts []Option) (config, error) {
	cfg := config{
		now:              time.Now,
		tokenLifetime:    15 * time.Minute,
		scopedTokenLimit: 20 * time.Minute,
		tokenRefusal:     http.StatusUnauthorized,
		organizations:    1,
		workspacePage:    maxPageSize,
	}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(&cfg); err != nil {
			return config{}, fmt.Errorf("sandbox: %w", err)
		}
	}
	return cfg, nil
}

// WithClock makes the sandbox read the time from now: token expiry, timestamps
// and the request log follow it. The default is time.Now.
func WithClock(now func() time.Time) Option {
	return func(c *config) error {
		if now == nil {
			return fmt.Errorf("WithClock: the clock is nil")
		}
		c.now = now
		return nil
	}
}

// WithTokenLifetime sets how long application tokens live, in whole seconds.
// The default is 15 minutes. [Sandbox.ExpireTokens] ends them all at once.
func WithTokenLifetime(d time.Duration) Option {
	return func(c *config) error {
		if d < time.Second || d%time.Second != 0 {
			return fmt.Errorf("WithTokenLifetime: %v is not a positive number of whole seconds", d)
		}
		c.tokenLifetime = d
		return nil
	}
}

// WithTokenRefusal sets the status that the token route answers to a wrong
// client id or secret: 401 (the default), 403 or 500. All three have been seen.
func WithTokenRefusal(status int) Option {
	return func(c *config) error {
		switch status {
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusInternalServerError:
			c.tokenRefusal = status
			return nil
		}
		return fmt.Errorf("WithTokenRefusal: %d is none of 401, 403, 500", status)
	}
}

// WithOrganizations makes the credentials belong to n organizations instead of
// one. With more than one, a request without the X-Organization-Id header is
// answered 400. The first is [OrganizationID]; the others hold an empty
// "default" workspace each.
func WithOrganizations(n int) Option {
	return func(c *config) error {
		if n < 1 {
			return fmt.Errorf("WithOrganizations: %d is less than 1", n)
		}
		c.organizations = n
		return nil
	}
}

// WithWorkspacePageSize limits a page of the workspace list to n rows, whatever
// limit the request asks for. The default is 100, which is the maximum.
func WithWorkspacePageSize(n int) Option {
	return func(c *config) error {
		if n < 1 || n > maxPageSize {
			return fmt.Errorf("WithWorkspacePageSize: %d is not between 1 and %d", n, maxPageSize)
		}
		c.workspacePage = n
		return nil
	}
}

// WithExtraWorkspaces adds n empty workspaces, named workspace-1, workspace-2
// and so on, to the first organization.
func WithExtraWorkspaces(n int) Option {
	return func(c *config) error {
		if n < 0 {
			return fmt.Errorf("WithExtraWorkspaces: %d is negative", n)
		}
		c.extraWorkspaces = n
		return nil
	}
}

// WithExtraConnectors adds n more Pylon connectors to the default workspace, so
// that the name "pylon" is ambiguous in it.
func WithExtraConnectors(n int) Option {
	return func(c *config) error {
		if n < 0 {
			return fmt.Errorf("WithExtraConnectors: %d is negative", n)
		}
		c.extraConnectors = n
		return nil
	}
}

// WithBareResults makes list results plain arrays. The default is an object
// with data and meta; the real service is documented with both.
func WithBareResults() Option {
	return func(c *config) error {
		c.bareResults = true
		return nil
	}
}

// PagingKeys says how connector_metadata spells the paging of a list. All three
// have been seen.
type PagingKeys int

// The spellings.
const (
	PagingNextCursor PagingKeys = iota // next_cursor, has_next_page
	PagingEndCursor                    // end_cursor, has_next_page
	PagingCamelCase                    // endCursor, hasNextPage
)

// WithPagingKeys chooses the spelling of paging keys. The default is
// [PagingNextCursor].
func WithPagingKeys(keys PagingKeys) Option {
	return func(c *config) error {
		if keys < PagingNextCursor || keys > PagingCamelCase {
			return fmt.Errorf("WithPagingKeys: %d is no spelling", keys)
		}
		c.paging = keys
		return nil
	}
}

// WithIssueWindow sets the longest span that listing issues accepts. The default
// is 30 days; Pylon has documented 365 days too.
func WithIssueWindow(window time.Duration) Option {
	return func(c *config) error {
		if window <= 0 {
			return fmt.Errorf("WithIssueWindow: %v is not positive", window)
		}
		c.issueWindow = window
		return nil
	}
}

// WithPageSize limits a page of an entity's list to n rows, as "issues" with 10.
// The default is 100 for issues, accounts and contacts, and all rows for the
// other lists.
func WithPageSize(entity string, n int) Option {
	return func(c *config) error {
		if n < 1 {
			return fmt.Errorf("WithPageSize: %d rows of %s is less than 1", n, entity)
		}
		if c.pageSizes == nil {
			c.pageSizes = map[string]int{}
		}
		c.pageSizes[entity] = n
		return nil
	}
}

// WithModelRules puts rules before the built-in ones of the scripted model.
func WithModelRules(rules ...Rule) Option {
	return func(c *config) error {
		c.rules = append(c.rules, rules...)
		return nil
	}
}

// withReadingModel keeps the scripted model from everything that writes.
func withReadingModel() Option {
	return func(c *config) error {
		c.readingModel = true
		return nil
	}
}
