package tex

// role is what a token does in an expression, however it was written.
type role uint8

const (
	end        role = iota
	numeral         // text: ASCII digits with at most one point, no separators
	scientific      // text: "1.2e-5"
	repeating       // text: "0.1(6)"
	name            // text: "x", "\pi"
	unknown         // a command of no known meaning; text with its backslash
	word            // text that is no mathematics, or a unit; text: its words
	function        // text: "sin"
	callable        // a function that is one only before a parenthesis: "f", "binomial"
	logarithm       // \log
	plus
	minus
	plusMinus // text: "\pm" or "\mp"
	times
	slash
	power
	subscript
	prime
	bang
	percent
	degree
	money // text: "$", "€"
	openBrace
	closeBrace
	openParen
	closeParen
	openSquare
	closeSquare
	openSet
	closeSet
	bar       // | of unknown direction
	openBar   // \lvert, \left|
	closeBar  // \rvert, \right|
	openNorm  // \|
	openFloor // and closeFloor: ⌊ and ⌋
	closeFloor
	openCeil
	closeCeil
	openAngle
	closeAngle
	comma // text: "," or "and"
	semicolon
	or
	colon
	relation // text: as in Relation
	negated  // \not
	union
	intersect
	without
	remainder // \bmod
	modulo    // \pmod
	fraction  // \frac and its family
	binomial
	choose // {n \choose k}
	over   // {a \over b}
	root
	rootOf // \root n\of
	of
	radical // √: takes the number or name after it
	summation
	production
	integral
	limit
	accent // text: "\overline"
	brace  // \underbrace, \overbrace
	begin  // text: the environment
	finish // \end; text: the environment
	ampersand
	newline
	empty
	styled  // \mathrm, \operatorname
	blank   // spacing, sizes and styles: no token
	phantom // likewise, with an argument to drop
	thick   // bold print: no token
	left
	right
	written  // \text and its family
	lettered // \mathbb and its family
	grouped  // \boxed: its argument is a group
	coloured // \textcolor{…}{…}: its second argument is a group
	ordinal  // the th of 5th
	siunitx  // \num and its family; text: which of them
	bad      // known, and no part of an answer
)

// token is one piece of the text. Its text is a part of what was scanned
// wherever that is possible.
type token struct {
	role   role
	spaced bool // there is space before it
	text   string
}

// meaning is what a command, a symbol or a word stands for.
type meaning struct {
	role role
	text string
}

// commands has the meaning of what follows a backslash. Many spellings share
// one.
var commands = map[string]meaning{
	"frac": {fraction, ""}, "dfrac": {fraction, ""}, "tfrac": {fraction, ""}, "cfrac": {fraction, ""}, "nicefrac": {fraction, ""}, "sfrac": {fraction, ""}, "flatfrac": {fraction, ""},
	"binom": {binomial, ""}, "tbinom": {binomial, ""}, "dbinom": {binomial, ""}, "choose": {choose, ""}, "over": {over, ""},
	"sqrt": {root, ""}, "surd": {radical, ""}, "root": {rootOf, ""}, "of": {of, ""}, "cis": {function, "cis"},
	"sum": {summation, ""}, "prod": {production, ""}, "lim": {limit, ""}, "int": {integral, ""},
	"log": {logarithm, "log"}, "ln": {function, "ln"}, "lg": {function, "lg"}, "exp": {function, "exp"}, "exponentialE": {name, "e"}, "imaginaryI": {name, "i"},
	"imaginaryJ": {name, "i"}, "imath": {name, "i"}, "differentialD": {name, "d"},

	"sin": {function, "sin"}, "cos": {function, "cos"}, "tan": {function, "tan"}, "cot": {function, "cot"}, "sec": {function, "sec"}, "csc": {function, "csc"},
	"tg": {function, "tan"}, "ctg": {function, "cot"}, "cotg": {function, "cot"}, "cosec": {function, "csc"},
	"sinh": {function, "sinh"}, "cosh": {function, "cosh"}, "tanh": {function, "tanh"}, "coth": {function, "coth"}, "sech": {function, "sech"}, "csch": {function, "csch"},
	"arcsin": {function, "arcsin"}, "arccos": {function, "arccos"}, "arctan": {function, "arctan"}, "arccot": {function, "arccot"}, "arcsec": {function, "arcsec"},
	"arccsc": {function, "arccsc"}, "arctg": {function, "arctan"},
	"arsinh": {function, "arcsinh"}, "arcosh": {function, "arccosh"}, "artanh": {function, "arctanh"}, "arcsinh": {function, "arcsinh"}, "arccosh": {function, "arccosh"},
	"arctanh": {function, "arctanh"}, "sh": {function, "sinh"}, "ch": {function, "cosh"}, "th": {function, "tanh"}, "cth": {function, "coth"},
	"gcd": {function, "gcd"}, "lcm": {function, "lcm"}, "max": {function, "max"}, "min": {function, "min"}, "sup": {function, "sup"}, "inf": {function, "inf"},
	"det": {function, "det"}, "deg": {function, "deg"}, "dim": {function, "dim"}, "ker": {function, "ker"}, "arg": {function, "arg"}, "Re": {function, "Re"}, "Im": {function, "Im"},
	"floor": {function, "floor"}, "ceil": {function, "ceil"}, "abs": {function, "abs"}, "sgn": {function, "sgn"}, "Pr": {function, "Pr"},

	"cdot": {times, ""}, "times": {times, ""}, "ast": {times, ""}, "star": {times, ""}, "bullet": {times, ""}, "div": {slash, ""},
	"pm": {plusMinus, `\pm`}, "mp": {plusMinus, `\mp`}, "bmod": {remainder, ""}, "mod": {remainder, ""}, "pmod": {modulo, ""}, "pod": {modulo, ""},
	"cup": {union, ""}, "bigcup": {union, ""}, "cap": {intersect, ""}, "bigcap": {intersect, ""}, "setminus": {without, ""}, "smallsetminus": {without, ""}, "backslash": {without, ""},
	"emptyset": {empty, ""}, "varnothing": {empty, ""}, "O": {empty, ""},
	"circ": {degree, `\circ`}, "degree": {degree, ""}, "degrees": {degree, ""}, "prime": {prime, ""}, "euro": {money, "€"}, "pounds": {money, "£"}, "yen": {money, "¥"}, "rupee": {money, "rupee"}, "textdollar": {money, "$"},
	"percent": {percent, ""},

	"lt": {relation, "<"}, "gt": {relation, ">"}, "le": {relation, `\le`}, "leq": {relation, `\le`}, "leqslant": {relation, `\le`}, "leqq": {relation, `\le`},
	"ge": {relation, `\ge`}, "geq": {relation, `\ge`}, "geqslant": {relation, `\ge`}, "geqq": {relation, `\ge`}, "ne": {relation, `\ne`}, "neq": {relation, `\ne`},
	"in": {relation, `\in`}, "notin": {relation, `\notin`}, "ni": {relation, `\ni`}, "equiv": {relation, `\equiv`}, "approx": {relation, `\approx`}, "approxeq": {relation, `\approx`},
	"simeq": {relation, `\approx`}, "doteq": {relation, `\approx`}, "cong": {relation, `\cong`}, "sim": {relation, `\sim`}, "propto": {relation, `\propto`},
	"mid": {relation, `\mid`}, "nmid": {relation, `\nmid`}, "parallel": {relation, `\parallel`}, "perp": {relation, `\perp`},
	"subset": {relation, `\subset`}, "subseteq": {relation, `\subseteq`}, "subsetneq": {relation, `\subset`}, "supset": {relation, `\supset`}, "supseteq": {relation, `\supseteq`},
	"to": {relation, `\to`}, "rightarrow": {relation, `\to`}, "longrightarrow": {relation, `\to`}, "mapsto": {relation, `\mapsto`}, "coloneqq": {relation, "="},
	"ll": {relation, `\ll`}, "gg": {relation, `\gg`}, "not": {negated, ""},
	"Rightarrow": {relation, `\Rightarrow`}, "Longrightarrow": {relation, `\Rightarrow`}, "implies": {relation, `\Rightarrow`}, "iff": {relation, `\Leftrightarrow`},
	"Leftrightarrow": {relation, `\Leftrightarrow`}, "land": {comma, `\land`}, "wedge": {comma, `\land`}, "lor": {or, `\lor`}, "vee": {or, `\lor`}, "neg": {function, "neg"}, "lnot": {function, "neg"}, "colon": {colon, ""},
	"forall": {word, "for all"}, "exists": {word, "there is"}, "therefore": {blank, ""},

	"lbrace": {openSet, ""}, "rbrace": {closeSet, ""}, "lbrack": {openSquare, ""}, "rbrack": {closeSquare, ""}, "lgroup": {openParen, ""}, "rgroup": {closeParen, ""},
	"vert": {bar, ""}, "lvert": {openBar, ""}, "rvert": {closeBar, ""}, "Vert": {openNorm, ""}, "lVert": {openNorm, ""}, "rVert": {openNorm, ""},
	"lfloor": {openFloor, ""}, "rfloor": {closeFloor, ""}, "lceil": {openCeil, ""}, "rceil": {closeCeil, ""}, "llcorner": {openFloor, ""}, "lrcorner": {closeFloor, ""}, "ulcorner": {openCeil, ""}, "urcorner": {closeCeil, ""}, "langle": {openAngle, ""}, "rangle": {closeAngle, ""},
	"left": {left, ""}, "mleft": {left, ""}, "right": {right, ""}, "mright": {right, ""}, "middle": {blank, ""}, "begin": {begin, ""}, "end": {finish, ""},

	"big": {blank, ""}, "Big": {blank, ""}, "bigg": {blank, ""}, "Bigg": {blank, ""}, "bigl": {left, ""}, "Bigl": {left, ""}, "biggl": {left, ""}, "Biggl": {left, ""},
	"bigr": {right, ""}, "Bigr": {right, ""}, "biggr": {right, ""}, "Biggr": {right, ""}, "bigm": {blank, ""}, "Bigm": {blank, ""},
	"displaystyle": {blank, ""}, "textstyle": {blank, ""}, "scriptstyle": {blank, ""}, "limits": {blank, ""}, "nolimits": {blank, ""}, "quad": {blank, ""}, "qquad": {blank, ""},
	"thinspace": {blank, ""}, "medspace": {blank, ""}, "thickspace": {blank, ""}, "enspace": {blank, ""}, "nobreakspace": {blank, ""}, "space": {blank, ""}, "negthinspace": {blank, ""},
	"LARGE": {blank, ""}, "huge": {blank, ""}, "Huge": {blank, ""}, "small": {blank, ""}, "bold": {blank, ""}, "pmb": {thick, ""}, "bfseries": {blank, ""}, "normalsize": {blank, ""}, "nonumber": {blank, ""}, "notag": {blank, ""}, "hline": {blank, ""}, "bf": {blank, ""}, "rm": {blank, ""}, "it": {blank, ""}, "strut": {blank, ""},
	"mathbf": {thick, ""}, "boldsymbol": {thick, ""}, "bm": {thick, ""}, "mathit": {blank, ""}, "vec": {blank, ""}, "overrightarrow": {blank, ""}, "underline": {blank, ""},
	"ensuremath": {blank, ""}, "allowbreak": {blank, ""}, "mathop": {blank, ""}, "mathstrut": {blank, ""}, "boldmath": {blank, ""}, "relax": {blank, ""}, "null": {blank, ""}, "protect": {blank, ""}, "noindent": {blank, ""}, "centering": {blank, ""}, "normalfont": {blank, ""},
	"hfill": {blank, ""}, "hfil": {blank, ""}, "par": {blank, ""}, "newline": {blank, ""}, "break": {blank, ""}, "nobreak": {blank, ""}, "displaylimits": {blank, ""},
	"smallskip": {blank, ""}, "medskip": {blank, ""}, "bigskip": {blank, ""}, "cr": {newline, ""}, "tabularnewline": {newline, ""}, "large": {blank, ""}, "Large": {blank, ""},
	"hspace": {phantom, ""}, "vspace": {phantom, ""}, "mspace": {phantom, ""}, "hskip": {bad, ""}, "phantom": {phantom, ""}, "hphantom": {phantom, ""}, "vphantom": {phantom, ""},
	"label": {phantom, ""}, "tag": {phantom, ""}, "color": {phantom, ""}, "textcolor": {coloured, ""}, "boxed": {grouped, ""}, "fbox": {grouped, ""}, "beginboxed": {grouped, ""}, "bbox": {grouped, ""}, "Aboxed": {grouped, ""}, "framebox": {grouped, ""}, "makebox": {grouped, ""}, "ovalbox": {grouped, ""},
	"shadowbox": {grouped, ""}, "cboxed": {grouped, ""}, "tcbox": {grouped, ""}, "tcboxmath": {grouped, ""}, "colorbox": {coloured, ""}, "fcolorbox": {coloured, "2"}, "enclose": {coloured, ""}, "mbox": {written, ""},

	"text": {written, ""}, "textbf": {written, ""}, "textit": {written, ""}, "textrm": {written, ""}, "textnormal": {written, ""}, "textsf": {written, ""}, "texttt": {written, ""},
	"textsuperscript": {power, ""}, "emph": {written, ""}, "hbox": {written, ""}, "textup": {written, ""}, "textsc": {written, ""}, "textsl": {written, ""}, "textmd": {written, ""},
	"mathrm": {styled, ""}, "operatorname": {styled, "operatorname"}, "mathsf": {styled, ""}, "mathtt": {styled, ""}, "rmfamily": {blank, ""},
	"mathbb": {lettered, `\mathbb`}, "mathcal": {lettered, `\mathcal`}, "mathfrak": {lettered, `\mathfrak`}, "mathscr": {lettered, `\mathcal`}, "Bbb": {lettered, `\mathbb`},
	"R": {name, `\mathbb{R}`}, "Z": {name, `\mathbb{Z}`}, "N": {name, `\mathbb{N}`}, "Q": {name, `\mathbb{Q}`}, "C": {name, `\mathbb{C}`},
	"overline": {accent, `\overline`}, "bar": {accent, `\overline`}, "widebar": {accent, `\overline`}, "hat": {accent, `\hat`}, "widehat": {accent, `\hat`}, "tilde": {accent, `\tilde`}, "widetilde": {accent, `\tilde`},
	"dot": {accent, `\dot`}, "ddot": {accent, `\ddot`}, "underbrace": {brace, ""}, "overbrace": {brace, ""}, "overset": {bad, ""}, "underset": {bad, ""}, "stackrel": {bad, ""},

	"infty": {name, `\infty`}, "infin": {name, `\infty`}, "empty": {empty, ""}, "reals": {name, `\mathbb{R}`}, "Reals": {name, `\mathbb{R}`}, "ldots": {name, `\ldots`}, "dots": {name, `\ldots`}, "dotsc": {name, `\ldots`}, "cdots": {name, `\cdots`}, "dotsb": {name, `\cdots`}, "vdots": {name, `\vdots`},
	"ddots": {name, `\ddots`}, "ell": {name, `\ell`}, "hbar": {name, `\hbar`}, "partial": {name, `\partial`}, "nabla": {name, `\nabla`}, "triangle": {name, `\triangle`},
	"angle": {name, `\angle`}, "square": {name, `\square`}, "odot": {name, `\odot`}, "complement": {name, `\complement`}, "aleph": {name, `\aleph`},
	"alpha": {name, `\alpha`}, "beta": {name, `\beta`}, "gamma": {name, `\gamma`}, "delta": {name, `\delta`}, "epsilon": {name, `\epsilon`}, "varepsilon": {name, `\epsilon`},
	"zeta": {name, `\zeta`}, "eta": {name, `\eta`}, "theta": {name, `\theta`}, "vartheta": {name, `\theta`}, "iota": {name, `\iota`}, "kappa": {name, `\kappa`}, "lambda": {name, `\lambda`},
	"mu": {name, `\mu`}, "nu": {name, `\nu`}, "xi": {name, `\xi`}, "pi": {name, `\pi`}, "varpi": {name, `\pi`}, "rho": {name, `\rho`}, "varrho": {name, `\rho`}, "sigma": {name, `\sigma`},
	"varsigma": {name, `\sigma`}, "tau": {name, `\tau`}, "upsilon": {name, `\upsilon`}, "phi": {name, `\phi`}, "varphi": {name, `\phi`}, "chi": {name, `\chi`}, "psi": {name, `\psi`},
	"omega": {name, `\omega`}, "Gamma": {name, `\Gamma`}, "Delta": {name, `\Delta`}, "Theta": {name, `\Theta`}, "Lambda": {name, `\Lambda`}, "Xi": {name, `\Xi`}, "Pi": {name, `\Pi`},
	"Sigma": {name, `\Sigma`}, "Upsilon": {name, `\Upsilon`}, "Phi": {name, `\Phi`}, "Psi": {name, `\Psi`}, "Omega": {name, `\Omega`},

	"num": {siunitx, "num"}, "ang": {siunitx, "ang"}, "SI": {siunitx, "SI"}, "qty": {siunitx, "qty"}, "si": {siunitx, "si"}, "unit": {siunitx, "si"},

	"input": {bad, ""}, "include": {bad, ""}, "def": {bad, ""}, "newcommand": {bad, ""}, "let": {bad, ""}, "write": {bad, ""}, "csname": {bad, ""}, "href": {bad, ""},
}

// plain has the meaning of a run of letters that stands in no command: the
// names that programs and hurried people write without a backslash.
var plain = map[string]meaning{
	"sqrt": {root, ""}, "sin": {function, "sin"}, "cos": {function, "cos"}, "tan": {function, "tan"}, "cot": {function, "cot"}, "sec": {function, "sec"}, "csc": {function, "csc"},
	"sinh": {function, "sinh"}, "cosh": {function, "cosh"}, "tanh": {function, "tanh"}, "coth": {function, "coth"}, "sech": {function, "sech"}, "csch": {function, "csch"},
	"asin": {function, "arcsin"}, "acos": {function, "arccos"}, "atan": {function, "arctan"}, "arcsin": {function, "arcsin"}, "arccos": {function, "arccos"}, "arctan": {function, "arctan"},
	"acot": {function, "arccot"}, "asec": {function, "arcsec"}, "acsc": {function, "arccsc"}, "arccot": {function, "arccot"}, "arcsec": {function, "arcsec"}, "arccsc": {function, "arccsc"},
	"asinh": {function, "arcsinh"}, "acosh": {function, "arccosh"}, "atanh": {function, "arctanh"}, "arcsinh": {function, "arcsinh"}, "arccosh": {function, "arccosh"},
	"arctanh": {function, "arctanh"}, "arsinh": {function, "arcsinh"}, "arcosh": {function, "arccosh"}, "artanh": {function, "arctanh"}, "ctg": {function, "cot"}, "arctg": {function, "arctan"},
	"exp": {function, "exp"}, "ln": {function, "ln"}, "lg": {function, "lg"}, "log": {logarithm, "log"},
	"gcd": {function, "gcd"}, "lcm": {function, "lcm"}, "max": {function, "max"}, "min": {function, "min"}, "Max": {function, "max"}, "Min": {function, "min"},
	"floor": {callable, "floor"}, "ceil": {callable, "ceil"}, "ceiling": {callable, "ceil"}, "abs": {callable, "abs"}, "Abs": {callable, "abs"}, "sgn": {function, "sgn"},
	"sign": {callable, "sgn"}, "cbrt": {callable, "cbrt"}, "factorial": {callable, "factorial"}, "binomial": {callable, "binomial"}, "Rational": {callable, "Rational"},
	"Fraction": {callable, "Rational"}, "Matrix": {callable, "Matrix"}, "FiniteSet": {callable, "FiniteSet"}, "Mod": {callable, "Mod"}, "Eq": {callable, "Eq"}, "conjugate": {callable, "conj"}, "conj": {callable, "conj"}, "cis": {function, "cis"}, "nCr": {callable, "binomial"}, "comb": {callable, "binomial"}, "binom": {callable, "binomial"},
	"nPr": {callable, "perm"}, "perm": {callable, "perm"}, "LCM": {callable, "lcm"}, "GCD": {callable, "gcd"}, "HCF": {callable, "gcd"}, "GCF": {callable, "gcd"}, "hcf": {callable, "gcd"}, "gcf": {callable, "gcd"},
	"totient": {callable, `\phi`},
	"det":     {function, "det"}, "arg": {function, "arg"}, "deg": {function, "deg"}, "Integer": {callable, "Integer"}, "Integral": {callable, "Integral"}, "Sum": {callable, "Sum"},
	"pi": {name, `\pi`}, "Pi": {name, `\pi`}, "oo": {name, `\infty`}, "inf": {name, `\infty`}, "infty": {name, `\infty`}, "infinity": {name, `\infty`}, "EmptySet": {empty, ""},
	"alpha": {name, `\alpha`}, "beta": {name, `\beta`}, "gamma": {name, `\gamma`}, "delta": {name, `\delta`}, "epsilon": {name, `\epsilon`}, "theta": {name, `\theta`}, "lambda": {name, `\lambda`},
	"sigma": {name, `\sigma`}, "omega": {name, `\omega`}, "phi": {name, `\phi`},
	"and": {comma, "and"}, "or": {or, ""}, "mod": {remainder, ""}, "percent": {percent, ""}, "pct": {percent, ""}, "percentage": {percent, ""}, "union": {union, ""}, "cup": {union, ""},
	"degrees": {degree, ""}, "degree": {degree, ""},
}

// symbols has the meaning of an ASCII character by itself.
var symbols = [...]meaning{
	'+': {plus, ""}, '-': {minus, ""}, '*': {times, ""}, '/': {slash, ""}, '^': {power, ""}, '_': {subscript, ""}, '\'': {prime, ""}, '!': {bang, ""}, '%': {percent, ""},
	'{': {openBrace, ""}, '}': {closeBrace, ""}, '(': {openParen, ""}, ')': {closeParen, ""}, '[': {openSquare, ""}, ']': {closeSquare, ""}, '|': {bar, ""},
	',': {comma, ","}, ';': {semicolon, ""}, ':': {colon, ""}, '=': {relation, "="}, '<': {relation, "<"}, '>': {relation, ">"}, '&': {ampersand, ""}, '~': {blank, ""},
	'$': {blank, ""}, '"': {blank, ""}, '`': {blank, ""}, 127: {},
}

// pairs has the meaning of two ASCII characters in a row.
var pairs = map[string]meaning{
	"<=": {relation, `\le`}, ">=": {relation, `\ge`}, "=<": {relation, `\le`}, "=>": {relation, `\Rightarrow`}, "!=": {relation, `\ne`}, "<>": {relation, `\ne`}, "==": {relation, "="},
	":=": {relation, "="}, "->": {relation, `\to`}, "**": {power, ""}, "//": {bad, ""},
}
