package connector_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestDownloadsAreStreamed(t *testing.T) {
	t.Parallel()
	half := make(chan struct{}) // closed when the first half was read
	srv := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "first ")
		http.NewResponseController(w).Flush() //nolint:errcheck // a client that is gone fails the test itself
		<-half
		_, _ = io.WriteString(w, "second")
	})
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	conn := openCase(t, downloading("").String(), srv, nil, connector.WithLogger(logger))
	body, err := conn.Download(t.Context(), "things", connector.Params{"id": "7"})
	if err != nil {
		close(half)
		t.Fatal(err)
	}
	defer body.Close()
	first := make([]byte, len("first "))
	_, err = io.ReadFull(body, first)
	close(half)
	if err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(body)
	if got := string(first) + string(rest); got != "first second" || err != nil {
		t.Errorf("file = %q, %v", got, err)
	}
	for _, absent := range []string{"first", "second", caseToken} {
		if strings.Contains(log.String(), absent) {
			t.Errorf("the log holds %q: %s", absent, log.String())
		}
	}
}

func TestDownloadsSendWhatTheyDeclare(t *testing.T) {
	t.Parallel()
	manifest := downloading(`
  - {name: X-Version, in: header, schema: {type: string, default: "2"}}
  - {name: alt, in: query, required: true, schema: {type: string, enum: [media, json], default: media}}
requestBody: {content: {application/json: {schema: {type: object, required: [format], properties: {format: {type: string}}}}}}
`)
	manifest.Method = "post"
	const call = "POST https://api.test/v1/things/7?alt=media"
	n := newNetwork(t, map[string][]hostReply{call: bytesOf("f")})
	conn := n.open(manifest, nil)
	checkFile(t, conn, connector.Params{"format": "pdf"}, "f")
	n.checkCalls(call)
	n.checkHeader(0, "X-Version", "2")
	n.checkHeader(0, "Content-Type", "application/json")
	if got := n.requests()[0].body; got != `{"format":"pdf"}` {
		t.Errorf("body = %s", got)
	}
	_, err := fetch(t, conn, connector.Params{"format": "pdf", "alt": "xml"})
	failure{kind: connector.ErrValidation, call: "things.download", says: []string{`"alt" cannot be "xml"`}}.check(t, err)
	_, err = fetch(t, conn, nil)
	failure{kind: connector.ErrValidation, call: "things.download", says: []string{`"format" is missing`}}.check(t, err)
	n.checkCalls(call)
}
