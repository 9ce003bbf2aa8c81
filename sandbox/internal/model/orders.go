package model

import (
	"fmt"
	"strings"
)

// urging may stand before an order that is turned down: more than before one
// that is carried out, as nothing depends on its wording.
const urging = `(?s)^\s*(?:(?:please|kindly|now|then|also|just|next|finally|ok|okay|hi|hello|hey|and|go ahead and|let'?s` +
	`|(?:can|could|would|will)\s+you|you\s+(?:should|must|can|may)` +
	`|i\s*(?:want|need|would\s+like|'d\s+like)\s+(?:you\s+)?to|we\s+(?:want|need)\s+(?:you\s+)?to)[\s,:]+)*`

// verbs of change begin an order. A noun alike needs an object after it.
var verbs = strings.Join([]string{
	`activate`, `add`, `approve`, `archive`, `(?:re|un)?assign`, `attach`, `ban`, `block`, `cancel`, `change`, `clear`,
	`clone`, `close`, `convert`, `create`, `deactivate`, `delete`, `disable`, `drop`, `duplicate`, `edit`, `enable`,
	`erase`, `escalate`, `forward`, `import`, `insert`, `invite`, `leave`, `(?:un)?link`, `(?:un)?lock`, `make`, `mark`,
	`merge`, `modify`, `move`, `notify`, `post`, `prioriti[sz]e`, `publish`, `purge`, `put`, `reject`, `remove`,
	`rename`, `reopen`, `replace`, `reply`, `resolve`, `respond`, `restore`, `schedule`, `send`, `set`, `(?:un)?snooze`,
	`split`, `submit`, `(?:un)?subscribe`, `transfer`, `undo`, `update`, `upload`, `wipe`, `write`,
	`(?:open|file|log|raise|report)\s+an?\s+(?:new\s+)?(?:issue|ticket)`,
	`(?:answer|(?:un)?tag|flag|copy)\s+(?:the\s+|this\s+|all\s+)?(?:issues?|tickets?|accounts?|contacts?|#?\d+)`,
}, "|")

var (
	order = asks(urging + `(?:` + verbs + `)(?:[\s,:]|$)`)

	// request is what sounds like an order and only asks to be told.
	request = asks(urging + `(?:` +
		`(?:send|write|give|make|create|put|post)\s+(?:(?:me|us|together)\b|(?:an?|the)\s+(?:\w+\s+)?(?:lists?|overview|summary|report|table|count)\b)` +
		`|update(?:\s*:|\s+(?:me|us|on)\b)|add\s+up\b)`)
)

func isOrder(text string) bool { return order.MatchString(text) && !request.MatchString(text) }

// turnDown answers an order that no rule carries out. Taken for a question it
// would be answered with what was to be changed, as if that had been done.
func (p planner) turnDown(text string) segment {
	said := refusal
	if !p.readOnly {
		said = fmt.Sprintf("I changed nothing: my script has no rule for %q. ", clip(oneLine(text), 120)) +
			"It takes an order that is the whole message and has the words of one of these:" + examples(p.writes)
	}
	return segment{
		turnedDown: true,
		rule:       Rule{Answer: func(Question, []Result) string { return said }},
		question:   Question{Text: text},
	}
}
