package completion_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
)

// color is the value of a flag that knows what it takes.
type color []string

func (color) String() string      { return "" }
func (color) Set(string) error    { return nil }
func (color) Type() string        { return "string" }
func (c color) Choices() []string { return c }

func TestChoosers(t *testing.T) {
	t.Parallel()
	cmd := &cobra.Command{Use: "paint"}
	cmd.Flags().Var(color{"red", "blue"}, "wall", "")
	cmd.Flags().Var(color{"red", "blue"}, "roof", "")
	cmd.Flags().Var(color{}, "any", "")
	cmd.Flags().String("text", "", "")
	completion.Flag(cmd, "roof", []string{"brown"})
	completion.Choosers(cmd)
	for flag, want := range map[string][]string{"wall": {"red", "blue"}, "roof": {"brown"}, "any": nil, "text": nil} {
		var got []string
		if complete, ok := cmd.GetFlagCompletionFunc(flag); ok {
			got, _ = complete(cmd, nil, "")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("--%s (-want +got):\n%s", flag, diff)
		}
	}
}
