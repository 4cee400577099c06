package pdf

import (
	"maps"
	"strings"
)

// winAnsi, macRoman, standard and texText are what the codes of simple fonts mean; 0:
// nothing.
var (
	winAnsi = func() (table [256]rune) {
		for code := range table {
			if code >= ' ' && code != 0x7f {
				table[code] = rune(code)
			}
		}
		for i, r := range []rune("€\x00‚ƒ„…†‡ˆ‰Š‹Œ\x00Ž\x00\x00‘’“”•–—˜™š›œ\x00žŸ") {
			table[0x80+i] = r
		}
		return table
	}()

	macRoman = func() (table [256]rune) {
		copy(table[:0x80], winAnsi[:0x80])
		for i, r := range []rune("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\x00ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ") {
			table[0x80+i] = r
		}
		return table
	}()

	standard = func() (table [256]rune) {
		copy(table[:0x80], winAnsi[:0x80])
		table['\''], table['`'] = '’', '‘'
		for i, r := range []rune("¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\x00–†‡·\x00¶•‚„”»…‰\x00¿") {
			table[0xa1+i] = r
		}
		for code, r := range map[int]rune{0xd0: '—', 0xe1: 'Æ', 0xe3: 'ª', 0xe8: 'Ł', 0xe9: 'Ø', 0xea: 'Œ', 0xeb: 'º', 0xf1: 'æ', 0xf5: 'ı', 0xf8: 'ł', 0xf9: 'ø', 0xfa: 'œ', 0xfb: 'ß'} {
			table[code] = r
		}
		return table
	}()

	texText = func() (table [256]rune) {
		copy(table[:0x80], winAnsi[:0x80])
		for i, r := range []rune("ΓΔΘΛΞΠΣΥΦΨΩﬀﬁﬂﬃﬄıȷ") {
			table[i] = r
		}
		table['"'], table['\''], table['`'], table['\\'], table['{'], table['|'] = '”', '’', '‘', '“', '–', '—'
		return table
	}()
)

// glyphs are the names of glyphs that occur in text.
var glyphs = func() map[string]rune {
	table := make(map[string]rune)
	add := func(first rune, names string) {
		for i, name := range strings.Fields(names) {
			table[name] = first + rune(i)
		}
	}
	add(' ', `space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen period slash
		zero one two three four five six seven eight nine colon semicolon less equal greater question at`)
	add('[', "bracketleft backslash bracketright asciicircum underscore grave")
	add('{', "braceleft bar braceright asciitilde")
	add(0xa0, `nbspace exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine guillemotleft logicalnot sfthyphen registered macron
		degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior ordmasculine guillemotright onequarter onehalf threequarters questiondown
		Agrave Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis
		Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls
		agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute icircumflex idieresis
		eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave uacute ucircumflex udieresis yacute thorn ydieresis
		Amacron amacron Abreve abreve Aogonek aogonek Cacute cacute Ccircumflex ccircumflex Cdotaccent cdotaccent Ccaron ccaron Dcaron dcaron
		Dcroat dcroat Emacron emacron Ebreve ebreve Edotaccent edotaccent Eogonek eogonek Ecaron ecaron`)
	add(0x391, "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho")
	add(0x3a3, "Sigma Tau Upsilon Phi Chi Psi Omega")
	add(0x3b1, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu_ nu xi omicron pi rho sigma1 sigma tau upsilon phi chi psi omega")
	add(0xfb00, "ff fi fl ffi ffl")
	maps.Copy(table, map[string]rune{
		"endash": '–', "emdash": '—', "quoteleft": '‘', "quoteright": '’', "quotedblleft": '“', "quotedblright": '”', "quotesinglbase": '‚', "quotedblbase": '„',
		"bullet": '•', "ellipsis": '…', "dagger": '†', "daggerdbl": '‡', "perthousand": '‰', "guilsinglleft": '‹', "guilsinglright": '›', "trademark": '™', "Euro": '€', "euro": '€',
		"OE": 'Œ', "oe": 'œ', "Scaron": 'Š', "scaron": 'š', "Zcaron": 'Ž', "zcaron": 'ž', "Ydieresis": 'Ÿ', "florin": 'ƒ', "circumflex": 'ˆ', "tilde": '˜', "caron": 'ˇ', "breve": '˘',
		"dotlessi": 'ı', "dotlessj": 'ȷ', "Lslash": 'Ł', "lslash": 'ł', "fraction": '/', "minus": '-', "hyphenminus": '-', "softhyphen": '-', "visiblespace": ' ',
		"Sacute": 'Ś', "sacute": 'ś', "Nacute": 'Ń', "nacute": 'ń', "Zacute": 'Ź', "zacute": 'ź', "Zdotaccent": 'Ż', "zdotaccent": 'ż', "Rcaron": 'Ř', "rcaron": 'ř', "Uring": 'Ů', "uring": 'ů',
		"Gbreve": 'Ğ', "gbreve": 'ğ', "Idotaccent": 'İ', "Scedilla": 'Ş', "scedilla": 'ş', "ohungarumlaut": 'ő', "uhungarumlaut": 'ű', "Ncaron": 'Ň', "ncaron": 'ň', "Tcaron": 'Ť', "tcaron": 'ť',
		"approxequal": '≈', "lessequal": '≤', "greaterequal": '≥', "notequal": '≠', "infinity": '∞', "similar": '∼', "arrowright": '→', "arrowleft": '←', "summation": '∑', "product": '∏',
		"partialdiff": '∂', "radical": '√', "integral": '∫', "element": '∈', "asteriskmath": '*', "dotmath": '·', "equivalence": '≡', "proportional": '∝', "epsilon1": 'ϵ', "theta1": 'ϑ', "phi1": 'ϕ',
		"check": '✓', "checkmark": '✓', "star": '★', "lozenge": '◊', "prime": '′', "angleleft": '⟨', "angleright": '⟩', "mapsto": '↦', "lscript": 'ℓ', "bardbl": '‖',
	})
	return table
}()

// The widths of the fonts that every viewer has, from the blank to the tilde, in
// thousandths of an em.
var (
	helveticaWidths = [95]int16{
		278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
		1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
		333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
	}
	timesWidths = [95]int16{
		250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
		921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
		333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
	}
)

// standardWidths fills in the widths of a font that every viewer has.
func standardWidths(t *font, base string) {
	table := &helveticaWidths
	switch {
	case strings.Contains(base, "Courier"):
		t.usual = 0.6
		return
	case strings.Contains(base, "Times"):
		table = &timesWidths
	}
	for i, width := range table {
		t.widths[uint32(' '+i)] = float64(width) / 1000
	}
}
