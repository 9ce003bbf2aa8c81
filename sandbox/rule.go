package sandbox

import "github.com/agentsdk-go/airbyte/sandbox/internal/model"

// ModelName is the name of the scripted model. It answers to any other one too.
const ModelName = model.Name

// Rule is one line of the scripted model's script: which questions it answers,
// which tools it calls for them and how it words the answer. Rules given with
// [WithModelRules] are tried before the built-in ones.
type Rule = model.Rule

// Question is what a [Rule] was asked.
type Question = model.Question

// ModelCall is a tool call that a [Rule] wants.
type ModelCall = model.Call

// ModelResult is what came back for a [ModelCall].
type ModelResult = model.Result
