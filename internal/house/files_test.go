package house_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// built are the top-level folders that hold what is built, not written.
var built = map[string]bool{".git": true, "bin": true, "dist": true}

// textFiles are all text files of the repository: path relative to the root,
// slash-separated, and content. A walk also sees files not yet committed.
func textFiles(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if built[rel] && d.IsDir() {
			return filepath.SkipDir
		}
		if !d.Type().IsRegular() || isBuildProduct(rel) {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if utf8.Valid(content) && !bytes.Contains(content, []byte{0}) {
			files[filepath.ToSlash(rel)] = string(content)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// isBuildProduct knows the files that .gitignore names by extension.
func isBuildProduct(rel string) bool {
	return strings.HasSuffix(rel, ".test") || strings.HasSuffix(rel, ".out") || rel == "coverage.txt"
}
