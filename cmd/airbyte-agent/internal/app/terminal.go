package app

import (
	"os"

	"golang.org/x/term"
)

// Terminal says which of the streams a person looks at.
type Terminal struct {
	In, Out, Err bool
	Width        int // columns of Out, 0 when it is none or they are not known
	fd           int // of In
}

func terminalOf(in, out, err *os.File) Terminal {
	t := Terminal{
		In:  term.IsTerminal(int(in.Fd())),
		Out: term.IsTerminal(int(out.Fd())),
		Err: term.IsTerminal(int(err.Fd())),
		fd:  int(in.Fd()),
	}
	if t.Out {
		if width, _, err := term.GetSize(int(out.Fd())); err == nil {
			t.Width = width
		}
	}
	return t
}
