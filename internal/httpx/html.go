package httpx

import (
	"html"
	"strings"
)

// unseen are the elements whose text no reader of the page sees.
var unseen = []string{"script", "style", "title", "svg", "noscript"}

// htmlText returns what a person would read on an error page: the title, then
// the text. It need not be exact; it must be short of markup and never fail.
func htmlText(page string) string {
	title := between(page, "<title", "</title>")
	for _, name := range unseen {
		page = without(page, "<"+name, "</"+name+">")
	}
	body := strings.TrimSpace(stripTags(page))
	title = strings.TrimSpace(stripTags(title))
	if title == "" || strings.HasPrefix(body, title) {
		return html.UnescapeString(body)
	}
	return html.UnescapeString(strings.TrimSpace(title + " " + body))
}

// between returns the text from the tag open to the tag end.
func between(page, open, end string) string {
	lower := lowerASCII(page)
	start := strings.Index(lower, open)
	if start < 0 {
		return ""
	}
	inner := page[start:]
	if stop := strings.Index(lower[start:], end); stop >= 0 {
		inner = inner[:stop]
	}
	return inner
}

// without cuts every element that begins with open and ends with end.
func without(page, open, end string) string {
	var b strings.Builder
	lower := lowerASCII(page)
	for {
		start := strings.Index(lower, open)
		if start < 0 {
			b.WriteString(page)
			return b.String()
		}
		b.WriteString(page[:start])
		stop := strings.Index(lower[start:], end)
		if stop < 0 {
			return b.String()
		}
		page, lower = page[start+stop+len(end):], lower[start+stop+len(end):]
	}
}

// stripTags replaces tags and comments by spaces.
func stripTags(page string) string {
	var b strings.Builder
	for page != "" {
		open := strings.IndexByte(page, '<')
		if open < 0 {
			b.WriteString(page)
			break
		}
		b.WriteString(page[:open])
		b.WriteByte(' ')
		shut := strings.IndexByte(page[open:], '>')
		if shut < 0 {
			break
		}
		page = page[open+shut+1:]
	}
	return b.String()
}

// lowerASCII keeps the length, so that positions fit the original; ToLower
// does not for every rune.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
