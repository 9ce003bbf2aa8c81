package response

import "bytes"

// Check looks only for an error that a service reports in an answer with a
// success status, of one whose data is read in another way, such as where a
// file is. An answer that cannot be read reports none.
func (r *Reader) Check(a Answer) error {
	if r.check == nil {
		return nil
	}
	parts, err := r.parse(a, bytes.TrimSpace(a.Body))
	if err != nil {
		return nil //nolint:nilerr // what is no JSON holds no error field
	}
	if err := r.check.failure(parts, r.effect); err != nil {
		return at(a, err)
	}
	return nil
}
