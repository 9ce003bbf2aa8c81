package langchaingo_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

func TestDescriptionTellsHowToCall(t *testing.T) {
	t.Parallel()
	golden.Check(t, "description.txt", langchaingo.Tools(weatherSet(t))[0].Description()+"\n")
}

func TestDescriptionStaysWithinBudget(t *testing.T) {
	t.Parallel()
	long, err := tools.Func("weather", strings.Repeat("Größe zählt. ", 76), lookUpWeather)
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.NewSet(long)
	if err != nil {
		t.Fatal(err)
	}
	const shape = `{"city": <string>}`
	tests := map[string]struct {
		budget    int
		longest   int
		withShape bool
	}{
		"default":   {budget: 1024, longest: 1024, withShape: true},
		"tight":     {budget: 60, longest: 60, withShape: true},
		"tiny":      {budget: 10, longest: 10},
		"unlimited": {budget: 0, longest: 4000, withShape: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := langchaingo.ToolsWith(set, langchaingo.WithDescriptionBudget(test.budget))[0].Description()
			if n := utf8.RuneCountInString(got); n > test.longest {
				t.Errorf("%d characters, want at most %d", n, test.longest)
			}
			if !utf8.ValidString(got) {
				t.Errorf("a character was cut in two: %q", got)
			}
			if strings.Contains(got, shape) != test.withShape {
				t.Errorf("description = %q, want the shape: %t", got, test.withShape)
			}
		})
	}
}
