//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package settings

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// tryLock makes the file and locks it, or returns errLocked. On a file system
// that has no locks the file says nothing, and nobody is waited for.
func tryLock(name string) (unlock func() error, err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK), errors.Is(err, syscall.EINTR):
		err = errLocked
	case err != nil && !errors.Is(err, errors.ErrUnsupported):
		err = fmt.Errorf("lock %s: %w", name, err)
	case !isAt(f, name): // its last holder has removed it meanwhile
		err = errLocked
	default:
		err = nil
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error { return errors.Join(os.Remove(name), f.Close()) }, nil
}

// isAt reports whether f is what the name leads to now.
func isAt(f *os.File, name string) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(name)
	return err == nil && os.SameFile(mine, there)
}
