package openai

import (
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"
)

func addChatUsage(sum *openai.CompletionUsage, u openai.CompletionUsage) {
	sum.PromptTokens += u.PromptTokens
	sum.CompletionTokens += u.CompletionTokens
	sum.TotalTokens += u.TotalTokens

	in, out := &sum.PromptTokensDetails, &sum.CompletionTokensDetails
	in.AudioTokens += u.PromptTokensDetails.AudioTokens
	in.CachedTokens += u.PromptTokensDetails.CachedTokens
	in.CacheWriteTokens += u.PromptTokensDetails.CacheWriteTokens
	in.ImageTokens += u.PromptTokensDetails.ImageTokens
	in.TextTokens += u.PromptTokensDetails.TextTokens
	out.AcceptedPredictionTokens += u.CompletionTokensDetails.AcceptedPredictionTokens
	out.AudioTokens += u.CompletionTokensDetails.AudioTokens
	out.ReasoningTokens += u.CompletionTokensDetails.ReasoningTokens
	out.RejectedPredictionTokens += u.CompletionTokensDetails.RejectedPredictionTokens
	out.TextTokens += u.CompletionTokensDetails.TextTokens
}

func addResponseUsage(sum *responses.ResponseUsage, u responses.ResponseUsage) {
	sum.InputTokens += u.InputTokens
	sum.OutputTokens += u.OutputTokens
	sum.TotalTokens += u.TotalTokens
	sum.InputTokensDetails.CachedTokens += u.InputTokensDetails.CachedTokens
	sum.InputTokensDetails.CacheWriteTokens += u.InputTokensDetails.CacheWriteTokens
	sum.OutputTokensDetails.ReasoningTokens += u.OutputTokensDetails.ReasoningTokens
}
