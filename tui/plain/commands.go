package plain

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// command is what a person may say in place of a problem.
type command struct {
	name  string
	takes string // what follows the name, as help shows it
	does  string
	fits  func(words []string) bool // whether what follows may be meant
	do    func(s *session, words []string)
}

// none, one and others say what may follow a command.
func none(words []string) bool { return len(words) == 0 }

func upTo(n int) func([]string) bool { return func(w []string) bool { return len(w) <= n } }

func one(words []string) bool { return len(words) == 1 }

func some(words []string) bool { return len(words) > 0 }

func anything([]string) bool { return true }

// commands are all that there are, those that matter first.
func commands() []command {
	return []command{
		{"ask", "[TEXT]", "begin a problem, also one that begins with a word of this list", anything, (*session).askText},
		{"file", "PATH", "ask the problem in a text file", some, (*session).askFile},
		{"again", "", "ask the latest problem again", none, (*session).again},
		{"draft", "", "ask the problem that was left unasked the last time", none, (*session).askDraft},
		{"status", "", "say how the attempt goes, and what the next one would be", none, (*session).status},
		{"wait", "", "read no input until running attempts end", none, (*session).wait},
		{"stop", "SAMPLE|all", "end one sample, or all", one, (*session).stop},
		{"hint", "SAMPLE|all TEXT", "send a sample a hint", func(w []string) bool { return len(w) > 1 }, (*session).hint},
		{"more", "N", "add samples, also to an attempt that has ended", one, (*session).more},
		{"rule", "RULE", "change when it stops: none, four-agree, uncatchable", one, (*session).rule},
		{"show", "[ID|last] [SAMPLE]", "show an attempt, or what one of its samples said", showFits, (*session).show},
		{"history", "[QUERY]", "list stored attempts, the newest first; QUERY takes words, and terms such as is:wrong, is:starred, is:deleted or after:yesterday", anything, (*session).history},
		{"mark", "ID REMARK", "say something of an attempt: star, unstar, right, wrong, unjudged, expected ANSWER, note TEXT, tag TAG or untag TAG", remarkFits, (*session).mark},
		{"compare", "ID ID", "tell what two attempts differ in, and where their reasoning parts", func(w []string) bool { return len(w) == 2 }, (*session).compare},
		{"export", "ID [FORMAT]", "write an attempt into a new file: md, html, tex, json or jsonl", exportFits, (*session).export},
		{"delete", "ID", "delete a stored attempt", one, (*session).remove},
		{"restore", "ID", "bring a deleted attempt back", one, (*session).restore},
		{"unfinished", "", "list attempts that were cut short", none, (*session).unfinished},
		{"resume", "ID", "go on with one of those", one, (*session).resume},
		{"close", "ID", "end one of those with the votes that it has", one, (*session).closeIt},
		{"model", "[NAME]", "list models, or choose one", upTo(1), (*session).model},
		{"pull", "NAME", "download a model", one, (*session).pull},
		{"samples", "N", "how many samples the next attempt takes", one, (*session).samples},
		{"tools", "WHAT", "what runs code: auto, python, embedded, off", one, (*session).tools},
		{"settings", "[NAME [VALUE]]", "list settings and where each comes from, or keep one", anything, (*session).settings},
		{"doctor", "", "check the program and its dependencies", none, (*session).doctor},
		{"log", "", "show recent log lines", none, (*session).log},
		{"help", "", "list these commands", none, (*session).help},
		{"quit", "", "leave", none, (*session).quit},
	}
}

// obey does what a line says if that begins with the name of a command. One that does not
// fit is explained, since it may be the beginning of a problem too.
func (s *session) obey(line string) bool {
	words := strings.Fields(line)
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == words[0] })
	if i < 0 {
		return false
	}
	if c := all[i]; c.fits(words[1:]) {
		s.leaving = s.leaving && c.name == "quit"
		c.do(s, words[1:])
	} else {
		s.say("not done: say `%s` · if this begins a problem, say ask before it", strings.TrimSpace(c.name+" "+c.takes))
	}
	return true
}

func (s *session) help([]string) {
	s.say("A line that begins with none of these words begins a problem; an empty line, or a dot alone, ends it.")
	for _, c := range commands() {
		s.say("%s: %s", strings.TrimSpace(c.name+" "+c.takes), c.does)
	}
}

// quit leaves, but asks first while samples run that would end with the app.
func (s *session) quit([]string) {
	if n := s.running(); n > 0 && s.Env.Connect == "" && !s.leaving {
		s.leaving = true
		s.say("%s running: quit again stops them and leaves", samplesAre(n))
		return
	}
	s.over = true
}

func (s *session) wait([]string) { s.waiting = true }

// notHere refuses what this app cannot do.
func (s *session) notHere(why string) { s.refuse(&engine.Fault{Class: engine.Invalid, What: why}) }
