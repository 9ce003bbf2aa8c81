package output_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

var people = output.Table{
	Columns: []output.Column{
		{Title: "ID", Path: "id", Whole: true},
		{Title: "NAME", Path: "name"},
		{Title: "TEAM", Path: "team.name"},
	},
	Empty: "No people here.",
}

func table(t *testing.T, rows string, width int) string {
	t.Helper()
	var records []json.RawMessage
	if err := json.Unmarshal([]byte(rows), &records); err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := people.Write(&got, records, width); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

func TestTable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, rows string
		width      int
		want       []string
	}{
		{"no rows", `[]`, 80, []string{"No people here."}},
		{"fits", `[{"id":"1","name":"Ada","team":{"name":"core"}},{"id":"22","name":"Grace Hopper"}]`, 80, []string{
			"ID  NAME          TEAM",
			"1   Ada           core",
			"22  Grace Hopper",
		}},
		{"the widest is cut first", `[{"id":"1234567890","name":"a name that is far too long","team":{"name":"core"}}]`, 30, []string{
			"ID          NAME          TEAM",
			"1234567890  a name that…  core",
		}},
		{"an id is never cut", `[{"id":"1234567890","name":"Ada Lovelace"}]`, 10, []string{
			"ID          NAME  TEAM",
			"1234567890  Ada…",
		}},
		{"any width", `[{"id":"1","name":"a name that is far too long for a terminal of usual size, or so","team":{"name":"core"}}]`, 0, []string{
			"ID  NAME" + strings.Repeat(" ", 61) + "TEAM",
			"1   a name that is far too long for a terminal of usual size, or so  core",
		}},
		{"values of all types", `[{"id":9007199254740993,"name":null,"team":{"name":[1, {"a": true}]}},{"id":true},7]`, 80, []string{
			"ID                NAME  TEAM",
			"9007199254740993        [1,{\"a\":true}]",
			"true",
			"",
		}},
		{"wide characters", `[{"id":"1","name":"日本語の名前","team":{"name":"a"}},{"id":"2","name":"Ame\u0301lie ✅","team":{"name":"b"}}]`, 80, []string{
			"ID  NAME          TEAM",
			"1   日本語の名前  a",
			"2   Ame\u0301lie ✅     b",
		}},
		{"wide characters are cut whole", `[{"id":"1","name":"日本語の名前"}]`, 17, []string{
			"ID  NAME     TEAM",
			"1   日本語…",
		}},
		{"lines become one", `[{"id":"1","name":"\n a\r\n\tb "}]`, 80, []string{
			"ID  NAME  TEAM",
			"1   a b",
		}},
		{"nothing drives the terminal", `[{"id":"\u001b[2J","name":"\u009b31m\u0007\u202ecod","team":{"name":{"\u007f":"\u0008\u2066"}}}]`, 0, []string{
			"ID    NAME       TEAM",
			"\ufffd[2J  \ufffd31m\ufffd\ufffdcod  {\"\\u007f\":\"\\u0008\\u2066\"}",
		}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(strings.Join(tc.want, "\n")+"\n", table(t, tc.rows, tc.width)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTableFails(t *testing.T) {
	t.Parallel()
	if err := people.Write(broken{}, nil, 80); !errors.Is(err, errGone) {
		t.Errorf("got %v", err)
	}
	var got strings.Builder
	if err := (output.Table{}).Write(&got, nil, 80); err != nil || got.String() != "Nothing found.\n" {
		t.Errorf("got %q, %v", got.String(), err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add(`plain`, `x`, 40)
	f.Add("日本語の名前", "\x1b[31m\u202e", 9)
	f.Add("e\u0301\u200d\u200d", "\xff\xfe", 0)
	f.Fuzz(func(t *testing.T, id, name string, width int) {
		row, err := json.Marshal(map[string]any{"id": id, "name": name, "team": map[string]string{"name": name}})
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := people.Write(&got, []json.RawMessage{row}, width); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(got.String(), "\n"), "\n")
		if len(lines) != 2 {
			t.Fatalf("%d lines: %q", len(lines), lines)
		}
		for _, r := range lines[1] {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%U in %q", r, lines[1])
			}
		}
	})
}

func TestLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain, é, 日本":   "plain, é, 日本",
		"a\nb\tc\u2028d": "a b c d",
		"\x1b]0;x\x07":   "\ufffd]0;x\ufffd",
		"\x00\u0085":     "\ufffd\ufffd",
		"bad \xff byte":  "bad \ufffd byte",
		"\u200efoo":      "\ufffdfoo",
	} {
		if got := output.Line(in); got != want {
			t.Errorf("%q gave %q, want %q", in, got, want)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\n\tb\r\nc":    "a\n\tb\nc",
		"over\rwritten":  "over\ufffdwritten",
		"\x1b[1mé\u009b": "\ufffd[1mé\ufffd",
		"\u202etxt.exe":  "\ufffdtxt.exe",
	} {
		if got := output.Text(in); got != want {
			t.Errorf("%q gave %q, want %q", in, got, want)
		}
	}
}
