package openai

import (
	"fmt"

	"github.com/openai/openai-go/v3/responses"
)

// responseStopped says why a response is not an answer, or nil. Compatible
// servers may leave the status out.
func responseStopped(response *responses.Response, refusal string) error {
	switch response.Status {
	case "", responses.ResponseStatusCompleted:
	case responses.ResponseStatusIncomplete:
		return incomplete(response.IncompleteDetails.Reason)
	case responses.ResponseStatusFailed:
		return fmt.Errorf("the model failed: %s: %s", response.Error.Code, response.Error.Message)
	default:
		return fmt.Errorf("the response is %s; runs do not wait for background responses", response.Status)
	}
	if refusal != "" {
		return fmt.Errorf("%w: %s", ErrRefused, refusal)
	}
	return nil
}

func incomplete(reason string) error {
	switch reason {
	case "max_output_tokens":
		return fmt.Errorf("%w; raise MaxOutputTokens or shorten the conversation", ErrLength)
	case "content_filter":
		return ErrContentFilter
	default:
		return fmt.Errorf("the response is incomplete: reason %q", reason)
	}
}

func refusal(response *responses.Response) string {
	for _, item := range response.Output {
		for _, content := range item.Content {
			if content.Type == "refusal" {
				return content.Refusal
			}
		}
	}
	return ""
}
