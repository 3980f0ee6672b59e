package dev.thalweg.core.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The published example of AWS's documentation, and what this project asks for. */
class AwsSignatureTest {
    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final AwsKey KEY = new AwsKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
    private static final Map<String, String> HOST = Map.of("host", "example.amazonaws.com");

    @Test
    void theExampleOfTheDocumentationForUsersOfIam() {
        Map<String, String> headers = new AwsSignature(KEY, "us-east-1", "iam")
                .sign(
                        "GET",
                        "/?Action=ListUsers&Version=2010-05-08",
                        Map.of(
                                "host",
                                "iam.amazonaws.com",
                                "content-type",
                                "application/x-www-form-urlencoded; charset=utf-8"),
                        digest(""),
                        TIME);
        assertThat(headers)
                .containsEntry("x-amz-date", "20150830T123600Z")
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date, Signature="
                                + "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
                .hasSize(2);
    }

    @Test
    void aRequestWithoutAnything() {
        assertThat(signature("GET", "/", HOST))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(signature("POST", "/", HOST))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void aQueryIsSorted() {
        assertThat(signature("GET", "/?Param2=value2&Param1=value1", HOST))
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void aSessionTokenIsSignedAndSent() {
        String token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
        AwsKey passing = new AwsKey("AKIDEXAMPLE", KEY.secret(), token);
        Map<String, String> headers =
                new AwsSignature(passing, "us-east-1", "service").sign("GET", "/", HOST, digest(""), TIME);
        assertThat(headers).containsEntry("x-amz-security-token", token);
        assertThat(headers.get("authorization"))
                .endsWith("SignedHeaders=host;x-amz-date;x-amz-security-token,"
                        + " Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
    }

    @Test
    void thePathOfAModelIsEncodedTwice() {
        String target = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream";
        assertThat(CanonicalRequest.of("POST", target, new TreeMap<>(HOST), "hash", true))
                .isEqualTo("POST\n/model/us.anthropic.claude-sonnet-4-5-20250929-v1%253A0/converse-stream\n\n"
                        + "host:example.amazonaws.com\n\nhost\nhash");
        String arn = "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/converse";
        assertThat(CanonicalRequest.of("POST", arn, new TreeMap<>(HOST), "hash", true))
                .contains(
                        "\n/model/arn%253Aaws%253Abedrock%253Aus-east-1%253A1%253Ainference-profile%252Fx/converse\n");
    }

    @Test
    void pathsHeadersAndQueriesHaveOneSpelling() {
        assertThat(CanonicalRequest.of(
                        "GET",
                        "//a/./b/../c//?b=%2f&a&a=%7E&b=",
                        new TreeMap<>(Map.of("x", "  1   2\n 3 ")),
                        "h",
                        true))
                .isEqualTo("GET\n/a/c/\na=&a=~&b=&b=%2F\nx:1 2 3\n\nx\nh");
    }

    @Test
    void theSecretIsNeverShown() {
        assertThat(new AwsKey("AKID", "hidden", "token").toString()).isEqualTo("AwsKey[AKID]");
    }

    private static String signature(String method, String target, Map<String, String> headers) {
        String authorization = new AwsSignature(KEY, "us-east-1", "service")
                .sign(method, target, headers, digest(""), TIME)
                .get("authorization");
        assertThat(authorization).isNotNull();
        return authorization.substring(authorization.indexOf("Signature=") + 10);
    }

    private static byte[] digest(String body) {
        return AwsSignature.bodyDigest().digest(body.getBytes(UTF_8));
    }
}
