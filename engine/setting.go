package engine

// Setting is a flag that can be kept in a file, with the value that counts now.
type Setting struct {
	Key     string   // the name of the flag
	Value   string   // that counts, with *** in place of secrets; "" if none is set
	Hidden  bool     // a secret in Value is hidden
	Default string   // in words, what counts where nothing is set; "" if that is nothing
	From    string   // where Value comes from: "flag", "AIMO3_SEED", "./aimo3.yaml:3", "default"
	Own     bool     // Value comes from the user's own file
	Kept    bool     // the user's own file has the key, though another value may count
	About   string   // what it is, in a sentence
	Choices []string // its values, where they are few
	Model   bool     // its value is the name of a model, or several
	Live    bool     // a change counts from the next attempt on, and else from the next start on
}

// Settings are all settings as they stand.
type Settings struct {
	File string // the user's own, in which changes are kept
	All  []Setting
	Plan Plan   // that they make
	Undo string // the key whose change would be taken back next; "" if none would
}

// Of is the setting of that key.
func (s Settings) Of(key string) (Setting, bool) {
	for _, one := range s.All {
		if one.Key == key {
			return one, true
		}
	}
	return Setting{}, false
}
