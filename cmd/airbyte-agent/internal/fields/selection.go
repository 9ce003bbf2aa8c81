package fields

import "strings"

// selection is what the paths select at one place of a document.
type selection struct {
	all   bool
	under map[string]*selection // by object key
}

// parse makes one selection of all paths. White space around a path is not
// part of it: people write "id, name".
func parse(paths []string) *selection {
	root := &selection{all: len(paths) == 0}
	for _, path := range paths {
		root.add(strings.TrimSpace(path))
	}
	return root
}

// add selects what path leads to. There is no escape for a dot in a key.
func (s *selection) add(path string) {
	if path == "" {
		s.all = true
		return
	}
	head, rest, _ := strings.Cut(path, ".")
	next := s.under[head]
	if next == nil {
		next = &selection{}
		if s.under == nil {
			s.under = map[string]*selection{}
		}
		s.under[head] = next
	}
	next.add(rest)
}
