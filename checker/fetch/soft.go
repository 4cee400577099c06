package fetch

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// The steps of this file judge pages with a good status that say that they are none,
// and the other way round.

// What a title says that says nothing but that there is no page. That something is
// missing or was removed is a title of its own, unless it is a page.
const (
	notFoundNoun = `(page|file|document|content|article|site|resource|post|url|object|product|item|job|video|repository|[\w-]+(\.[\w-]+)+)\s+`
	notFoundBeen = `((((that\s+)?you\W*(re|are|were)\s+looking\s+for)|(you\s+)?requested)\s+)?((was|is|could|can|has|have)\s+)?`

	notThere = `((sorry|o+ps|whoops|uh\W?oh|hmm+)\W+)*(we\s+)?((this|the|that|your|requested)\s+)*` +
		`((` + notFoundNoun + `)?` + notFoundBeen + `(not\s+(be\s+)?found|cannot be found|can.?t be found|couldn.?t be found|no longer (available|exists|here)|does not exist|doesn.t exist|not available)|` +
		notFoundNoun + notFoundBeen + `((been\s+)?(removed|deleted)|missing|unavailable|isn.t\s+available)|` +
		`(can.?t|couldn.?t|could\s+not|cannot)\s+find\s+(that|this|the)\s+page(\s+(that\s+)?you\W*(re|are|were)\s+looking\s+for)?)` +
		`(\s+on\s+this\s+(server|site))?(\W+sorry(\s+about\s+that)?)?`
)

var notFoundTitle = regexp.MustCompile(`(?i)^\W*((error\W*|whoops\W+|o+ps\W+)*(404|410)(\W*error)?(\W*(page|that.?s\s+an\s+error|` + notThere + `))?|` + notThere + `(\W*(error\W*)?(404|410))?)[\W1]*$`)

// notFoundAbroad is what titles say in other languages than English, and nothing else.
var notFoundAbroad = regexp.MustCompile(`(?i)^[^\pL\pN]*(404[^\pL\pN]*)?(` + strings.Join([]string{
	`(die\s+)?(angeforderte\s+|gewünschte\s+)?(seite|datei|inhalt|dokument|artikel)\s+(wurde\s+|konnte\s+|existiert\s+)?(leider\s+)?nicht(\s+(gefunden|vorhanden|verfügbar|mehr))?(\s+werden|\s+verfügbar)?`,
	`(cette\s+|la\s+|l.)?(page|ressource|article|fichier)\s+(demandée?\s+|recherchée?\s+)?(est\s+)?(introuvable|non\s+trouvée?|inexistante?|n.existe\s+(pas|plus)|n.a\s+pas\s+été\s+trouvée?)`,
	`(la\s+|el\s+)?(página|pagina|artículo|archivo|contenido)\s+(solicitad[ao]\s+)?no\s+(encontrad[ao]|existe|disponible|se\s+encuentra|se\s+ha\s+encontrado|se\s+encontró)`,
	`(a\s+)?(página|pagina|arquivo|conteúdo)\s+não\s+(encontrad[ao]|existe|disponível|foi\s+encontrad[ao])`,
	`(la\s+)?pagina\s+(richiesta\s+)?non\s+(trovata|esiste|disponibile|è\s+stata\s+trovata)`,
	`(de\s+)?pagina\s+((is\s+|werd\s+)?niet\s+gevonden|bestaat\s+niet)`,
	`nie\s+znaleziono\s+(strony|pliku)|stron[ay]\s+nie\s+(istnieje|znaleziono|została\s+znaleziona)`,
	`sayfa\s+bulunamadı`, `sidan\s+(hittades\s+inte|(kunde|kan)\s+inte\s+hittas|finns\s+inte)`,
	`siden\s+(blev\s+|ble\s+)?(ikke\s+fundet|ikke\s+funnet|findes\s+ikke|finnes\s+ikke|eksisterer\s+ikke)`,
	`stránka\s+(nebyla\s+)?(nenalezena|nalezena|neexistuje)`, `sivua\s+ei\s+(löydy|löytynyt)`, `(az\s+|a\s+keresett\s+)?oldal\s+nem\s+található`,
	`страница\s+не\s+(найдена|существует)`, `сторінку\s+не\s+знайдено`, `(η\s+)?σελίδα\s+δεν\s+βρέθηκε`,
	`(お探しの|指定された|この|ご指定の)?ページ(は|が|を)?(見つかりません(でした)?|存在しません)`, `(页面|頁面|网页|網頁)(不存在|未找到|找不到了?)|(找不到|未找到)(该|您要的|此|這個)?(页面|頁面|网页|網頁)`, `페이지를\s*찾을\s*수\s*없(습니다|음)`,
	`(fehler|erreur|errore|erro|fout|błąd|hata|fel|feil|fejl|chyba)\s+404`, `الصفحة\s+غير\s+موجودة`, `(ה)?(דף|עמוד)\s+לא\s+נמצא`,
}, "|") + `)[^\pL\pN]*(404[^\pL\pN]*)?$`)

// titleSeparator stands between the name of a page and that of its site.
var titleSeparator = regexp.MustCompile(`\s+[|·•–—:»«-]+\s+|: `)

// notFoundWords are how pages say that they are not there, in the languages that
// books link to most.
var notFoundWords = regexp.MustCompile(`(?i)\b404\b|not\s+found|not\s+be\s+found|(does not|doesn.t|do not|don.t|no longer|not) exist|no such (page|file|key|bucket|app)|nosuch|can.?(t|not) (be found|find)|couldn.?t (be found|find)|no longer (available|here|exists)|has been (removed|deleted)|have been (moved|removed|deleted)|` +
	`nicht gefunden|existiert nicht|introuvable|n.existe pas|no encontrad|no existe|não encontrad|non trovat|niet gevonden|не найден|见つかりません|見つかりません|未找到|不存在|找不到|찾을 수 없|` +
	`nie znaleziono|nie istnieje|bulunamad|hittades inte|inte hittas|ikke f[uo]nn?[de]|findes ikke|finnes ikke|nenalezen|neexistuje|ei löy|nem található|не существует|не знайдено|δεν βρέθηκε|غير موجود|לא נמצא`)

// saysNotFound tells whether the title, the title without the name of the site, or
// the first heading says that there is no page, and nothing else.
func (d *document) saysNotFound() bool {
	return saysOnlyNotFound(d.title) || saysOnlyNotFound(d.heading) || slices.ContainsFunc(titleSeparator.Split(d.title, -1), saysOnlyNotFound)
}

// absence returns the title and the heading of a page that says that there is none: what
// stands beside them may be another with every answer. "": it does not say so, or is long.
func (d *document) absence() string {
	if d.visible >= shortPage || !d.saysNotFound() {
		return ""
	}
	return d.title + "\n" + d.heading
}

func saysOnlyNotFound(s string) bool {
	return notFoundTitle.MatchString(s) || notFoundAbroad.MatchString(s)
}

// shortPage is the most text that a page has which only says that there is none.
const shortPage = 1500

// smells tells whether a page may be one that says that there is none.
func (f *finding) smells() bool {
	d := f.document
	return d.saysNotFound() || d.visible < shortPage && !d.isScripted() && notFoundWords.MatchString(d.title+"\n"+f.text())
}

// text returns the visible text. That of a PDF is no page's word about itself.
func (f *finding) text() string {
	if f.document.text != "" || f.body.mediaType == pdfType {
		return f.document.text
	}
	if f.prose == nil {
		text := readDocument(&f.body, bookcheck.Text).text
		f.prose = &text
	}
	return *f.prose
}

var notFoundPath = regexp.MustCompile(`(?i)(^|/)(error[/_-]?)?(404|not[_-]?found|page[_-]?not[_-]?found|404[_-]?error)(\.\w{2,5})?/?$`)

// softGone: a good status, and a text that says that there is no page. A title and
// a word to search engines together are believed; either alone occurs on pages that
// are there, and is compared with what the host says of an address that cannot
// exist.
func softGone(p *probe, f *finding) (decision, bool) {
	d := f.document
	switch {
	case f.code >= 300 || p.landmark != nil:
		return decision{}, false
	case p.redirects > 0 && notFoundPath.MatchString(f.url.Path) && !notFoundPath.MatchString(p.start.Path):
		return dead(answers(f.code) + ", but is a page for what is not found"), true
	case d.noindex && d.saysNotFound() && d.visible < 4*shortPage:
		return dead(answers(f.code) + ", but the page says \"" + d.title + "\""), true
	case isFront(f.url) && !saysOnlyNotFound(d.title) && !saysOnlyNotFound(d.heading):
		return decision{}, false
	case f.smells():
		return alive(answers(f.code)).against(sibling, f, dead(answers(f.code)+", but the page says that it is not found, as does any address beside it")), true
	case d.rooted && d.isScripted():
		return alive(answers(f.code)).against(sibling, f, unsure(bookcheck.Undecidable, answers(f.code)+" with a script that builds the page, as does any address beside it")), true
	default:
		return decision{}, false
	}
}

func isFront(u *url.URL) bool { return u.Path == "" || u.Path == "/" }

// emptied are what the hosts of other people's sites say where there is no site: a
// 404 of such a host is about the site, not about who asks.
var emptied = []string{
	"There isn't a GitHub Pages site here", "No such app", "NoSuchBucket", "NoSuchKey", "DEPLOYMENT_NOT_FOUND", "Site Not Found",
	"Not Found - Request ID", "The project you were looking for", "Repository not found", "Domain not found", "project not found",
	"doesn't exist</title>", "is not a registered", "The site you were looking for",
}

// missing: there is no such page. A server that does not like robots may say so of
// every page: if it does not say in words what is missing, and says the same of its
// own front page, nothing is known. Nor is it where a page with a text comes with the status,
// unless it comes for any address.
func missing(p *probe, f *finding) decision {
	d := dead(answers(f.code))
	src := string(f.body.bytes())
	redirected := p.redirects > 0 && f.url.Path != p.start.Path // so the host does not treat every page alike
	said := contains(src, emptied) || notFoundWords.MatchString(src)
	if f.document.isMarkup && f.document.visible >= shortPage { // scripts of a page say what it could say
		said = f.document.saysNotFound() || notFoundWords.MatchString(f.text())
	}
	switch {
	case p.landmark != nil, said:
		return d
	case f.document.isMarkup && f.document.isScripted():
		return unsure(bookcheck.Undecidable, answers(f.code)+" with a script that builds a page all the same")
	case redirected, isFront(f.url):
		return d
	case f.document.visible >= shortPage:
		return unsure(bookcheck.Undecidable, answers(f.code)+" with a page all the same").against(sibling, f, d)
	}
	return d.against(front, f, unsure(bookcheck.Blocked, answers(f.code)+", but so does the front page of its host"))
}

// parkingHosts are where names wait for a buyer: as the end of a redirect, or as the
// source of what is shown.
var parkingHosts = []string{
	"sedoparking.com", "sedo.com/search/details", "parkingcrew.net", "bodis.com", "above.com/marketplace", "afternic.com/forsale", "hugedomains.com/domain_profile",
	"dan.com/buy-domain", "parklogic.com", "uniregistry.com/buy", "wsimg.com/parking-lander", "godaddy.com/forsale", "domainmarket.com/buynow",
	"buydomains.com/lander", "namebright.com/coming_soon", "voodoo.com/fp", "skenzo.com", "parking.reg.ru", "domainsponsor.com", "cdnpark.com",
	"undeveloped.com/buy-domain", "squadhelp.com/name", "atom.com/name", "d38psrni17bvxu.cloudfront.net",
}

// parkingSource returns where the content of a page comes from, if that is where names
// are parked; "" otherwise. A page that only links there has a content of its own. It
// reads every page there is, so that it looks at what follows an equals sign, and uses no
// regular expression.
func parkingSource(src []byte) string {
	const most = 160 // bytes of an address that are looked at
	for {
		at := bytes.IndexByte(src, '=')
		if at < 0 {
			return ""
		}
		name := bytes.TrimRight(src[max(0, at-16):at], " \t\r\n")
		src = src[at+1:]
		if !bringsContent(name) {
			continue
		}
		value := bytes.TrimLeft(src[:min(len(src), most)], " \t\r\n\"'")
		if end := bytes.IndexAny(value, "\"'<> \t\r\n"); end >= 0 {
			value = value[:end]
		}
		value = bytes.ToLower(value)
		for _, host := range parkingHosts {
			if bytes.Contains(value, []byte(host)) {
				return host
			}
		}
	}
}

// bringsContent tells whether what ends so is an attribute or a property whose address is
// shown.
func bringsContent(name []byte) bool {
	for _, word := range []string{"src", "action", "location", "location.href"} {
		if n := len(name) - len(word); n >= 0 && bytes.EqualFold(name[n:], []byte(word)) {
			return true
		}
	}
	return false
}

var (
	forSale = regexp.MustCompile(`(?i)\b(domain(\s+name)?s?|website)\b[^.!?\n]{0,40}\b((is|are|may be|might be|could be)\s+(available\s+)?for\s+sale|is\s+parked|is\s+available\s+for\s+purchase)\b|\bbuy\s+this\s+domain\b|\bthis\s+domain\s+(name\s+)?(has|is)\s+(expired|parked)|\bparked\s+(free|domain)\b|\bdomain\s+(for\s+sale|parking)\b|\binquire\s+about\s+this\s+domain|\bmake\s+an\s+offer\s+(on|for)\s+this\s+domain|` +
		`\bsteht\s+zum\s+verkauf\b|\bdomain\s+(zu\s+verkaufen|kaufen)\b|\bnom\s+de\s+domaine\s+est\s+à\s+vendre\b|\bdominio\s+(está\s+)?en\s+venta\b|\bdominio\s+(è\s+)?in\s+vendita\b|\bdomínio\s+(está\s+)?à\s+venda\b|\bdeze\s+domeinnaam\s+is\s+te\s+koop\b|домен\s+прода[её]тся|域名出售|域名正在出售|このドメインは(お名前|販売)`)
	// nameForSale may be about what only looks like the name of a host, such as Vue.js.
	nameForSale = regexp.MustCompile(`(?i)\b[a-z0-9-]+\.[a-z]{2,12}\b[^.!?\n]{0,40}\b((is|may be|might be|could be)\s+(available\s+)?for\s+sale|is\s+parked|is\s+available\s+for\s+purchase)\b`)
	landerWay   = regexp.MustCompile(`location(\.href)?\s*=\s*["']/lander`)

	// blockedAds is the key by which those who block advertisements are asked to let
	// those of parked names through.
	blockedAds = []byte("data-adblockkey=")
)

// letGo: nobody is at home: the name waits for a buyer. What only says so in words may
// be a page that writes about such names: if it has some text, it is compared with what
// the host says of an address that cannot exist.
func letGo(p *probe, f *finding) (decision, bool) {
	d := f.document
	if f.code >= 300 || p.landmark != nil || !d.isMarkup || d.visible >= 4*shortPage {
		return decision{}, false
	}
	parked := func(marker string) decision {
		result := dead(answers(f.code) + ", but the name of its host is for sale or parked: " + marker)
		result.parked = true
		return result
	}
	if marker := parkingMarker(p, f); marker != "" {
		return parked(marker), true
	}
	marker, enough := forSale.FindString(d.title+"\n"+d.heading), wallText
	if marker == "" && d.visible < shortPage {
		marker, enough = forSale.FindString(f.text()), shortText
	}
	if marker == "" && d.visible < shortPage {
		marker, enough = nameForSale.FindString(d.title+"\n"+d.heading+"\n"+f.text()), 0
	}
	switch {
	case marker == "":
		return decision{}, false
	case d.visible < enough:
		return parked(marker), true
	default:
		return alive(answers(f.code)).against(sibling, f, parked(marker)), true
	}
}

// parkingMarker returns what proves that a page is shown by those who park names.
func parkingMarker(p *probe, f *finding) string {
	for _, host := range parkingHosts {
		if p.redirects > 0 && strings.Contains(f.url.Hostname()+f.url.Path, host) {
			return host
		}
	}
	src := f.body.bytes()
	switch host := parkingSource(src); {
	case host != "":
		return host
	case f.document.visible < shortPage && landerWay.Match(src):
		return "/lander"
	case bytes.Contains(src[:min(len(src), 2048)], blockedAds):
		return "data-adblockkey"
	default:
		return ""
	}
}

// unfurnished is the title or the heading of what servers show whom nobody has set up,
// and providers in place of a site that they closed.
var unfurnished = regexp.MustCompile(`(?i)^(welcome\s+to\s+(nginx|openresty|tengine|caddy)!?( on .{1,30})?|apache2?\s+(\w+\s+)?default\s+page\b.{0,20}|test\s+page\s+for\s+the\s+(apache|nginx|http)\b.{0,40}|iis\s+windows(\s+server)?|iis\d{1,2}|default\s+web\s+site\s+page|` +
	`(web\s+server.s\s+|plesk\s+|domain\s+)default\s+page|it\s+works!|(account|(this\s+)?(web)?site)\s+(has\s+been\s+|is\s+)?suspended|this\s+account\s+has\s+been\s+suspended\.?|site\s+not\s+(installed|published)|website\s+expired|(this\s+)?domain\s+(is\s+)?not\s+(connected|configured)|(this\s+|the\s+)?(shop|store)\s+is\s+(currently\s+)?unavailable|-\s+youtube|congratulations,?\s+your\s+(web)?site\s+is\s+(up|live|ready).{0,40})$`)

// vacant: a server is there, and nobody has moved in, or somebody had to move out.
func vacant(_ *probe, f *finding) (decision, bool) {
	d := f.document
	for _, said := range []string{d.title, d.heading} {
		if f.code < 300 && d.isMarkup && d.visible < 4*shortPage && unfurnished.MatchString(said) {
			return unsure(bookcheck.Undecidable, answers(f.code)+" with what a server shows that has no pages: \""+said+"\""), true
		}
	}
	return decision{}, false
}

// failures are what the title or the heading of a page says that says only that another
// status was meant.
var failures = []struct {
	says  *regexp.Regexp
	doubt bookcheck.Doubt
}{
	{onlySays("401", `unauthori[sz]ed`), bookcheck.Auth},
	{onlySays("403", `forbidden|access\s+(is\s+)?denied|acceso\s+denegado|accès\s+(refusé|interdit)|zugriff\s+verweigert`), bookcheck.Blocked},
	{onlySays("429", `too\s+many\s+requests`), bookcheck.RateLimited},
	{onlySays(`5\d\d`, `internal\s+server\s+error|bad\s+gateway|gateway\s+time-?\s?out|(service|server|web\s?site|site)\s+(is\s+)?(temporarily\s+|currently\s+)?(unavailable|offline|down)|`+
		`error\s+establishing\s+a\s+database\s+connection|database\s+(connection\s+)?error`), bookcheck.Transient},
	{regexp.MustCompile(`(?i)^\W*((the\s+|this\s+|our\s+)?(web\s?site|site|page|server|system|service)\s+|we\s+)?(.re\s+|is\s+|are\s+)?(currently\s+|temporarily\s+)?((under|undergoing|down\s+for|in)\s+(scheduled\s+|planned\s+)?|scheduled\s+)maintenance(\s+mode)?\W*$`), bookcheck.Transient},
}

// onlySays matches what says a status in words or figures, and nothing else.
func onlySays(code, words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*((http|error|status)\W*)*(` + code + `\W*)?(` + words + `)(\W*(error\W*)?` + code + `)?\W*$|^\W*((http|error|status)\W*)+` + code + `\W*$|^\W*` + code + `\W*error\W*$`)
}

// failing: a good status, and a text that says nothing but that it is none.
func failing(_ *probe, f *finding) (decision, bool) {
	d := f.document
	if f.code >= 300 || !d.isMarkup || d.visible >= wallText {
		return decision{}, false
	}
	for _, said := range []string{d.title, d.heading} {
		for _, failure := range failures {
			if said == "" || !failure.says.MatchString(said) {
				continue
			}
			result := unsure(failure.doubt, answers(f.code)+", but the page says \""+said+"\"")
			if failure.doubt == bookcheck.Transient {
				result = result.afterAll()
			}
			return result, true
		}
	}
	return decision{}, false
}

// A twin is a page that was asked for without encryption, while it is asked for with
// it: who can offer the encrypted address knows that it shows the same.
type twin struct {
	found decision // about the page itself
	url   *url.URL // of the page itself
	shape sketch
}

// encrypted asks for the encrypted twin of a page that is fine. Only where the usual
// ports are used is it known where it would be.
func encrypted(p *probe, f *finding) bool {
	if f.url.Scheme != "http" || f.url.Port() != "" || p.start.Scheme != "http" || p.landmark != nil || p.twin != nil || p.url.User != nil ||
		p.evidence&asData != 0 || p.host != nil && p.host.plain.Load() {
		return false
	}
	p.twin = &twin{url: p.url, shape: f.sketch()}
	secure := *p.url
	secure.Scheme = "https"
	p.url = &secure
	return true
}

// judgeTwin returns to the decision about the page itself. It says nothing about the
// host that nobody answers with encryption.
func judgeTwin(p *probe, f *finding) decision {
	if f.err != nil && p.host != nil {
		p.host.plain.Store(true)
	}
	if f.code == http.StatusOK && f.sketch().like(p.twin.shape) && p.twin.found.document.title == f.document.title {
		p.secure = p.url.Redacted()
	}
	p.url = p.twin.url
	return p.twin.found
}
