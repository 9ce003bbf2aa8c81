package httpx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// The chunks of an answer of unknown length: they double up to a megabyte.
const (
	firstChunk = 64 << 10
	lastChunk  = 1 << 20
)

// firstChunks holds buffers for the first chunk. Most answers end within it, and are
// then copied into one allocation of their size.
var firstChunks = sync.Pool{New: func() any { return new([firstChunk]byte) }}

// readBody reads an answer of at most limit bytes. A known length is read into
// one allocation of exactly that size; growing a 64 MB buffer by doubling
// would hold three times as much.
func readBody(res *http.Response, limit int64) ([]byte, error) {
	if res.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	if res.ContentLength < 0 {
		return readChunks(res.Body, limit)
	}
	body := make([]byte, res.ContentLength)
	n, err := fill(res.Body, body)
	if errors.Is(err, io.EOF) && n < len(body) { // an injected transport that does not check the length
		return nil, io.ErrUnexpectedEOF
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return body, nil
}

func readChunks(r io.Reader, limit int64) ([]byte, error) {
	body, err := readFirst(r, limit)
	if err != nil || len(body) < firstChunk {
		return body, withoutEOF(err)
	}
	chunks, total := [][]byte{body}, int64(len(body))
	for size := 2 * firstChunk; ; size = min(2*size, lastChunk) {
		// One byte more than allowed tells a full answer from a longer one.
		chunk := make([]byte, min(int64(size), limit-total+1))
		n, err := fill(r, chunk)
		chunks, total = append(chunks, chunk[:n]), total+int64(n)
		switch {
		case total > limit:
			return nil, tooLarge(limit)
		case errors.Is(err, io.EOF):
			return join(chunks), nil
		case err != nil:
			return nil, err
		}
	}
}

// readFirst reads the first chunk; io.EOF says that it is the whole answer.
func readFirst(r io.Reader, limit int64) ([]byte, error) {
	buf, ok := firstChunks.Get().(*[firstChunk]byte)
	if !ok { // the pool holds nothing else
		buf = new([firstChunk]byte)
	}
	defer firstChunks.Put(buf)
	n, err := fill(r, buf[:])
	switch {
	case int64(n) > limit:
		return nil, tooLarge(limit)
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	}
	return bytes.Clone(buf[:n]), err
}

// withoutEOF is err, unless that only says that all was read.
func withoutEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func join(chunks [][]byte) []byte {
	if len(chunks) == 1 {
		return chunks[0]
	}
	return bytes.Join(chunks, nil)
}

// fill reads until buf is full. Unlike io.ReadFull it tells the end of the
// stream (io.EOF) from a stream that was cut (io.ErrUnexpectedEOF).
func fill(r io.Reader, buf []byte) (int, error) {
	n := 0
	for n < len(buf) {
		m, err := r.Read(buf[n:])
		n += m
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

func tooLarge(limit int64) error {
	return fmt.Errorf("%w: it is longer than the limit of %s", ErrTooLarge, size(limit))
}

func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	default:
		return fmt.Sprintf("%d bytes", n)
	}
}
