package sandbox_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestWithPort(t *testing.T) {
	t.Parallel()
	first, err := sandbox.Start(sandbox.WithPort(0))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	address, err := url.Parse(first.PlatformURL())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(address.Port())
	if err != nil {
		t.Fatal(err)
	}

	if second, err := sandbox.Start(sandbox.WithPort(port)); err == nil {
		second.Close()
		t.Fatalf("a second sandbox took port %d, too", port)
	} else if !strings.Contains(err.Error(), address.Port()) {
		t.Errorf("error %q does not name the port", err)
	}

	first.Close()
	again, err := sandbox.Start(sandbox.WithPort(port))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if again.PlatformURL() != first.PlatformURL() {
		t.Errorf("address %s, want %s", again.PlatformURL(), first.PlatformURL())
	}
}

func TestWithPortRefuses(t *testing.T) {
	t.Parallel()
	for _, port := range []int{-1, 65536} {
		box, err := sandbox.Start(sandbox.WithPort(port))
		if err == nil {
			box.Close()
			t.Errorf("port %d was taken", port)
		}
	}
}
