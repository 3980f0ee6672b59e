package dev.thalweg.core.sign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to one service of AWS's in one region: Signature Version 4, in headers. Immutable and thread-safe. */
public final class AwsSignature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final AwsKey key;
    private final String region;
    private final String service;

    /** A signature with this key, for this region and service: {@code bedrock}. */
    public AwsSignature(AwsKey key, String region, String service) {
        this.key = key;
        this.region = region;
        this.service = service;
    }

    /** A digest that takes a request's body piece by piece, for {@link #sign}. */
    public static MessageDigest bodyDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /**
     * The headers that sign a request; they go with it.
     *
     * @param target path and query as they go on the wire
     * @param headers those that are signed, with names in lower case; {@code host} is one of them
     * @param body the {@linkplain #bodyDigest() digest} of the body
     */
    public Map<String, String> sign(
            String method, String target, Map<String, String> headers, byte[] body, Instant at) {
        Map<String, String> added = new LinkedHashMap<>();
        added.put("x-amz-date", TIME.format(at));
        String token = key.sessionToken();
        if (token != null) {
            added.put("x-amz-security-token", token);
        }
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.putAll(added);
        String canonical = CanonicalRequest.of(method, target, signed, hex(body), true);
        String names = String.join(";", signed.keySet());
        String signature = signature(stringToSign(canonical, at), at);
        added.put(
                "authorization",
                ALGORITHM + " Credential=" + key.id() + "/" + scope(at) + ", SignedHeaders=" + names + ", Signature="
                        + signature);
        return added;
    }

    String stringToSign(String canonical, Instant at) {
        byte[] digest = bodyDigest().digest(canonical.getBytes(StandardCharsets.UTF_8));
        return ALGORITHM + "\n" + TIME.format(at) + "\n" + scope(at) + "\n" + hex(digest);
    }

    String signature(String text, Instant at) {
        byte[] secret = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
        byte[] ofDay = hmac(hmac(hmac(hmac(secret, day(at)), region), service), "aws4_request");
        return hex(hmac(ofDay, text));
    }

    private String scope(Instant at) {
        return day(at) + "/" + region + "/" + service + "/aws4_request";
    }

    private static String day(Instant at) {
        return TIME.format(at).substring(0, 8);
    }

    private static byte[] hmac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has " + HMAC, impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
