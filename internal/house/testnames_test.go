package house_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	namedTest    = regexp.MustCompile("`(?:[a-z]+\\.)?(Test[A-Z]\\w*)`")
	declaredTest = regexp.MustCompile(`(?m)^func (Test[A-Z]\w*)\(`)
)

// TestDocumentsNameTestsThatExist holds that a test which a document gives as
// its proof is there.
func TestDocumentsNameTestsThatExist(t *testing.T) {
	t.Parallel()
	root, err := findRoot()
	if err != nil {
		t.Fatal(err)
	}
	declared, named := map[string]bool{}, map[string]string{}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		isTest, isDocument := strings.HasSuffix(path, "_test.go"), strings.HasSuffix(path, ".md")
		if !isTest && !isDocument {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if isTest {
			for _, m := range declaredTest.FindAllSubmatch(text, -1) {
				declared[string(m[1])] = true
			}
			return nil
		}
		for _, m := range namedTest.FindAllSubmatch(text, -1) {
			named[string(m[1])] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(named) < 50 {
		t.Errorf("only %d tests are named in documents; has the pattern lost them?", len(named))
	}
	for name, document := range named {
		if !declared[name] && name != "TestCaseNNN" {
			t.Errorf("%s names %s, which is no test", filepath.Base(document), name)
		}
	}
}
