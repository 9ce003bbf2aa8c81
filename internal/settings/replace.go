package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// replaceFile writes to a temporary file in the same directory and renames it,
// so that a reader or a crash meets the old content or the new one, whole. A
// settings file that is a symbolic link stays one.
func replaceFile(name string, content []byte) (err error) {
	target, err := place(name)
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(target), ".settings-*") // its mode is 0600
	if err != nil {
		return err
	}
	if err := fill(temporary, content); err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	if err := os.Rename(temporary.Name(), target); err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return nil
}

// place makes the directory of a settings file and returns where the file is:
// at the end of the symbolic links.
func place(name string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return "", err
	}
	target, err := filepath.EvalSymlinks(name)
	if errors.Is(err, fs.ErrNotExist) {
		return name, nil
	}
	return target, err
}

// fill writes the content down to the disk: a file renamed before its content
// is there would be empty after a power cut.
func fill(f *os.File, content []byte) error {
	_, err := f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// fileMode returns a file's mode. On Windows access lists decide, and the mode
// would always look open.
func fileMode(name string) (mode fs.FileMode, known bool, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return 0, false, err
	}
	return info.Mode(), runtime.GOOS != "windows", nil
}
