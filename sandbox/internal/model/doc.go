// Package model is a scripted stand-in for a language model behind the OpenAI
// wire protocols, so that a tool-calling bot runs without a network and answers
// the same way every time.
//
// It serves Chat Completions and Responses, streamed or not, and the model
// list. There is no language understanding in it: a [Rule] matches the last
// user question by a regular expression and names the tool calls to make; when
// the results arrive the answer is phrased from them. The built-in rules ask a
// Pylon connector, rules of the caller come first. An order that no rule carries
// out is turned down in so many words. Every answer starts with
// "[scripted model] ", so that nobody takes it for the real thing.
//
// # Strictness
//
// The endpoint refuses what OpenAI's own refuses, in the same error shape: tool
// names, description lengths, the number of tools, schemas whose root is no
// object, histories whose tool calls and tool results do not belong together.
// An adapter that passes here has met the real limits. One liberty is taken:
// langchaingo's functions agent replays the bare text of an "__arg1" argument as
// the call's arguments, so text that is not JSON is let through for the tools
// that are offered with that schema.
//
// # Determinism
//
// Identifiers are hashes of the request, token counts are a quarter of the
// characters, and only the creation time depends on the clock.
package model
