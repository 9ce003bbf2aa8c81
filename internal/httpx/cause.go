package httpx

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/url"
)

// unwrapURL takes off the layer that net/http puts around transport errors: it
// repeats the method and URL, which the caller's message has in better words.
func unwrapURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// ownTimeout keeps the time limits of a dialer or an injected client, which
// call themselves context.DeadlineExceeded, from being taken for the end of
// the caller's context.
func ownTimeout(err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return &networkTimeout{cause: err}
	}
	return err
}

type networkTimeout struct{ cause error }

func (e *networkTimeout) Error() string { return e.cause.Error() }
func (e *networkTimeout) Timeout() bool { return true }
func (e *networkTimeout) Is(target error) bool {
	return target != context.DeadlineExceeded && target != context.Canceled && errors.Is(e.cause, target)
}

// isCertificateError reports a failure that another attempt would repeat.
func isCertificateError(err error) bool {
	_, ok := errors.AsType[*tls.CertificateVerificationError](err)
	return ok
}

// redirected says where an answer pointed, without following it. Only scheme
// and host are told: the rest may carry tokens.
func (a *attempt) redirected(res *http.Response) string {
	message := "redirects are not followed"
	if target, err := res.Location(); err == nil && target.Host != "" {
		message += ": the answer points to " + target.Scheme + "://" + target.Host
	}
	return a.client.secrets.Redact(statusText(res.StatusCode) + ", " + message)
}
