package sandbox

import "fmt"

// WithPort makes the sandbox listen on one port, so that its addresses are known
// before it starts. The default, 0, is any free one.
func WithPort(port int) Option {
	return func(c *config) error {
		if port < 0 || port > 65535 {
			return fmt.Errorf("WithPort: %d is not a port; use 1 to 65535, or 0 for any free one", port)
		}
		c.port = port
		return nil
	}
}
