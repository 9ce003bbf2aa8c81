package template

import (
	"strconv"
	"strings"
	"time"
)

// period is an ISO 8601 duration.
type period struct {
	months, days int
	clock        time.Duration
}

// before returns the time that is one period before t. Months go by the
// calendar: one month before March 31 is the last day of February.
func (p period) before(t time.Time) time.Time {
	if p.months != 0 {
		day := t.Day()
		t = t.AddDate(0, -p.months, 1-day)
		t = t.AddDate(0, 0, min(day, lastDay(t))-1)
	}
	return t.AddDate(0, 0, -p.days).Add(-p.clock)
}

// lastDay returns the number of days in the month of t.
func lastDay(t time.Time) int {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// parsePeriod reads an ISO 8601 duration of whole units, such as P30D or
// P1Y2M3W4DT5H6M7S.
func parsePeriod(text string) (period, bool) {
	rest, ok := strings.CutPrefix(text, "P")
	date, clock, timed := strings.Cut(rest, "T")
	d, okDate := units(date, "YMWD")
	c, okClock := units(clock, "HMS")
	if !ok || !okDate || !okClock || timed && clock == "" || rest == "" {
		return period{}, false
	}
	return period{
		months: 12*d[0] + d[1],
		days:   7*d[2] + d[3],
		clock:  time.Duration(c[0])*time.Hour + time.Duration(c[1])*time.Minute + time.Duration(c[2])*time.Second,
	}, true
}

// units reads numbers, each followed by one of the letters, in their order.
func units(text, letters string) (counts [4]int, ok bool) {
	const maxDigits = 6 // so that no sum overflows
	next := 0
	for text != "" {
		n := strings.IndexAny(text, letters[next:])
		if n < 1 || n > maxDigits {
			return counts, false
		}
		count, err := strconv.ParseUint(text[:n], 10, 32)
		if err != nil {
			return counts, false
		}
		at := strings.IndexByte(letters, text[n])
		counts[at] = int(count)
		next, text = at+1, text[n+1:]
	}
	return counts, true
}

// unknownFormat returns the first part of a date format that strftime does
// not know, "" when it knows all.
func unknownFormat(format string) string {
	for rest := format; ; {
		_, after, found := strings.Cut(rest, "%")
		if !found {
			return ""
		}
		if after == "" || !strings.Contains("YmdHMS%", after[:1]) {
			return "%" + after[:min(1, len(after))]
		}
		rest = after[1:]
	}
}

// strftime writes a time in a format that unknownFormat accepts.
func strftime(t time.Time, format string) string {
	return strings.NewReplacer(
		"%%", "%",
		"%Y", t.Format("2006"),
		"%m", t.Format("01"),
		"%d", t.Format("02"),
		"%H", t.Format("15"),
		"%M", t.Format("04"),
		"%S", t.Format("05"),
	).Replace(format)
}
