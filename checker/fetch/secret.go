package fetch

import (
	"net/url"
	"slices"
	"strings"
)

// secretNames are the parameters that services take secrets in. What they hold is
// never written down.
var secretNames = []string{
	"access_token", "auth_token", "private_token", "id_token", "token", "api_key", "apikey", "api-key", "key", "client_secret", "secret", "secret_key",
	"password", "passwd", "pwd", "authkey", "auth", "session", "sessionid", "sid", "sig", "signature",
	"x-amz-security-token", "x-amz-signature", "x-amz-credential", "x-goog-signature", "x-goog-credential",
}

// isSecretive tells whether an address holds what only its owner should know.
func isSecretive(u *url.URL) bool {
	return u.User != nil || withoutSecrets(u.RawQuery) != u.RawQuery
}

// withoutSecrets hides what the secret parameters of an address hold.
func withoutSecrets(address string) string {
	if !strings.Contains(address, "=") {
		return address
	}
	start := strings.IndexByte(address, '?') + 1
	query, fragment, found := strings.Cut(address[start:], "#")
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if value != "" && slices.Contains(secretNames, strings.ToLower(name)) {
			parts[i] = part[:len(part)-len(value)] + "***"
		}
	}
	address = address[:start] + strings.Join(parts, "&")
	if found {
		address += "#" + fragment
	}
	return address
}
