package cli

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// serves starts `aimo3 serve` of the test's database on a free port, until the test ends,
// and is its address.
func (b *bench) serves(args ...string) string {
	b.t.Helper()
	ctx, end := context.WithCancel(context.WithoutCancel(b.t.Context()))
	said, to := io.Pipe()
	done := make(chan int, 1)
	program := b.program()
	go func() {
		done <- Run(ctx, program, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), strings.NewReader(""), io.Discard, to)
		_ = to.Close()
	}()
	lines := bufio.NewReader(said)
	line, err := lines.ReadString('\n')
	_, after, found := strings.Cut(line, "serves at ")
	if err != nil || !found {
		b.t.Fatalf("it said %q, %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	b.t.Cleanup(func() {
		end()
		if code := <-done; code != 0 {
			b.t.Errorf("serve ended with %d", code)
		}
	})
	return strings.Fields(after)[0]
}

// wantLine runs a line of curl, changed, and holds its answer to a status and a word.
func (b *bench) wantLine(name, line, status, want string) {
	b.t.Helper()
	args := strings.TrimSpace(line) + ` --silent --show-error --noproxy '*' --write-out ' %{http_code}'`
	out, err := exec.CommandContext(context.WithoutCancel(b.t.Context()), "sh", "-c", args).Output()
	if err != nil {
		b.t.Fatalf("%s: %s: %v", name, args, err)
	}
	if got := string(out); !strings.HasSuffix(got, " "+status) || !strings.Contains(got, want) {
		b.t.Errorf("%s: %s, want %s with %q", name, got, status, want)
	}
}

func (b *bench) write(name, text string) string {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// sign is the line that `aimo3 sign` prints.
func (b *bench) sign(args ...string) string {
	b.t.Helper()
	b.wantCode(b.run(append([]string{"sign"}, args...)...), 0)
	return b.out.String()
}

// TestSignedOnASocket: the line of `aimo3 sign` passes the server once, by either algorithm,
// and acts as its key; again, late, or changed in any part it is 401 and says why. So is
// one of a key that has ended.
func TestSignedOnASocket(t *testing.T) {
	for _, program := range []string{"sh", "curl", "sed"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("NOT TESTED: there is no %s", program)
		}
	}
	b := newBench(t)
	url := "http://" + b.serves("--log", "off") + "/v1/grade"
	public, private, _ := ed25519.GenerateKey(rand.Reader)
	pkcs, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	pkix, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string, bytes []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}))
	}
	body := b.write("body", `{"rows":[{"gold":"1","pred":"1"}]}`)
	b.wantCode(b.run("auth", "key", "create", "--name", "a", "--must-sign"), 0)
	bearer := strings.TrimSpace(b.out.String())
	b.wantCode(b.run("auth", "key", "create", "--name", "b", "--public-key", b.write("x", block("PRIVATE KEY", pkcs))), 2)
	b.wantCode(b.run("auth", "key", "create", "--name", "b", "--public-key", b.write("pub", block("PUBLIC KEY", pkix))), 0)
	id := strings.TrimSpace(b.out.String())
	b.wantLine("the bearer of a key that must sign", "curl -H 'Authorization: Bearer "+bearer+"' -H 'Content-Type: application/json' --data-binary @"+body+" "+url, "401", "must be signed")
	for _, one := range []struct {
		key  string
		args []string
	}{
		{b.write("key", bearer+"\n"), nil},
		{b.write("pem", block("PRIVATE KEY", pkcs)), []string{"--key-id", id}},
	} {
		b.env["AIMO3_SIGNING_KEY_FILE"] = one.key
		args := append([]string{"POST", url, "--body", body}, one.args...)
		line := b.sign(args...)
		b.wantLine("genuine", line, "200", `"verdict":"equal"`)
		b.wantLine("sent again", line, "401", "its nonce was used before")
		line = b.sign(args...)
		b.wantLine("another path", strings.Replace(line, "/v1/grade", "/v1/attempts", 1), "401", "does not fit")
		b.wantLine("another query", strings.Replace(line, "/v1/grade", "/v1/grade?a=1", 1), "401", "does not fit")
		b.wantLine("another method", strings.Replace(line, "--request POST", "--request PUT", 1), "401", "does not fit")
		b.wantLine("another body", strings.Replace(line, "@"+body, "@"+b.write("other", `{"rows":[{"gold":"1","pred":"2"}]}`), 1), "401", "its body is not")
		b.wantLine("not signed after all", strings.Replace(line, "--header 'Signature: ", "--header 'X: ", 1), "401", "0 headers Signature")
		b.wantLine("genuine after all of them", line, "200", `"verdict":"equal"`)
		line = b.sign(args...)
		b.after(61e9)
		b.wantLine("late", line, "401", "it was signed 1m")
	}
	b.wantCode(b.run("auth", "key", "revoke", id), 0)
	b.wantLine("revoked", b.sign("POST", url, "--body", body, "--key-id", id), "401", "its key is revoked")
	b.env["AIMO3_SIGNING_KEY_FILE"] = b.write("key", bearer)
	b.after(91 * 24 * 3600e9)
	b.wantLine("expired", b.sign("POST", url, "--body", body), "401", "its key is expired")
}

// TestServedIsRecorded: what is done through the server is in the audit log as done by its
// key, by the front end serve, and what is refused is counted; that a key was made and
// used is in the log of the program.
func TestServedIsRecorded(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("NOT TESTED: there is no curl")
	}
	b := newBench(t).boxes("336", "336")
	id, log := "", filepath.Join(t.TempDir(), "log")
	t.Run("served", func(t *testing.T) {
		b.t = t // with which the server ends
		url := "http://" + b.serves("--samples", "2", "--log", log) + "/v1/attempts"
		b.wantCode(b.run("auth", "key", "create", "--name", "grader"), 0)
		bearer := strings.TrimSpace(b.out.String())
		as := "curl -H 'Authorization: Bearer " + bearer + "' -H 'Content-Type: application/json' "
		b.wantLine("solve", as+`-d '{"problem":"6*56?"}' `+url, "202", `"attempt"`)
		b.wantLine("followed", as+"--output /dev/null "+url+"/"+string(b.latest().ID)+"/events", "200", "")
		b.wantLine("export", as+url+"/"+string(b.latest().ID)+"/export", "200", "336")
		b.wantLine("delete", as+"-X DELETE "+url+"/"+string(b.latest().ID), "204", "")
		b.wantLine("nobody", "curl -X DELETE "+url+"/x", "404", "")
		b.wantLine("a wrong key", "curl -H 'Authorization: Bearer "+bearer[:30]+"' "+url, "401", "")
		b.wantLine("a wrong scope", as+strings.TrimSuffix(url, "v1/attempts")+"metrics", "403", "")
		id = strings.Split(bearer, "_")[1]
	})
	b.t = t
	who := "key " + id
	b.wantCode(b.run("audit", "list", "--json"), 0)
	var list struct{ Records []numbered }
	b.object(&list)
	var got []string
	for _, r := range list.Records {
		if r.FrontEnd == byServer {
			got = append(got, strings.Join([]string{r.Who, string(r.Action), r.Outcome}, " · "))
		}
	}
	want := []string{
		who + " · solve · begun", who + " · solve · answered", who + " · export · done", who + " · delete · done",
		" · refuse · refused: 1 with 401", who + " · refuse · refused: 1 with 403",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("recorded\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if text := b.whole(log); strings.Count(text, `"msg":"key used","key":"`+id+`","name":"grader"`) != 1 {
		t.Errorf("that the key was used is not once in the log:\n%s", text)
	}
	b.wantCode(b.run("auth", "key", "rotate", id), 0)
	b.wantCode(b.run("auth", "key", "revoke", id), 0)
	b.wantCode(b.run("log"), 0)
	for _, line := range []string{"key made key=" + id, "key rotated key=", "key revoked key=" + id} {
		if strings.Count(b.out.String(), line) != 1 {
			t.Errorf("%q is not once in the log:\n%s", line, &b.out)
		}
	}
}

// TestFirstKey: a server behind a proxy that was started without keys asks for one as soon
// as another program has made the first; one on loopback goes on to ask for none, and
// checks what is shown.
func TestFirstKey(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("NOT TESTED: there is no curl")
	}
	b := newBench(t)
	open, proxied := "http://"+b.serves("--log", "off")+"/v1/models", "http://"+b.serves("--log", "off", "--insecure-behind-proxy")+"/v1/models"
	for _, url := range []string{open, proxied} {
		b.wantLine("without keys", "curl "+url, "200", "qwen3")
	}
	b.wantCode(b.run("auth", "key", "create", "--name", "first"), 0)
	as := "curl -H 'Authorization: Bearer " + strings.TrimSpace(b.out.String()) + "' "
	b.wantLine("loopback", "curl "+open, "200", "qwen3")
	b.wantLine("loopback, a client of OpenAI", "curl -H 'Authorization: Bearer sk-none' "+open, "200", "qwen3")
	b.wantLine("loopback, a wrong key", "curl -H 'Authorization: Bearer aimo3_0123456789_x' "+open, "401", "not valid")
	b.wantLine("behind a proxy", "curl "+proxied, "401", "not valid")
	b.wantLine("behind a proxy, a client of OpenAI", "curl -H 'Authorization: Bearer sk-none' "+proxied, "401", "not valid")
	for _, url := range []string{open, proxied} {
		b.wantLine("with the key", as+url, "200", "qwen3")
	}
}
