package vault

// Credential is a secret that a program has to show, by its name.
type Credential string

// The credentials. The passphrase opens the encrypted files, and is itself in none, nor
// in a keyring.
const (
	Redis      Credential = "redis"
	Kaggle     Credential = "kaggle"
	Connect    Credential = "connect"
	Passphrase Credential = "passphrase"
)

// Kept are the credentials that a vault keeps.
func Kept() []Credential { return []Credential{Redis, Kaggle, Connect} }

// All are the credentials that a variable may set.
func All() []Credential { return []Credential{Redis, Kaggle, Connect, Passphrase} }

var words = map[Credential]struct{ variable, about string }{
	Redis:      {"AIMO3_REDIS_PASSWORD", "password of the Redis server of --cache-redis"},
	Kaggle:     {"AIMO3_KAGGLE_KEY", "key of Kaggle's API; else KAGGLE_KEY, else that of ~/.kaggle/kaggle.json"},
	Connect:    {"AIMO3_CONNECT_KEY", "API key that the server of --connect asks for"},
	Passphrase: {"AIMO3_AGE_PASSPHRASE", "opens the encrypted files of `aimo3 auth set`"},
}

// About says what it is for.
func (c Credential) About() string { return words[c].about }

// Variable is the one that may hold the secret.
func (c Credential) Variable() string { return words[c].variable }

// FileVariable is the variable that may name a file with the secret.
func (c Credential) FileVariable() string { return c.Variable() + "_FILE" }
