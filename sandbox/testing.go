package sandbox

// TB is the part of testing.TB that [Test] needs, so that this package does not
// bring the testing package into programs.
type TB interface {
	Helper()                           // as in testing.TB
	Errorf(format string, args ...any) // as in testing.TB
	Fatalf(format string, args ...any) // as in testing.TB
	Cleanup(func())                    // as in testing.TB
}

// Test starts a sandbox for one test and closes it when the test ends. The test
// fails when the sandbox does not start, and when a request has reached a route
// that does not exist.
func Test(t TB, opts ...Option) *Sandbox {
	t.Helper()
	s, err := Start(opts...)
	if err != nil {
		t.Fatalf("%v", err)
		return nil // for a TB whose Fatalf returns
	}
	t.Cleanup(func() {
		s.Close()
		for _, what := range s.Unexpected() {
			t.Errorf("sandbox: unexpected: %s", what)
		}
	})
	return s
}
