// Package replay writes what stands in the history of a conversation where the
// original cannot: arguments that no provider takes back, and the results of
// calls that a run did not finish. A history with either as it was makes every
// later request fail.
package replay
