package httpx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// maxErrorBody is how much of an error's body is read. What a server has to
// say fits; an error page of megabytes is not worth the wait.
const maxErrorBody = 256 << 10

// maxSecret is the longest secret looked for at a cut.
const maxSecret = 4 << 10

// attempt is one try of a request.
type attempt struct {
	client  *Client
	req     *Request
	caller  context.Context // the caller's, without the attempt's own limit
	sending *sending        // nil for reads
	number  int
	start   time.Time
}

// Do sends the request and reads the answer, trying again as the package
// comment says. Any status but 2xx is an *Error.
func (c *Client) Do(ctx context.Context, req *Request) (*Response, error) {
	var res *Response
	err := c.retry(ctx, req.Gate, func(n int) *Error {
		var failed *Error
		res, failed = c.once(ctx, req, n)
		return failed
	})
	if err != nil {
		return nil, err
	}
	return res, nil
}

func (c *Client) once(ctx context.Context, req *Request, n int) (*Response, *Error) {
	limited, stop := limit(ctx, req.Timeout)
	defer stop()
	res, a, failed := c.open(ctx, limited, req, n)
	if failed != nil {
		return nil, failed
	}
	defer closeBody(res)
	body, err := readBody(res, c.maxBytes)
	if err != nil {
		return nil, a.fail(res, a.unread(limited, res.StatusCode, err))
	}
	if req.Accept != nil {
		if err := req.Accept(body); err != nil {
			return nil, a.fail(res, a.unreadable(res.StatusCode, err))
		}
	}
	a.log(res, nil)
	return &Response{Status: res.StatusCode, Header: res.Header, Body: body}, nil
}

// open sends the request and returns a success with its body unread.
func (c *Client) open(caller, limited context.Context, req *Request, n int) (*http.Response, *attempt, *Error) {
	a := &attempt{client: c, req: req, caller: caller, number: n, start: time.Now()}
	if ended := caller.Err(); ended != nil {
		return nil, a, a.failure(fault.Canceled, 0, "not sent", ended)
	}
	ctx := limited
	if req.Write {
		a.sending = &sending{trusted: c.reports}
		ctx = a.sending.watch(ctx)
	}
	client := &c.http
	if req.Follow {
		client = &c.follows
	}
	res, err := client.Do(req.build(ctx, !c.reports || c.http.Jar != nil))
	if err != nil {
		return nil, a, a.fail(nil, a.lost(limited, err))
	}
	if res.StatusCode < 200 || res.StatusCode > 299 {
		defer closeBody(res)
		return nil, a, a.fail(res, a.refused(res))
	}
	return res, a, nil
}

// ErrTimeout is the attempt's own limit. It is not context.DeadlineExceeded,
// which would say that the caller's context had ended.
var ErrTimeout = errors.New("no answer in time")

func limit(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, d, ErrTimeout)
}

func closeBody(res *http.Response) {
	_ = res.Body.Close() // the answer is read or given up: nothing depends on it
}

// lost is the error of a request that got no answer.
func (a *attempt) lost(limited context.Context, err error) *Error {
	sent := a.sending != nil && a.sending.mayHaveArrived(err)
	return a.interrupted(limited, sent, 0, "no answer", err)
}

// unread is the error of an answer whose body was cut or is too long.
func (a *attempt) unread(limited context.Context, status int, err error) *Error {
	if errors.Is(err, ErrTooLarge) {
		failed := a.failure(fault.Validation, status, err.Error(), err)
		if a.req.Write {
			failed.Kind = fault.UnknownOutcome
		}
		return failed
	}
	return a.interrupted(limited, a.req.Write, status, "incomplete answer", err)
}

// unreadable is the error of an answer that Accept did not take. It came
// whole, so asking again would bring the same, such as a login page.
func (a *attempt) unreadable(status int, err error) *Error {
	failed := a.unavailable(a.req.Write, status, "unreadable answer", err)
	failed.retry = false
	return failed
}

// interrupted sorts a failed exchange by who ended it: the caller's context,
// the attempt's own limit, or the network.
func (a *attempt) interrupted(limited context.Context, sent bool, status int, what string, err error) *Error {
	if ended := a.caller.Err(); ended != nil {
		kind := fault.Canceled
		if sent {
			kind = fault.UnknownOutcome
		}
		return a.failure(kind, status, what, ended)
	}
	if errors.Is(context.Cause(limited), ErrTimeout) {
		failed := a.unavailable(sent, status, fmt.Sprintf("%s within %s", what, a.req.Timeout), ErrTimeout)
		failed.retry = failed.retry && a.client.policy.OnTimeout
		return failed
	}
	failed := a.unavailable(sent, status, what, ownTimeout(unwrapURL(err)))
	failed.retry = failed.retry && a.client.policy.passes(err) && !isCertificateError(err) && !errors.Is(err, errRedirect)
	return failed
}

func (a *attempt) unavailable(sent bool, status int, what string, err error) *Error {
	if sent {
		return a.failure(fault.UnknownOutcome, status, what, err)
	}
	failed := a.failure(fault.Unavailable, status, what, err)
	failed.retry = true
	return failed
}

func (a *attempt) failure(kind fault.Kind, status int, what string, err error) *Error {
	err = a.client.secrets.redactError(err)
	message := what
	switch {
	case errors.Is(err, ErrTooLarge):
	case errors.Is(err, ErrTimeout):
	default:
		message = what + ": " + err.Error()
	}
	return &Error{Kind: kind, Status: status, Message: message, Err: err}
}

// refused is the error of a status that is no success. It survives every
// body: an unreadable one only says less.
func (a *attempt) refused(res *http.Response) *Error {
	status := res.StatusCode
	failed := &Error{Kind: fault.OfStatus(status), Status: status}
	failed.RetryAfter, _ = a.client.policy.Wait(res.Header, time.Now())
	if a.req.Write && status >= 500 {
		failed.Kind = fault.UnknownOutcome
	}
	failed.retry = a.client.policy.repeats(status) && (!a.req.Write || status == http.StatusTooManyRequests)
	if status >= 300 && status < 400 {
		failed.Message = a.redirected(res)
		return failed
	}
	body := errorBody(res)
	failed.Message, failed.Fields = a.client.explain(body)
	failed.Detail = a.client.detail(body)
	failed.Message = introduced(failed.Message, status)
	return failed
}

// introduced puts the status in words before what is no sentence by itself,
// such as a bare JSON value.
func introduced(message string, status int) string {
	first, _ := utf8.DecodeRuneInString(message)
	switch {
	case message == "":
		return statusText(status) + " (no explanation given)"
	case unicode.IsLetter(first) && message != "true" && message != "false":
		return message
	default:
		return statusText(status) + ": " + message
	}
}

// errorBody reads what came of an error's body: before a cut, it still helps.
// Of a longer one the end is left out, where our limit may have split a secret
// that would then not be recognised.
func errorBody(res *http.Response) []byte {
	var body bytes.Buffer
	n, _ := io.Copy(&body, io.LimitReader(res.Body, maxErrorBody))
	if n == maxErrorBody {
		body.Truncate(maxErrorBody - maxSecret)
	}
	return body.Bytes()
}

func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return text
	}
	return fmt.Sprintf("status %d", status)
}
