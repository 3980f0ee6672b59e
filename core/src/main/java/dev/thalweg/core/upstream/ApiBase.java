package dev.thalweg.core.upstream;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings the spellings of a base URL that users have into one, or says what is wrong with it. */
public final class ApiBase {
    private static final String AZURE_V1 = "/openai/v1";

    /** What is appended for each request, by protocol. */
    private static final List<String> PATHS = List.of(
            "/chat/completions",
            "/completions",
            "/responses",
            "/messages",
            "/embeddings",
            "/api/chat",
            "/api/generate");

    /** Cohere's API, whose version is appended again for each request, and its path; elsewhere a base URL may end so, too. */
    private static final Pattern COHERE = Pattern.compile("(/v[12])?(/chat)?$");

    private ApiBase() {}

    /** The URL cannot be used; the message says why, without showing it. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** Without a final slash, without a protocol's path, and with the path the provider's API has. */
    public static URI of(Provider provider, String text) throws Unusable {
        String usual = provider.baseUrl();
        return of(provider, text, usual == null || usual.contains("{") ? null : usual);
    }

    /** Whether the path of this base URL is each account's own, by its parameters. */
    public static boolean pathIsAccounts(String template) {
        int path = template.indexOf('/', template.indexOf("//") + 2);
        return path > 0 && template.indexOf('{', path) > 0;
    }

    /** Whether it says more than the host. */
    public static boolean hasPath(String text) throws Unusable {
        String path = parse(text.strip()).getRawPath();
        return path != null && !cut(path).isEmpty();
    }

    /**
     * The same.
     *
     * @param usual the URL whose path it gets where it has none; null: {@code /v1}
     */
    public static URI of(Provider provider, String text, @Nullable String usual) throws Unusable {
        URI uri = parse(text.strip());
        String path = cut(uri.getRawPath() == null ? "" : uri.getRawPath());
        if (provider.speaks("cohere")) {
            path = COHERE.matcher(path).replaceFirst("");
        }
        if (provider.has(Quirk.AZURE_PATHS)) {
            path = azure(path);
        } else if (!provider.roots().isEmpty()) {
            path = withoutRoot(provider, path);
            path = provider.speaks("ollama") && path.endsWith("/api") ? path.substring(0, path.length() - 4) : path;
        } else if (path.isEmpty()) {
            path = usual == null ? ownPath(provider) : URI.create(usual).getRawPath();
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path);
    }

    /** The path the provider's API has. */
    private static String ownPath(Provider provider) throws Unusable {
        String url = provider.baseUrl();
        int slash = url == null ? -1 : url.indexOf('/', url.indexOf("//") + 2);
        String path = url == null ? "/v1" : slash < 0 ? "" : url.substring(slash);
        if (path.indexOf('{') >= 0) {
            throw new Unusable("it has no path; " + provider.name() + "'s is " + path);
        }
        return path;
    }

    /** Where protocols begin at paths of their own, these are put behind it again for each request. */
    private static String withoutRoot(Provider provider, String path) {
        return provider.roots().values().stream()
                .filter(root -> !root.isEmpty() && path.endsWith(root))
                .max(Comparator.comparingInt(String::length))
                .map(root -> path.substring(0, path.length() - root.length()))
                .orElse(path);
    }

    /** API management may put a path before Azure's own; what is Azure's own is appended again for each request. */
    private static String azure(String path) {
        if (path.endsWith(AZURE_V1)) {
            return path;
        }
        int own = path.indexOf("/openai");
        return own < 0 ? path : path.substring(0, own);
    }

    private static String cut(String path) {
        String bare = withoutSlash(path);
        for (String suffix : PATHS) {
            if (bare.endsWith(suffix)) {
                return withoutSlash(bare.substring(0, bare.length() - suffix.length()));
            }
        }
        return bare;
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static URI parse(String text) throws Unusable {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException invalid) {
            throw new Unusable("it is no URL; write it as https://host/v1");
        }
        String wrong = wrong(uri);
        if (wrong != null) {
            throw new Unusable(wrong);
        }
        return uri;
    }

    private static @Nullable String wrong(URI uri) {
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            return "it starts with neither http:// nor https://";
        } else if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            return "it has a user or password in it; put the key under api_key, or a header under extra_headers";
        } else if (uri.getHost() == null) {
            return "it has no host name that DNS allows (letters, digits, '-' and '.')";
        } else if (uri.getRawQuery() != null) {
            return "it has a '?' part; remove it, and put Azure's api-version under api_version";
        } else if (uri.getRawFragment() != null) {
            return "it has a '#' part; remove it";
        }
        return uri.getPort() > 65_535 ? "it has a port above 65535" : null;
    }
}
