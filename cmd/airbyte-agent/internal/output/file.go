package output

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// File lets write produce the content of a file. The content goes to a new
// file beside it that takes the file's place when it is complete: when write
// returns an error, also that of a context, the file is as it was before.
//
// A new file gets the mode that a shell's redirection would give it, 0666
// without the umask; an existing one keeps its mode. A symbolic link is
// followed. What is no regular file, such as a device or a pipe, and whatever
// lies under /dev, is written directly.
func File(name string, write func(io.Writer) error) error {
	if err := put(name, write); err != nil {
		return fmt.Errorf("output file %s: %w", name, err)
	}
	return nil
}

func put(name string, write func(io.Writer) error) error {
	if name == "" {
		return errors.New("its name is empty")
	}
	mode := fs.FileMode(0o666)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("it is a directory; name a file in it")
	case !info.Mode().IsRegular() || isDevicePath(name):
		return direct(name, write)
	case info.Mode().Perm()&0o200 == 0: // a new file in its place would get around that
		return errors.New("it is read-only; name another file or allow writing to it")
	default:
		mode = info.Mode().Perm()
	}
	target, err := follow(name)
	if err != nil {
		return err
	}
	return replace(target, mode, info != nil, write)
}

// Check reports why File cannot write a file of that name, before there is
// something to write. It leaves nothing behind.
func Check(name string) error {
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() && (!info.Mode().IsRegular() || isDevicePath(name)) {
		return nil // opening a pipe would wait for its reader
	}
	failed := errors.New("checked")
	if err := put(name, func(io.Writer) error { return failed }); !errors.Is(err, failed) {
		return fmt.Errorf("output file %s: %w", name, err)
	}
	return nil
}

// isDevicePath knows the names that lead to what the program already has open,
// such as /dev/stdout: putting another file there would cut it off.
func isDevicePath(name string) bool {
	return strings.HasPrefix(filepath.ToSlash(filepath.Clean(name)), "/dev/")
}

// direct writes to what cannot be replaced. It appends: behind /dev/stdout may
// be a file with something in it.
func direct(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	return fill(f, write)
}

// follow returns where the symbolic links of name lead. The last one may lead
// to a file that is not there yet.
func follow(name string) (string, error) {
	target, err := filepath.EvalSymlinks(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return target, err
	}
	link, err := os.Readlink(name)
	if err != nil {
		return name, nil //nolint:nilerr // it is no link: there is simply no such file yet
	}
	if !filepath.IsAbs(link) {
		link = filepath.Join(filepath.Dir(name), link)
	}
	return link, nil
}

// replace writes to a new file in the target's directory, since only there it
// can be renamed in one step.
func replace(target string, mode fs.FileMode, exists bool, write func(io.Writer) error) (err error) {
	temporary := filepath.Join(filepath.Dir(target), ".airbyte-agent-"+rand.Text()+".tmp")
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	complete := false
	defer func() { // also when write panics
		if !complete {
			_ = f.Close()
			err = errors.Join(err, os.Remove(temporary))
		}
	}()
	if exists { // the umask is for new files alone
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if err := fill(f, write); err != nil {
		return err
	}
	if err := os.Rename(temporary, target); err != nil {
		return err
	}
	complete = true
	return nil
}

// fill lets write produce the content of f and closes it.
func fill(f *os.File, write func(io.Writer) error) error {
	buffered := bufio.NewWriter(f)
	err := write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}
