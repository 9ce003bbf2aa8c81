package loader

import "github.com/agentsdk-go/airbyte/internal/manifest"

// The bounds of retries. More is a mistake that would hold a program up for
// days, or hammer a service that asks for rest.
const (
	maxAttempts = 10
	maxDelay    = 24 * 60 * 60 // seconds
	maxBase     = 10
)

func (f *file) readRetry(v value) {
	if !v.present() {
		return
	}
	v.onlyKeys(retryKeys)
	fallback := manifest.DefaultRetry()
	retry := manifest.Retry{
		Attempts:     v.get("max_attempts").wholeUpTo(1, maxAttempts, fallback.Attempts),
		InitialDelay: v.get("initial_delay_seconds").numberWithin(0, maxDelay, fallback.InitialDelay),
		MaxDelay:     v.get("max_delay_seconds").numberWithin(0, maxDelay, fallback.MaxDelay),
		Base:         v.get("exponential_base").numberWithin(1, maxBase, fallback.Base),
		Jitter:       v.get("jitter").flag(fallback.Jitter),
		Statuses:     fallback.Statuses,
		OnTimeout:    v.get("retry_on_timeout").flag(fallback.OnTimeout),
		OnNetwork:    v.get("retry_on_network_error").flag(fallback.OnNetwork),
		WaitHeader:   v.get("retry_after_header").text(),
		WaitFormat:   v.get("retry_after_format").oneOf("seconds", "milliseconds", "unix_timestamp"),
	}
	if retry.WaitHeader == "" {
		retry.WaitHeader = fallback.WaitHeader
	}
	if retry.WaitFormat == "" {
		retry.WaitFormat = fallback.WaitFormat
	}
	if codes := v.get("retry_on_status_codes"); codes.present() {
		retry.Statuses = []int{}
		for code := range codes.items() {
			retry.Statuses = append(retry.Statuses, code.wholeUpTo(100, 599, 0))
		}
	}
	f.doc.Retry = &retry
}

func (f *file) readErrorCheck(v value) {
	if !v.present() {
		return
	}
	v.onlyKeys(errorCheckKeys)
	check := &manifest.ErrorCheck{Field: v.need("field").text(), MessageField: v.get("message_field").text()}
	if trigger := v.get("on_value"); trigger.node != nil {
		check.OnValue = f.json(trigger)
	} else {
		v.problem("on_value is missing")
	}
	f.doc.ErrorCheck = check
}
