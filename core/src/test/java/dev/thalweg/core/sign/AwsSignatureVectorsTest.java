package dev.thalweg.core.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** AWS's own suite of test vectors, where it is on this machine. */
@EnabledIf("present")
class AwsSignatureVectorsTest {
    private static final Instant LATER = Instant.parse("2021-05-11T15:40:45Z");

    static boolean present() {
        return Files.isDirectory(directory());
    }

    static List<Path> vectors() throws IOException {
        try (Stream<Path> all = Files.list(directory())) {
            return all.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isSignedAsAwsSignsIt(Path vector) throws IOException {
        JsonNode context = Files.exists(vector.resolve("context.json"))
                ? JsonMapper.shared().readTree(text(vector, "context.json"))
                : JsonMapper.shared().createObjectNode();
        Instant at = context.has("timestamp")
                ? Instant.parse(context.path("timestamp").asString())
                : LATER;
        // One request of the suite has its blank encoded already, and means the blank.
        boolean blank = vector.endsWith("get-space-normalized");
        Request request = Request.read(text(vector, "request.txt").replace(blank ? "%20" : "\0", " "));
        @Nullable String token = context.path("credentials").path("token").asString(null);
        boolean signsToken =
                token != null && !context.path("omit_session_token").asBoolean(false);
        byte[] hash = AwsSignature.bodyDigest().digest(request.body.getBytes(UTF_8));
        if (context.path("sign_body").asBoolean(false)) {
            request.headers.put("x-amz-content-sha256", HexFormat.of().formatHex(hash));
        }

        AwsKey key = new AwsKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", signsToken ? token : null);
        AwsSignature signer = new AwsSignature(key, "us-east-1", "service");
        TreeMap<String, String> signed = new TreeMap<>(request.headers);
        var headers = signer.sign(request.method, request.target, request.headers, hash, at);
        headers.forEach((name, value) -> {
            if (!name.equals("authorization")) {
                signed.put(name, value);
            }
        });
        String canonical = CanonicalRequest.of(
                request.method,
                request.target,
                signed,
                HexFormat.of().formatHex(hash),
                context.path("normalize").asBoolean(true));

        assertThat(canonical).isEqualTo(text(vector, "header-canonical-request.txt"));
        if (context.has("credentials")) {
            String toSign = signer.stringToSign(canonical, at);
            assertThat(toSign).isEqualTo(text(vector, "header-string-to-sign.txt"));
            String signature = text(vector, "header-signature.txt").strip();
            assertThat(signer.signature(toSign, at)).isEqualTo(signature);
            if (context.path("normalize").asBoolean(true)) {
                assertThat(headers.get("authorization")).endsWith("Signature=" + signature);
            }
        }
    }

    private record Request(String method, String target, TreeMap<String, String> headers, String body) {
        static Request read(String text) {
            int end = text.indexOf("\n\n");
            String head = end < 0 ? text.stripTrailing() : text.substring(0, end);
            List<String> lines = head.lines().toList();
            String first = lines.get(0);
            int afterMethod = first.indexOf(' ');
            String target = first.substring(afterMethod + 1, first.lastIndexOf(' '));
            TreeMap<String, String> headers = new TreeMap<>();
            String name = "";
            for (String line : lines.subList(1, lines.size())) {
                boolean further = line.startsWith(" ");
                int colon = line.indexOf(':');
                name = further ? name : line.substring(0, colon).toLowerCase(Locale.ROOT);
                String value = further ? line : line.substring(colon + 1).strip();
                headers.merge(name, value, (before, more) -> before + (further ? " " : ",") + more);
            }
            return new Request(
                    first.substring(0, afterMethod), target, headers, end < 0 ? "" : text.substring(end + 2));
        }
    }

    private static String text(Path vector, String name) throws IOException {
        return Files.readString(vector.resolve(name)).replace("\r\n", "\n");
    }

    private static Path directory() {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        return (named == null ? Path.of("../../shared/wire") : Path.of(named)).resolve("aws-sigv4/v4");
    }
}
