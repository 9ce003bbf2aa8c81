package openai

import (
	"time"

	"github.com/agentsdk-go/airbyte/tools"
)

// StepKind says what a [Step] reports.
type StepKind string

// The kinds of steps.
const (
	StepCall    StepKind = "call"    // a tool call starts
	StepResult  StepKind = "result"  // a tool call is over
	StepMessage StepKind = "message" // the model wrote text, before its tool calls or as its answer
)

// Step is one event of a run, given to the function of [WithOnStep].
type Step struct {
	Kind     StepKind      // what happened; it says which fields below are set
	Round    int           // the model request it belongs to, from 1
	Call     Call          // StepCall, StepResult
	Output   tools.Output  // StepResult: what the model reads, or reads in a next run if Err is set
	Duration time.Duration // StepResult
	Err      error         // StepResult: the program's error, which ends the run; else nil
	Text     string        // StepMessage
}
