package settings

import (
	"errors"
	"fmt"
	"syscall"
)

// What package syscall does not name.
const (
	deleteOnClose    = 0x04000000
	sharingViolation = syscall.Errno(32)
)

// tryLock makes the file so that nobody else can open it until it is closed,
// which removes it, or returns errLocked.
func tryLock(name string) (unlock func() error, err error) {
	path, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	handle, err := syscall.CreateFile(path, syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, deleteOnClose, 0)
	switch {
	case errors.Is(err, sharingViolation), errors.Is(err, syscall.ERROR_ACCESS_DENIED): // denied: it is being removed
		return nil, fmt.Errorf("%w (%w)", errLocked, err)
	case err != nil:
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	return func() error { return syscall.CloseHandle(handle) }, nil
}
