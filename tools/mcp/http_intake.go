package mcp

import (
	"container/list"
	"io"
	"net/http"
	"sync"
	"time"
)

// The times that a client has for its message.
const (
	// bodyTimeout is how long a client may take to send its message.
	bodyTimeout = 30 * time.Second
	// lingerTimeout is how long a client that has been refused may go on to send
	// what is not read any more. Many read no answer before they have sent all.
	lingerTimeout = time.Second
)

// minArriving is how many messages may arrive at the same time however few calls
// may run: those that arrive fast must not give up each other.
const minArriving = 64

// upload is what a client sends after the headers. Until all of it has come the
// connection has a read deadline and does not outlive the answer, because net/http
// waits for the rest of a body without one.
type upload struct {
	control *http.ResponseController
	header  http.Header // of the answer
	whole   bool        // all of it has come

	place *list.Element // in the intake
	cut   *denial       // why it was given up, nil unless it was
}

// openUpload sets the deadline for reading. Where the server cannot set deadlines
// there is no connection to hold.
func openUpload(w http.ResponseWriter, r *http.Request) *upload {
	u := &upload{control: http.NewResponseController(w), header: w.Header(), whole: r.ContentLength == 0}
	if u.whole {
		return u
	}
	_ = u.control.SetReadDeadline(time.Now().Add(bodyTimeout))
	if r.ProtoMajor == 1 { // in HTTP/2 this would end the other requests of the connection
		u.header.Set("Connection", "close")
	}
	return u
}

// allowAnswer gives the client time to read an answer that begins within the
// time.
func (u *upload) allowAnswer(within time.Duration) {
	_ = u.control.SetWriteDeadline(time.Now().Add(within + answerTimeout))
}

// end is called when all of it has come. The deadline could end the call: net/http
// lifts it by itself, but promises that nowhere.
func (u *upload) end() {
	if u.whole {
		return
	}
	u.whole = true
	u.header.Del("Connection")
	_ = u.control.SetReadDeadline(time.Time{})
}

// leave is called when the request has been answered.
func (u *upload) leave() {
	if !u.whole {
		_ = u.control.SetReadDeadline(time.Now().Add(lingerTimeout))
	}
}

// intake bounds how many messages arrive at the same time. Slow clients cannot
// keep others out: when there is one too many, that which has taken longest is
// given up.
type intake struct {
	mu       sync.Mutex
	limit    int
	closed   bool
	arriving list.List // of *upload, the oldest first
}

// read reads a body of at most limit bytes.
func (in *intake) read(w http.ResponseWriter, r *http.Request, u *upload, limit int64) (body []byte, cut *denial, err error) {
	if cut := in.begin(u); cut != nil {
		return nil, cut, nil
	}
	body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if cut := in.done(u); cut != nil {
		return body, cut, nil
	}
	if err == nil {
		u.end()
	}
	return body, nil, err
}

func (in *intake) begin(u *upload) *denial {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed {
		return denyClosed()
	}
	if in.arriving.Len() >= in.limit {
		in.giveUp(in.arriving.Front(), denyBusy("the message took long to arrive while others waited; send it again"))
	}
	u.place = in.arriving.PushBack(u)
	return nil
}

// done takes an upload out, and says why it was given up if it was. Nothing
// touches its connection afterwards.
func (in *intake) done(u *upload) *denial {
	in.mu.Lock()
	defer in.mu.Unlock()
	if u.cut == nil {
		in.arriving.Remove(u.place)
	}
	return u.cut
}

// giveUp ends the reading of an upload.
func (in *intake) giveUp(place *list.Element, why *denial) {
	u := in.arriving.Remove(place).(*upload)
	u.cut = why
	_ = u.control.SetReadDeadline(time.Unix(1, 0)) // long ago
}

// close gives up what is still arriving: none of it has been begun.
func (in *intake) close() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.closed = true
	for in.arriving.Len() > 0 {
		in.giveUp(in.arriving.Front(), denyClosed())
	}
}
