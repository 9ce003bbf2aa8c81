package openai_test

import (
	"testing"
)

func messageItem(text string) map[string]any {
	return map[string]any{
		"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
		"content": []any{map[string]any{"type": "output_text", "text": text, "annotations": []any{}}},
	}
}

func refusalItem(text string) map[string]any {
	return map[string]any{
		"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
		"content": []any{map[string]any{"type": "refusal", "refusal": text}},
	}
}

func callItem(id, name, args string) map[string]any {
	return map[string]any{
		"type": "function_call", "id": "fc_" + id, "call_id": id, "name": name, "arguments": args, "status": "completed",
	}
}

func reasoningItem(encrypted string) map[string]any {
	item := map[string]any{"type": "reasoning", "id": "rs_1", "summary": []any{}}
	if encrypted != "" {
		item["encrypted_content"] = encrypted
	}
	return item
}

func responseReply(t *testing.T, id string, items ...map[string]any) string {
	t.Helper()
	return encode(t, responseObject(id, "completed", items...))
}

func responseObject(id, status string, items ...map[string]any) map[string]any {
	if items == nil {
		items = []map[string]any{}
	}
	return map[string]any{
		"id": id, "object": "response", "created_at": 1, "model": "scripted", "status": status,
		"output": items,
		"usage": map[string]any{
			"input_tokens": 10, "output_tokens": 5, "total_tokens": 15,
			"input_tokens_details":  map[string]any{"cached_tokens": 4},
			"output_tokens_details": map[string]any{"reasoning_tokens": 2},
		},
	}
}
