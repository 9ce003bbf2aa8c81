package httpx

import (
	"context"
	"errors"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// sending watches how far one attempt of a write came. Reads go without it:
// it costs allocations, and they may be repeated anyway.
type sending struct {
	trusted bool        // the transport is net/http's own, which reports all
	watched atomic.Bool // the transport reports to us at all
	began   atomic.Bool // the request's head began to be written
}

func (s *sending) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { s.watched.Store(true) },
		// Before the first byte leaves, in HTTP/1 and HTTP/2 alike;
		// WroteHeaders comes after it in HTTP/2.
		WroteHeaderField: func(string, []string) { s.began.Store(true) },
	})
}

// mayHaveArrived reports whether the server could have seen the request. An
// injected transport that reports nothing is believed only when its error
// says that no connection was made.
func (s *sending) mayHaveArrived(err error) bool {
	if s.began.Load() {
		return true
	}
	return !s.trusted && !s.watched.Load() && !isDialError(err)
}

func isDialError(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Op == "dial"
	}
	_, ok := errors.AsType[*net.DNSError](err)
	return ok
}
