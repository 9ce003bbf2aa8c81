package connector_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

// hostReply is what a host of a network answers.
type hostReply struct {
	status int               // 0: 200
	header map[string]string // Content-Type is application/json unless it says otherwise
	body   string
	hold   func(*http.Request) // runs before the answer is written; may be nil
}

// arrival is a request as its host got it.
type arrival struct {
	call   string // such as "GET https://api.test/v1/things?limit=1"
	header http.Header
	body   string
	at     time.Time
}

// network is all hosts of a case: one TLS server on loopback, which the
// clients of its connectors reach under every name. A request that has no
// answer left fails the test.
type network struct {
	t       *testing.T
	server  *httptest.Server
	mu      sync.Mutex
	answers map[string][]hostReply
	arrived []arrival
	refuse  int // how many connections are refused before one is made
}

// newNetwork gives each call its answers, one after the other.
func newNetwork(t *testing.T, answers map[string][]hostReply) *network {
	t.Helper()
	n := &network{t: t, answers: answers}
	n.server = httptest.NewTLSServer(n)
	t.Cleanup(n.server.Close)
	return n
}

func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		n.t.Error(err)
	}
	call := r.Method + " https://" + r.Host + r.RequestURI
	n.mu.Lock()
	n.arrived = append(n.arrived, arrival{call: call, header: r.Header.Clone(), body: string(body), at: time.Now()})
	left := n.answers[call]
	if len(left) > 0 {
		n.answers[call] = left[1:]
	}
	n.mu.Unlock()
	if len(left) == 0 {
		n.t.Errorf("no answer left for %s", call)
		http.Error(w, "no answer left", http.StatusTeapot)
		return
	}
	left[0].write(w, r)
}

func (a *hostReply) write(w http.ResponseWriter, r *http.Request) {
	if a.hold != nil {
		a.hold(r)
	}
	w.Header().Set("Content-Type", "application/json")
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, _ = io.WriteString(w, a.body) // a client that gave up does not read it
}

// client reaches nothing but the network.
func (n *network) client() *http.Client {
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, n.address())
		},
		TLSClientConfig: &tls.Config{
			RootCAs:    n.server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs,
			ServerName: "example.com", // whom the test server's certificate is for
		},
	}
	n.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// address is where the next connection goes: to a port that nobody listens on
// while connections are refused.
func (n *network) address() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.refuse == 0 {
		return n.server.Listener.Addr().String()
	}
	n.refuse--
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	return closed.Listener.Addr().String()
}

// open opens the manifest in the network. Nil credentials are {"token": caseToken}.
func (n *network) open(manifest caseManifest, creds connector.Credentials, opts ...connector.Option) *connector.Connector {
	n.t.Helper()
	conn, err := n.tryOpen(manifest, creds, opts...)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			n.t.Error(err)
		}
	})
	return conn
}

func (n *network) tryOpen(manifest caseManifest, creds connector.Credentials, opts ...connector.Option) (*connector.Connector, error) {
	n.t.Helper()
	if creds == nil {
		creds = connector.Credentials{"token": caseToken}
	}
	return connector.Open(loadCase(n.t, manifest.String()), creds,
		append([]connector.Option{connector.WithHTTPClient(n.client())}, opts...)...)
}

// requests returns what arrived so far.
func (n *network) requests() []arrival {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.arrived)
}

// checkCalls holds the requests so far, in their order, against want.
func (n *network) checkCalls(want ...string) {
	n.t.Helper()
	var got []string
	for _, r := range n.requests() {
		got = append(got, r.call)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		n.t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// checkHeader holds a header of the i-th request against want; absent is none.
func (n *network) checkHeader(i int, name, want string) {
	n.t.Helper()
	requests := n.requests()
	if i >= len(requests) {
		n.t.Fatalf("there is no request %d", i+1)
	}
	if got := requests[i].header.Get(name); got != want {
		n.t.Errorf("request %d (%s): %s = %q, want %q", i+1, requests[i].call, name, got, want)
	}
}

// fine is an answer that has nothing to say.
var fine = []hostReply{{body: `{}`}}

const (
	listThings = "GET https://api.test/v1/things"
	tokenCall  = "POST https://id.test/token"
)
