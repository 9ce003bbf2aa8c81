package settings

import (
	"errors"
	"time"
)

const (
	lockWait = 5 * time.Second // an update takes milliseconds
	lockPoll = 5 * time.Millisecond
)

// errLocked says that another program has the lock.
var errLocked = errors.New("another program is changing it: try again")

// lockFile takes the lock beside a settings file. The system lets go of it when
// the program ends, however that comes, so a lock is never left behind.
func lockFile(name string) (unlock func() error, err error) {
	target, err := place(name)
	if err != nil {
		return nil, err
	}
	deadline := time.NewTimer(lockWait)
	defer deadline.Stop()
	again := time.NewTicker(lockPoll)
	defer again.Stop()
	for {
		unlock, err = tryLock(target + ".lock")
		if !errors.Is(err, errLocked) {
			return unlock, err
		}
		select {
		case <-deadline.C:
			return nil, err
		case <-again.C:
		}
	}
}
