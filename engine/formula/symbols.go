package formula

// symbol is what a command draws that takes no argument.
type symbol struct {
	glyph string
	class Class
}

// letters are commands for what stands for a thing by itself.
var letters = map[string]symbol{
	"alpha": {"α", Ord}, "beta": {"β", Ord}, "gamma": {"γ", Ord}, "delta": {"δ", Ord}, "epsilon": {"ϵ", Ord},
	"varepsilon": {"ε", Ord}, "zeta": {"ζ", Ord}, "eta": {"η", Ord}, "theta": {"θ", Ord}, "vartheta": {"ϑ", Ord},
	"iota": {"ι", Ord}, "kappa": {"κ", Ord}, "lambda": {"λ", Ord}, "mu": {"μ", Ord}, "nu": {"ν", Ord}, "xi": {"ξ", Ord},
	"omicron": {"ο", Ord}, "pi": {"π", Ord}, "varpi": {"ϖ", Ord}, "rho": {"ρ", Ord}, "varrho": {"ϱ", Ord},
	"sigma": {"σ", Ord}, "varsigma": {"ς", Ord}, "tau": {"τ", Ord}, "upsilon": {"υ", Ord}, "phi": {"ϕ", Ord},
	"varphi": {"φ", Ord}, "chi": {"χ", Ord}, "psi": {"ψ", Ord}, "omega": {"ω", Ord}, "Gamma": {"Γ", Ord},
	"Delta": {"Δ", Ord}, "Theta": {"Θ", Ord}, "Lambda": {"Λ", Ord}, "Xi": {"Ξ", Ord}, "Pi": {"Π", Ord},
	"Sigma": {"Σ", Ord}, "Upsilon": {"Υ", Ord}, "Phi": {"Φ", Ord}, "Psi": {"Ψ", Ord}, "Omega": {"Ω", Ord},
	"varGamma": {"Γ", Ord}, "varDelta": {"Δ", Ord}, "varTheta": {"Θ", Ord}, "varLambda": {"Λ", Ord},
	"varXi": {"Ξ", Ord}, "varPi": {"Π", Ord}, "varSigma": {"Σ", Ord}, "varPhi": {"Φ", Ord}, "varPsi": {"Ψ", Ord},
	"varOmega": {"Ω", Ord}, "digamma": {"ϝ", Ord}, "varkappa": {"ϰ", Ord}, "infty": {"∞", Ord}, "partial": {"∂", Ord},
	"nabla": {"∇", Ord}, "ell": {"ℓ", Ord}, "hbar": {"ℏ", Ord}, "hslash": {"ℏ", Ord}, "imath": {"ı", Ord},
	"jmath": {"ȷ", Ord}, "Re": {"ℜ", Ord}, "Im": {"ℑ", Ord}, "wp": {"℘", Ord}, "aleph": {"ℵ", Ord}, "beth": {"ℶ", Ord},
	"gimel": {"ℷ", Ord}, "daleth": {"ℸ", Ord}, "emptyset": {"∅", Ord}, "varnothing": {"∅", Ord}, "forall": {"∀", Ord},
	"exists": {"∃", Ord}, "nexists": {"∄", Ord}, "neg": {"¬", Ord}, "lnot": {"¬", Ord}, "top": {"⊤", Ord},
	"bot": {"⊥", Ord}, "angle": {"∠", Ord}, "measuredangle": {"∡", Ord}, "sphericalangle": {"∢", Ord},
	"triangle": {"△", Ord}, "triangledown": {"▽", Ord}, "blacktriangle": {"▲", Ord}, "blacktriangledown": {"▼", Ord},
	"square": {"□", Ord}, "Box": {"□", Ord}, "blacksquare": {"■", Ord}, "diamondsuit": {"♢", Ord},
	"heartsuit": {"♡", Ord}, "clubsuit": {"♣", Ord}, "spadesuit": {"♠", Ord}, "sharp": {"♯", Ord}, "flat": {"♭", Ord},
	"natural": {"♮", Ord}, "surd": {"√", Ord}, "prime": {"′", Ord}, "backprime": {"‵", Ord}, "degree": {"°", Ord},
	"ldots": {"…", Ord}, "dots": {"…", Ord}, "dotsc": {"…", Ord}, "dotso": {"…", Ord}, "textellipsis": {"…", Ord},
	"cdots": {"⋯", Ord}, "dotsb": {"⋯", Ord}, "dotsm": {"⋯", Ord}, "dotsi": {"⋯", Ord}, "vdots": {"⋮", Ord},
	"ddots": {"⋱", Ord}, "mho": {"℧", Ord}, "eth": {"ð", Ord}, "complement": {"∁", Ord}, "Finv": {"Ⅎ", Ord},
	"Game": {"⅁", Ord}, "backslash": {"\\", Ord}, "checkmark": {"✓", Ord}, "maltese": {"✠", Ord}, "bigstar": {"★", Ord},
	"lozenge": {"◊", Ord}, "blacklozenge": {"⧫", Ord}, "Diamond": {"◇", Ord}, "S": {"§", Ord}, "P": {"¶", Ord},
	"copyright": {"©", Ord}, "pounds": {"£", Ord}, "yen": {"¥", Ord}, "euro": {"€", Ord}, "textdegree": {"°", Ord},
	"QED": {"∎", Ord}, "qedsymbol": {"∎", Ord}, "blackqed": {"■", Ord}, "diagup": {"╱", Ord}, "diagdown": {"╲", Ord},
	"N": {"ℕ", Ord}, "Z": {"ℤ", Ord}, "Q": {"ℚ", Ord}, "R": {"ℝ", Ord}, "C": {"ℂ", Ord}, "reals": {"ℝ", Ord},
	"Reals": {"ℝ", Ord}, "natnums": {"ℕ", Ord}, "Complex": {"ℂ", Ord}, "aa": {"å", Ord}, "AA": {"Å", Ord},
	"ae": {"æ", Ord}, "AE": {"Æ", Ord}, "o": {"ø", Ord}, "O": {"Ø", Ord}, "ss": {"ß", Ord}, "i": {"ı", Ord},
	"j": {"ȷ", Ord}, "l": {"ł", Ord}, "L": {"Ł", Ord}, "oe": {"œ", Ord}, "OE": {"Œ", Ord}, "textbackslash": {"\\", Ord},
	"lbrack": {"[", Ord}, "rbrack": {"]", Ord}, "vert": {"|", Ord}, "Vert": {"‖", Ord},
}

// operators are commands for what stands between two things, and for brackets.
var operators = map[string]symbol{
	"pm": {"±", Bin}, "mp": {"∓", Bin}, "times": {"×", Bin}, "div": {"÷", Bin}, "cdot": {"·", Bin},
	"centerdot": {"·", Bin}, "ast": {"∗", Bin}, "star": {"⋆", Bin}, "circ": {"∘", Bin}, "bullet": {"•", Bin},
	"cup": {"∪", Bin}, "cap": {"∩", Bin}, "uplus": {"⊎", Bin}, "sqcup": {"⊔", Bin}, "sqcap": {"⊓", Bin},
	"vee": {"∨", Bin}, "lor": {"∨", Bin}, "wedge": {"∧", Bin}, "land": {"∧", Bin}, "setminus": {"∖", Bin},
	"smallsetminus": {"∖", Bin}, "wr": {"≀", Bin}, "amalg": {"⨿", Bin}, "oplus": {"⊕", Bin}, "ominus": {"⊖", Bin},
	"otimes": {"⊗", Bin}, "oslash": {"⊘", Bin}, "odot": {"⊙", Bin}, "dagger": {"†", Bin}, "ddagger": {"‡", Bin},
	"dag": {"†", Bin}, "ddag": {"‡", Bin}, "diamond": {"⋄", Bin}, "bigcirc": {"◯", Bin}, "bigtriangleup": {"△", Bin},
	"bigtriangledown": {"▽", Bin}, "triangleleft": {"◁", Bin}, "triangleright": {"▷", Bin}, "ltimes": {"⋉", Bin},
	"rtimes": {"⋊", Bin}, "Cup": {"⋓", Bin}, "Cap": {"⋒", Bin}, "barwedge": {"⊼", Bin}, "veebar": {"⊻", Bin},
	"boxplus": {"⊞", Bin}, "boxminus": {"⊟", Bin}, "boxtimes": {"⊠", Bin}, "boxdot": {"⊡", Bin},
	"circledast": {"⊛", Bin}, "circledcirc": {"⊚", Bin}, "circleddash": {"⊝", Bin}, "dotplus": {"∔", Bin},
	"divideontimes": {"⋇", Bin}, "intercal": {"⊺", Bin}, "curlyvee": {"⋎", Bin}, "curlywedge": {"⋏", Bin},
	"gtrdot": {"⋗", Bin}, "lessdot": {"⋖", Bin}, "leftthreetimes": {"⋋", Bin}, "rightthreetimes": {"⋌", Bin},
	"lhd": {"⊲", Bin}, "rhd": {"⊳", Bin}, "unlhd": {"⊴", Bin}, "unrhd": {"⊵", Bin}, "plus": {"+", Bin},
	"And": {"&", Bin}, "lfloor": {"⌊", Open}, "lceil": {"⌈", Open}, "langle": {"⟨", Open}, "lvert": {"|", Open},
	"lVert": {"‖", Open}, "lbrace": {"{", Open}, "llbracket": {"⟦", Open}, "lgroup": {"⟮", Open},
	"lmoustache": {"⎰", Open}, "ulcorner": {"⌜", Open}, "llcorner": {"⌞", Open}, "rfloor": {"⌋", Close},
	"rceil": {"⌉", Close}, "rangle": {"⟩", Close}, "rvert": {"|", Close}, "rVert": {"‖", Close}, "rbrace": {"}", Close},
	"rrbracket": {"⟧", Close}, "rgroup": {"⟯", Close}, "rmoustache": {"⎱", Close}, "urcorner": {"⌝", Close},
	"lrcorner": {"⌟", Close}, "colon": {":", Punct}, "cdotp": {"·", Punct}, "ldotp": {".", Punct}, "sum": {"∑", Big},
	"prod": {"∏", Big}, "coprod": {"∐", Big}, "int": {"∫", Big}, "iint": {"∬", Big}, "iiint": {"∭", Big},
	"oint": {"∮", Big}, "oiint": {"∯", Big}, "oiiint": {"∰", Big}, "iiiint": {"⨌", Big}, "idotsint": {"∫⋯∫", Big}, "bigcup": {"⋃", Big}, "bigcap": {"⋂", Big}, "bigsqcup": {"⨆", Big},
	"bigvee": {"⋁", Big}, "bigwedge": {"⋀", Big}, "bigoplus": {"⨁", Big}, "bigotimes": {"⨂", Big},
	"bigodot": {"⨀", Big}, "biguplus": {"⨄", Big}, "intop": {"∫", Big},
}
