package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/signature"
)

// signingKey is the variable that holds the secret of `aimo3 sign`; with _FILE behind it,
// the one that names a file with it. It is no flag: arguments can be read by others.
const signingKey = prefix + "SIGNING_KEY"

// signing is one call of `aimo3 sign`.
type signing struct {
	*shell
	body, keyid string
}

func (s *shell) signCommand() *cobra.Command {
	run := &signing{shell: s}
	c := &cobra.Command{
		Use:   "sign METHOD URL",
		Short: "Sign a request, and print a curl line that sends it",
		Long: "Sign a request by HTTP Message Signatures (RFC 9421), and print a curl line that sends it,\n" +
			"once and within a minute. What signs is read from " + signingKey + ", or from the file\n" +
			"that " + signingKey + "_FILE names: an API key, for hmac-sha256, or an ed25519 private\n" +
			"key in PEM, whose public part `aimo3 auth key create --public-key` registered. The\n" +
			"line does not hold it.",
		Example: "  AIMO3_SIGNING_KEY_FILE=api.key aimo3 sign POST http://127.0.0.1:8000/v1/attempts --body problem.json | sh\n" +
			"  AIMO3_SIGNING_KEY_FILE=ed.pem aimo3 sign GET http://127.0.0.1:8000/v1/models --key-id 8tkq0v5m1x | sh",
		Args: exactly(2, "a method and a URL"),
		RunE: func(cmd *cobra.Command, args []string) error { return run.sign(cmd.Context(), args[0], args[1]) },
	}
	c.Flags().StringVar(&run.body, "body", "", "file with the body of the request, of JSON")
	c.Flags().StringVar(&run.keyid, "key-id", "", "ID of the key; a whole API key has it already")
	return c
}

func (r *signing) sign(ctx context.Context, method, url string) error {
	key, err := r.key()
	if err != nil {
		return err
	}
	var body []byte
	if r.body != "" {
		if body, err = smallFile(r.body, signature.MaxBody); err != nil {
			return err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil || request.URL.Host == "" || request.URL.User != nil || request.URL.Fragment != "" || request.URL.Scheme != "http" && request.URL.Scheme != "https" {
		return usage("give them as POST http://127.0.0.1:8000/v1/attempts", "cannot sign a request of that method and URL")
	}
	if r.body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if err := signature.Sign(request, key, r.Now(), rand.Text()); err != nil {
		return usage("", "cannot sign: %s", err)
	}
	_, err = fmt.Fprintln(r.out, signature.Curl(request, r.body))
	return err
}

// key reads the key from where the environment says.
func (r *signing) key() (signature.Key, error) {
	text, path := r.Getenv(signingKey), r.Getenv(signingKey+"_FILE")
	if (text == "") == (path == "") {
		return signature.Key{}, usage("set one of them", "the secret of the key is to be in %s or in the file of %s_FILE", signingKey, signingKey)
	}
	if path != "" {
		b, err := secure.ReadPrivate(path)
		if err != nil {
			return signature.Key{}, err
		}
		text = string(b)
	}
	if id, secret, whole := secure.Split(strings.TrimSpace(text)); whole {
		if r.keyid != "" && r.keyid != id {
			return signature.Key{}, usage("leave --key-id out", "the key is %s, not %s", id, r.keyid)
		}
		r.keyid, text = id, secret
	}
	if r.keyid == "" {
		return signature.Key{}, usage("add --key-id ID, or give the whole key", "the request needs the ID of a key")
	}
	key, err := signature.ParseKey(r.keyid, text)
	if err != nil {
		return key, usage("check "+signingKey+" or its file", "no key to sign with: %s", err)
	}
	return key, nil
}

// smallFile reads a regular file of at most so many bytes.
func smallFile(path string, maxBytes int64) ([]byte, error) {
	about, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("check the path", "there is no file %s", path)
	case err != nil:
		return nil, fault(bare(err), "cannot read "+path, "check its permissions")
	case !about.Mode().IsRegular():
		return nil, usage("name a file", "%s is not a file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fault(bare(err), "cannot read "+path, "check its permissions")
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err == nil && int64(len(b)) > maxBytes {
		return nil, usage("", "%s is larger than %d bytes", path, maxBytes)
	}
	return b, err
}
