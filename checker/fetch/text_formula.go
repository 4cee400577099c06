package fetch

import "strings"

// mathWords are the commands of TeX that stand for a sign. The others only change
// the look.
var mathWords = map[string]string{
	"times": "×", "cdot": "·", "pm": "±", "sim": "∼", "approx": "≈", "simeq": "≈", "neq": "≠", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
	"lt": "<", "gt": ">", "infty": "∞", "to": "→", "rightarrow": "→", "ldots": "…", "dots": "…", "cdots": "…", "quad": " ", "qquad": " ",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π",
	"rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "degree": "°", "euro": "€", "pounds": "£",
}

// plainMath returns a formula in TeX as near to plain text as it gets.
func plainMath(tex string) string {
	var b strings.Builder
	for tex != "" {
		c := tex[0]
		tex = tex[1:]
		switch c {
		case '{', '}', '$':
		case '~':
			b.WriteByte(' ')
		case '\\':
			n := 0
			for n < len(tex) && (tex[n]|0x20 >= 'a' && tex[n]|0x20 <= 'z') {
				n++
			}
			if n == 0 {
				tex = mathSign(&b, tex)
				continue
			}
			b.WriteString(mathWords[tex[:n]])
			tex = tex[n:]
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// mathSign reads a command whose name is no letter, and returns what follows.
func mathSign(b *strings.Builder, tex string) string {
	if tex == "" {
		return tex
	}
	switch tex[0] {
	case ',', ';', ':', ' ', '\\':
		b.WriteByte(' ')
	case '!', '(', ')', '[', ']':
	default:
		b.WriteByte(tex[0])
	}
	return tex[1:]
}
