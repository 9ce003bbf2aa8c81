package mcpserve_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }
