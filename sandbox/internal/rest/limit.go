package rest

import (
	"sync"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// limiter counts calls per route and minute. The minute of a route begins with
// its first call: when the service's own minutes begin is not known.
type limiter struct {
	now func() time.Time

	mu      sync.Mutex
	minutes map[string]*minute
}

type minute struct {
	began time.Time
	used  int
}

// take counts one call. It returns how many are left in the minute, and how
// long to wait when there was none left for this one.
func (l *limiter) take(route pylon.Route) (remaining int, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, name := l.now(), route.Method+" "+route.Pattern
	current := l.minutes[name]
	if current == nil || now.Sub(current.began) >= time.Minute {
		current = &minute{began: now}
		if l.minutes == nil {
			l.minutes = map[string]*minute{}
		}
		l.minutes[name] = current
	}
	if current.used >= route.PerMinute {
		return 0, current.began.Add(time.Minute).Sub(now)
	}
	current.used++
	return route.PerMinute - current.used, 0
}
