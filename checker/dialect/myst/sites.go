package myst

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// jupyterBookSites returns the addresses that a _config.yml gives: the finished
// book, and the sources of its pages on GitHub or GitLab.
func (r *reader) jupyterBookSites(root *yaml.Node) []bookcheck.Site {
	config := dict(values(root))
	repository, html := dict(config["repository"]), dict(config["html"])
	sites := site(html["baseurl"], r.dir)
	branch, _ := repository["branch"].(string)
	folder, named := repository["path_to_book"].(string)
	if !named {
		return append(sites, code(repository["url"], branch, "", ".")...)
	}
	return append(sites, code(repository["url"], branch, folder, r.dir)...)
}

// sites returns the addresses that a project of Sphinx gives.
func (s *sphinxSettings) sites() []bookcheck.Site {
	context := dict(s.options["html_context"])
	user, _ := context["github_user"].(string)
	name, _ := context["github_repo"].(string)
	branch, _ := context["github_version"].(string)
	folder, _ := context["doc_path"].(string)
	sites := slices.Concat(s.shown, site(s.options["html_baseurl"], s.root))
	if user != "" && name != "" {
		sites = append(sites, code("https://github.com/"+user+"/"+name, branch, folder, s.root)...)
	}
	return sites
}

// mystmdSites returns the addresses that a myst.yml gives.
func (r *reader) mystmdSites(document *yaml.Node) []bookcheck.Site {
	url, _ := values(settings.Child(document, "github")).(string)
	if strings.Count(url, "/") == 1 {
		url = "https://github.com/" + url
	}
	return code(url, "", "", ".")
}

// site returns the site at an address.
func site(address any, root string) []bookcheck.Site {
	url, _ := address.(string)
	if !strings.HasPrefix(url, "http") {
		return nil
	}
	return []bookcheck.Site{{URL: strings.TrimSuffix(url, "/") + "/", Root: root}}
}

// code returns the site that shows the sources in a folder of a repository. A
// branch that is not named is one of the usual two.
func code(address any, branch, folder, root string) []bookcheck.Site {
	url, _ := address.(string)
	if !strings.HasPrefix(url, "http") {
		return nil
	}
	branches := []string{branch}
	if branch == "" {
		branches = []string{"main", "master"}
	}
	folder = strings.Trim(folder, "./")
	if folder != "" {
		folder += "/"
	}
	var sites []bookcheck.Site
	for _, branch := range branches {
		base := strings.TrimSuffix(strings.TrimSuffix(url, "/"), ".git")
		sites = append(sites, bookcheck.Site{URL: base + "/blob/" + branch + "/" + folder, Root: root, Code: true})
	}
	return sites
}
