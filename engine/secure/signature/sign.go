package signature

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/dunglas/httpsfv"
)

const (
	// Window is how far the time of a signature may be from now, before or after.
	Window = time.Minute
	// MaxBody is how many bytes the body of a signed request may have.
	MaxBody = 1 << 20

	label         = "aimo3" // of the signature among others, of which there are none
	inputHeader   = "Signature-Input"
	valueHeader   = "Signature"
	digestHeader  = "Content-Digest"
	minNonceBytes = 16
	maxNonceBytes = 64
	maxIDBytes    = 64
)

// Sign signs a request, from now until a minute later, and gives it the headers that say
// so. The nonce is 16 to 64 characters that were never used with this key. The body is
// read, and can be read again.
func Sign(r *http.Request, k Key, now time.Time, nonce string) error {
	if n := len(nonce); n < minNonceBytes || n > maxNonceBytes {
		return fmt.Errorf("a nonce has %d to %d characters, not %d", minNonceBytes, maxNonceBytes, n)
	}
	if n := len(k.ID); n == 0 || n > maxIDBytes {
		return fmt.Errorf("the ID of a key has 1 to %d characters, not %d", maxIDBytes, n)
	}
	body, err := content(r)
	if err != nil {
		return err
	}
	r.Header.Set(digestHeader, digest(body))
	input := inputOf(k.ID, nonce, now)
	params, err := httpsfv.Marshal(input)
	if err != nil {
		return err
	}
	text, err := base(r, input, params)
	if err != nil {
		return err
	}
	value, err := k.sign(text)
	if err != nil {
		return err
	}
	r.Header.Set(inputHeader, label+"="+params)
	r.Header.Set(valueHeader, label+"=:"+base64.StdEncoding.EncodeToString(value)+":")
	return nil
}

// inputOf is what a signature says of itself.
func inputOf(keyid, nonce string, now time.Time) httpsfv.InnerList {
	input := httpsfv.InnerList{Params: httpsfv.NewParams()}
	for _, name := range covered() {
		input.Items = append(input.Items, httpsfv.NewItem(name))
	}
	input.Params.Add("created", now.Unix())
	input.Params.Add("expires", now.Add(Window).Unix())
	input.Params.Add("nonce", nonce)
	input.Params.Add("keyid", keyid)
	return input
}

// content reads a request's body, and has it read again.
func content(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, MaxBody))
	if err != nil {
		return nil, err
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{bytes.NewReader(body), r.Body}
	return body, nil
}
