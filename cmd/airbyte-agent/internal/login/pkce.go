package login

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// proof ties a sign-in to the program that began it: who only sees the redirect
// cannot redeem its code (RFC 7636), and who only knows the port cannot send in
// a code of their own.
type proof struct {
	verifier string
	state    string
}

func newProof() proof { return proof{verifier: random(), state: random()} }

// random is 32 bytes as 43 characters, the length that a verifier must have.
func random() string {
	var raw [32]byte
	rand.Read(raw[:]) // never fails: the runtime ends the process instead
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// challenge is what may be seen of the verifier.
func (p proof) challenge() string {
	sum := sha256.Sum256([]byte(p.verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
