package dev.thalweg.core.upstream;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What tokens for Google's cloud are got with, as its own tools write it into a file: a service account's key, or a user's
 * refresh token. Immutable.
 *
 * @param tokenUri where tokens are given out
 * @param project the project it belongs to; null: not said
 * @param email a service account's name; empty for a user
 * @param keyId the id of its key; empty: not said
 * @param key its key; null for a user
 * @param clientId of a user's sign-in
 * @param clientSecret of a user's sign-in
 * @param refreshToken a user's
 */
public record GoogleAccount(
        URI tokenUri,
        @Nullable String project,
        String email,
        String keyId,
        @Nullable PrivateKey key,
        String clientId,
        Secret clientSecret,
        Secret refreshToken) {
    private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";

    /** It cannot be used; the message says why, without showing it. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * The JSON itself, of a value that is it or the path of its file.
     *
     * @param files reads the file
     */
    public static String json(String value, TextFiles files) throws Unusable {
        if (value.stripLeading().startsWith("{")) {
            return value;
        }
        String text = files.read(value.strip());
        if (text == null) {
            throw new Unusable(
                    "the file of Google's credentials cannot be read; check the path, its size (64 KB at most) and"
                            + " its permissions");
        }
        return text;
    }

    /** The account that JSON is, which was {@linkplain #checked checked} before. */
    public static GoogleAccount of(Secret json) {
        try {
            return checked(json.reveal());
        } catch (Unusable impossible) {
            throw new IllegalStateException("credentials were checked when they were read", impossible);
        }
    }

    /** The account that this JSON is. */
    public static GoogleAccount checked(String json) throws Unusable {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(json);
        } catch (JacksonException invalid) {
            throw new Unusable("Google's credentials are not JSON");
        }
        String type = text(node, "type");
        boolean service = type.equals("service_account");
        if (!service && !type.equals("authorized_user")) {
            throw new Unusable("Google's credentials must be of the type service_account or authorized_user");
        }
        String[] needed = service
                ? new String[] {"client_email", "private_key"}
                : new String[] {"client_id", "client_secret", "refresh_token"};
        for (String name : needed) {
            if (text(node, name).isBlank()) {
                throw new Unusable("Google's credentials have no " + name);
            }
        }
        String project = text(node, service ? "project_id" : "quota_project_id");
        return new GoogleAccount(
                tokenUri(node),
                project.isBlank() ? null : project,
                text(node, "client_email"),
                text(node, "private_key_id"),
                service ? key(text(node, "private_key")) : null,
                text(node, "client_id"),
                new Secret(text(node, "client_secret")),
                new Secret(text(node, "refresh_token")));
    }

    private static URI tokenUri(JsonNode node) throws Unusable {
        String said = text(node, "token_uri");
        try {
            URI uri = URI.create(said.isBlank() ? TOKEN_URI : said);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException invalid) {
            // Then it is none.
        }
        throw new Unusable("the token_uri of Google's credentials is no URL");
    }

    private static PrivateKey key(String pem) throws Unusable {
        try {
            String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            byte[] bytes = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException invalid) {
            throw new Unusable("the private_key of Google's credentials is no RSA key");
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    /** Names only. */
    @Override
    public String toString() {
        return "GoogleAccount[" + email + "]";
    }
}
