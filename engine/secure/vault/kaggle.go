package vault

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// kaggleFile is where Kaggle's own tools keep the key of a person's account: kaggle.json
// in KAGGLE_CONFIG_DIR or, without that, in .kaggle at home. "" if there is no home.
func (v *Vault) kaggleFile() string {
	if dir := v.Getenv("KAGGLE_CONFIG_DIR"); dir != "" {
		return filepath.Join(dir, "kaggle.json")
	}
	if home := v.Getenv("HOME"); home != "" {
		return filepath.Join(home, ".kaggle", "kaggle.json")
	}
	return ""
}

// ofKaggle finds the key where Kaggle's own tools look for it: in KAGGLE_KEY, and in that
// file; none is no error.
func (v *Vault) ofKaggle() (Found, error) {
	if text := v.Getenv("KAGGLE_KEY"); text != "" {
		return valid(text, Found{Place: Environment, Where: "KAGGLE_KEY"})
	}
	path := v.kaggleFile()
	if path == "" {
		return Found{}, nil
	}
	text, err := secure.ReadPrivate(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Found{}, nil
	}
	if err != nil {
		return Found{}, err
	}
	var account struct {
		Key string `json:"key"`
	}
	if json.Unmarshal(text, &account) != nil || account.Key == "" { // the error may quote the key
		return Found{}, &engine.Fault{Class: engine.Invalid, What: path + " holds no key of Kaggle's", Todo: "create a new one in the settings of your Kaggle account, and put the file there"}
	}
	return valid(account.Key, Found{Place: File, Where: path})
}
