package connector

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/fault"
)

// Credentials are what a service asks of a program, by the names of its
// manifest: {"api_token": ...} for Pylon. Manifest.AuthSchemes lists them. Empty
// values count as absent.
type Credentials map[string]string

// Open returns a connector that calls the service itself, with credentials that
// the program holds. It does no I/O.
//
// Errors match ErrConfig: missing, unknown or ambiguous credentials, a server
// address that lacks a configuration value, an option of hosted mode.
func Open(m *Manifest, creds Credentials, opts ...Option) (*Connector, error) {
	c := call{op: "open"}
	if m == nil || m.doc == nil {
		return nil, c.fail(KindConfig, "the manifest is nil; get one from LookupManifest or LoadManifest")
	}
	c.op = "open " + m.Name()
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, c.config(err)
	}
	if err := cfg.only(directMode); err != nil {
		return nil, c.config(err)
	}
	cfg.direct.Credentials = creds
	client, err := direct.New(m.doc, cfg.direct)
	if err != nil {
		return nil, c.wrap(err)
	}
	ops := newOperations(m.direct(client.Fills), true)
	m.acceptHidden(ops)
	return &Connector{name: m.Name(), ops: ops, exec: &directly{client: client}}, nil
}

// directly executes on the service itself.
type directly struct{ client *direct.Client }

func (d *directly) execute(ctx context.Context, c call, params json.RawMessage) (*Result, error) {
	if c.action == "download" {
		return nil, c.streamed()
	}
	res, err := d.client.Execute(ctx, c.entity, c.action, params)
	if err != nil {
		return nil, c.wrap(err)
	}
	return &Result{Data: res.Data, Compact: res.Compact, partial: res.Partial, sent: res.Sent, Meta: Meta{
		HasMore: res.HasMore, Cursor: res.Cursor, Warning: res.Warning, Raw: res.Raw,
	}}, nil
}

func (d *directly) download(ctx context.Context, c call, params json.RawMessage) (io.ReadCloser, error) {
	body, err := d.client.Download(ctx, c.entity, params)
	if err != nil {
		return nil, c.wrap(err)
	}
	return &download{ReadCloser: body, call: c}, nil
}

func (d *directly) check(ctx context.Context) (Health, error) {
	h, err := d.client.Check(ctx)
	if err != nil {
		return Health{}, call{op: "check"}.wrap(err)
	}
	return Health{OK: h.Status == direct.Healthy || h.Status == direct.Skipped, Status: h.Status, Message: h.Message}, nil
}

func (d *directly) checkEntities(ctx context.Context, names []string) (Health, error) {
	found, err := d.client.CheckEntities(ctx, names)
	if err != nil {
		return Health{}, call{op: "check"}.wrap(err)
	}
	all := Health{OK: true, Status: direct.Healthy}
	for _, h := range found {
		all.Entities = append(all.Entities, EntityHealth{Entity: h.Entity, Status: h.Status, Message: h.Message, HTTPStatus: h.Code})
		if h.Status == direct.Unhealthy || h.Status == direct.Failed {
			all.OK, all.Status = false, direct.Unhealthy
		}
	}
	return all, nil
}

func (d *directly) close() error {
	d.client.Close()
	return nil
}

// wrapFault makes an error of c out of a failure of direct mode.
func (c call) wrapFault(err error) (*Error, bool) {
	from, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return nil, false
	}
	e := c.fail(from.Kind, "%s", from.Message)
	e.Status, e.RetryAfter, e.Hint, e.Err = from.Status, from.RetryAfter, from.Hint, err
	e.Allowed, e.DidYouMean = from.Allowed, from.DidYouMean
	return e, true
}

// streamed is the error of a download that is asked for as a result: a file is
// no JSON, and may be larger than memory.
func (c call) streamed() error {
	e := c.fail(KindUnsupported, "a download gives a file, which is no result")
	e.Hint = "use Connector.Download"
	return e
}

// directOnly is the error of a call that the hosted platform does not offer.
func (c call) directOnly() error {
	e := c.fail(KindUnsupported, "the hosted platform does not offer this; only open source mode has it")
	e.Hint = "open the connector with Open"
	return e
}

// hostedOnly is the error of a call that only the hosted platform answers.
func (c call) hostedOnly() error {
	e := c.fail(KindUnsupported, "%s searches the records that Airbyte keeps, which only hosted mode has", action.ContextStoreSearch)
	e.Hint = "open the connector with Connect, or use list or api_search"
	return e
}
