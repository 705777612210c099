package formula

// boxed judges an answer in a box, which models write without delimiters.
func (f *finder) boxed(rest string) {
	const open = len(`\boxed`)
	area := paragraph(rest[:min(len(rest), maxInlineBytes)])
	for i, depth := open, 0; i < len(area) && f.spend(1); i++ {
		switch area[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				f.take(i+1, 0, 0, false)
				return
			}
		}
	}
	f.i += open
}
