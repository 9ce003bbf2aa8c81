package httpx

import (
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
