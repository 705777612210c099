package latex

import (
	"strings"
	"sync"

	"github.com/aimo3/aimo3/engine/formula"
)

// commands are those without an argument that LaTeX has with amsmath and amssymb, under the
// names that formulas know them by.
const commands = `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho
varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
varGamma varDelta varTheta varLambda varXi varPi varSigma varPhi varPsi varOmega digamma varkappa infty partial nabla ell
hbar hslash imath jmath Re Im wp aleph beth gimel daleth emptyset varnothing forall exists nexists neg lnot top bot angle
measuredangle sphericalangle triangle triangledown blacktriangle blacktriangledown square Box blacksquare diamondsuit
heartsuit clubsuit spadesuit sharp flat natural surd prime backprime ldots dots dotsc dotso cdots dotsb dotsm dotsi vdots
ddots mho eth complement Finv Game backslash checkmark maltese bigstar lozenge blacklozenge Diamond diagup diagdown vert
Vert lbrack rbrack
pm mp times div cdot centerdot ast star circ bullet cup cap uplus sqcup sqcap vee lor wedge land setminus smallsetminus wr
amalg oplus ominus otimes oslash odot dagger ddagger diamond bigcirc bigtriangleup bigtriangledown triangleleft
triangleright ltimes rtimes Cup Cap barwedge veebar boxplus boxminus boxtimes boxdot lhd rhd unlhd unrhd lfloor lceil langle
lvert lVert lbrace lgroup lmoustache ulcorner llcorner rfloor rceil rangle rvert rVert rbrace rgroup rmoustache urcorner
lrcorner colon cdotp ldotp sum prod coprod int iint iiint iiiint oint idotsint bigcup bigcap bigsqcup bigvee bigwedge
bigoplus bigotimes bigodot biguplus intop
le leq leqslant leqq ge geq geqslant geqq ne neq equiv approx approxeq cong sim simeq asymp propto varpropto ll gg lll ggg
prec succ preceq succeq preccurlyeq succcurlyeq precsim succsim in ni owns notin subset supset subseteq supseteq subsetneq
supsetneq varsubsetneq varsupsetneq subseteqq supseteqq subsetneqq supsetneqq nsubseteq nsupseteq Subset Supset sqsubseteq
sqsupseteq sqsubset sqsupset mid nmid parallel nparallel shortmid nshortmid shortparallel perp vdash dashv models vDash Vdash
Vvdash nvdash nvDash smile frown bowtie Join doteq doteqdot Doteq triangleq circeq eqcirc bumpeq Bumpeq fallingdotseq
risingdotseq lesssim gtrsim lessapprox gtrapprox lessgtr gtrless lesseqgtr gtreqless nless ngtr nleq ngeq nleqslant ngeqslant
lneq gneq lneqq gneqq nprec nsucc ncong nsim trianglelefteq trianglerighteq vartriangleleft vartriangleright ntriangleleft
ntriangleright eqsim backsim thicksim thickapprox between pitchfork therefore because to rightarrow longrightarrow leftarrow
gets longleftarrow leftrightarrow longleftrightarrow Rightarrow Longrightarrow implies Leftarrow Longleftarrow impliedby
Leftrightarrow Longleftrightarrow iff mapsto longmapsto hookrightarrow hookleftarrow uparrow downarrow updownarrow Uparrow
Downarrow Updownarrow nearrow searrow swarrow nwarrow rightharpoonup rightharpoondown leftharpoonup leftharpoondown
rightleftharpoons leftrightharpoons leadsto rightsquigarrow twoheadrightarrow twoheadleftarrow rightarrowtail leftarrowtail
rightrightarrows leftleftarrows rightleftarrows leftrightarrows Rrightarrow Lleftarrow nrightarrow nleftarrow nRightarrow
nLeftarrow nLeftrightarrow nleftrightarrow circlearrowleft circlearrowright curvearrowright curvearrowleft restriction
upharpoonright dashrightarrow dashleftarrow
sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg deg dim exp hom ker lg ln log lim max min sup inf gcd
det Pr`

// others are glyphs that no command of the list stands for.
var others = map[string]string{
	"−": "-", "⋯": `\cdots `, "°": `{}^{\circ}`, "∎": `\blacksquare `, "■": `\blacksquare `, "ℕ": `\mathbb{N}`, "ℤ": `\mathbb{Z}`,
	"ℚ": `\mathbb{Q}`, "ℝ": `\mathbb{R}`, "ℂ": `\mathbb{C}`, "ο": "o", "†": `\dagger `, "‡": `\ddagger `, "⟦": `[\![`, "⟧": `]\!]`,
	"≔": `\mathrel{:=}`, "≕": `\mathrel{=:}`, "⩴": `\mathrel{::=}`, "∷": `\mathrel{::}`, "∌": `\not\ni `, "⊄": `\not\subset `,
	"⊅": `\not\supset `, "≢": `\not\equiv `, "≉": `\not\approx `, "≄": `\not\simeq `, "§": `\S `, "¶": `\P `, "£": `\pounds `,
	"¥": `\yen `, "©": `\copyright `, "∯": `\oint\!\oint `, "∰": `\oint\!\oint\!\oint `, "∫⋯∫": `\idotsint `, "lim sup": `\limsup `,
	"lim inf": `\liminf `, "mod": `\bmod `, "(mod": `(\operatorname{mod}`, "{": `\{`, "}": `\}`, "$": `\$`, "%": `\%`, "#": `\#`,
	"&": `\&`, "_": `\_`, `\`: `\backslash `, "~": `\sim `, "^": `\wedge `, "*": "*", "‖": `\Vert `, "⊼": `\barwedge `, "∄": `\nexists `,
	"⇏": `\nRightarrow `, "≁": `\nsim `, "Ⅎ": `\Finv `, "✓": `\checkmark `, "✗": `\times `, "“": "``", "”": "''", "’": "'", "′": `{}^{\prime}`,
	"″": `{}^{\prime\prime}`, "⁄": "/", "√": `\surd `, "\u00a0": `\ `, "¬": `\neg `, "·": `\cdot `, "…": `\ldots `, "∆": `\Delta `, "Ω": `\Omega `,
}

// allowed is the set of commands, and glyphs what each of their glyphs is written by, the
// first that stands for it.
var (
	allowed = sync.OnceValue(func() map[string]bool { //nolint:gochecknoglobals // never written
		all := map[string]bool{}
		for name := range strings.FieldsSeq(commands) {
			all[name] = true
		}
		return all
	})
	glyphs = sync.OnceValue(func() map[string]string { //nolint:gochecknoglobals // likewise
		all := map[string]string{}
		for name := range strings.FieldsSeq(commands) {
			if s, ok := formula.Parse(`\`+name, nil).Body.(formula.Row); ok && len(s.Kids) == 1 {
				if s, ok := s.Kids[0].(formula.Symbol); ok && all[s.Glyph] == "" && s.Class != formula.Fun {
					all[s.Glyph] = `\` + name + " "
				}
			}
		}
		for glyph, tex := range others {
			all[glyph] = tex
		}
		return all
	})
)

// symbol writes one glyph, or the name of a function.
func (w *writer) symbol(s formula.Symbol) {
	name := strings.TrimSuffix(s.Name, "*")
	struck, not := strings.CutSuffix(s.Glyph, "\u0338")
	switch tex := glyphs()[s.Glyph]; {
	case allowed()[name] && !strings.Contains(s.Glyph, " "):
		w.WriteString(`\` + name + " ")
	case tex != "":
		w.WriteString(tex)
	case not && struck != "":
		w.WriteString(`\not `)
		w.symbol(formula.Symbol{Glyph: struck, Name: strings.TrimPrefix(name, "not ")})
	case s.Class == formula.Fun && spelled(s.Glyph):
		star := ""
		if s.Name == "operatorname*" || s.Name == "argmax" || s.Name == "argmin" {
			star = "*"
		}
		w.WriteString(`\operatorname` + star + "{" + strings.ReplaceAll(s.Glyph, " ", `\,`) + "}")
	case len(s.Glyph) == 1 && s.Glyph[0] > ' ' && s.Glyph[0] < 0x7f:
		w.WriteString(s.Glyph)
	case len([]rune(s.Glyph)) == 1:
		w.WriteString(`\text{` + Text(s.Glyph) + "}")
	default:
		w.failed = true
	}
}

// spelled tells names of letters, digits and spaces.
func spelled(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -") == ""
}
