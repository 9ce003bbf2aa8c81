package login

// Mask shows the last four characters of a secret, enough to tell two apart,
// and nothing of one that is hardly longer. Its length does not show.
func Mask(secret string) string {
	const hidden, shown = "********", 4
	runes := []rune(secret)
	switch {
	case len(runes) == 0:
		return ""
	case len(runes) <= 2*shown:
		return hidden
	}
	return hidden + string(runes[len(runes)-shown:])
}
