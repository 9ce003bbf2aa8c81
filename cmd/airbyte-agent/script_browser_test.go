package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
)

// pageLine is the line of standard error that asks somebody to open a page: the
// page alone, or a JSON notice that begins with it.
var pageLine = regexp.MustCompile(`^(?:\{"(?:credentials|login)_url":")?(https?://[^\s"]+)`)

// person runs a program and opens the page that it prints, as somebody at
// another machine does. The program's streams and exit code are passed on.
func person(args []string) int {
	cmd := exec.Command(args[0], args[1:]...) //nolint:noctx // it ends with the script
	cmd.Stdin, cmd.Stdout = os.Stdin, os.Stdout
	lines, err := cmd.StderrPipe()
	if err == nil {
		err = startAndSignal(cmd)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for scanner := bufio.NewScanner(lines); scanner.Scan(); {
		fmt.Fprintln(os.Stderr, scanner.Text())
		if page := pageLine.FindStringSubmatch(scanner.Text()); page != nil {
			visit(page[1])
		}
	}
	err = cmd.Wait()
	if ended, ok := errors.AsType[*exec.ExitError](err); ok {
		return ended.ExitCode()
	}
	return 0
}

// visit loads a page and follows where it leads, as BROWSER does.
func visit(page string) int {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, page, http.NoBody)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	res, err := (&http.Client{}).Do(req)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		fmt.Fprintln(os.Stderr, "the browser shows", res.Status, err)
		return 1
	}
	return 0
}
