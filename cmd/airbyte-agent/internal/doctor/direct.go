package doctor

import (
	"context"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/connector"
)

// direct checks the way to the service itself.
func (d *doctor) direct(ctx context.Context, r *Report) {
	r.skip(notTried, checkSettings, checkHost, checkClock, checkHealth, checkRead)
	w := newWatch(d.now)
	d.target.Options = []connector.Option{connector.WithHTTPClient(w.client()), connector.WithRetries(0)}
	// Nobody is asked for credentials: that there are none is what to find out.
	quiet := &app.App{In: d.app.In, Out: d.app.Out, Err: d.app.Err, Version: d.app.Version, Flags: d.app.Flags}
	conn, err := d.target.Open(ctx, quiet)
	if err != nil {
		r.fail(checkSettings, err)
		return
	}
	defer conn.Close()
	r.ok(checkSettings, "credentials for "+conn.Name()+" are there")
	d.use(ctx, r, conn)
	health := r.find(checkHealth)
	if !w.report(r, health.err) && health.Status == Failed {
		r.skip("the host was not reached", checkHealth, checkRead)
	}
}
