package dev.thalweg;

import dev.thalweg.core.sign.AwsSignature;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** AWS's signature over each request. */
record AwsCredentials(AwsSignature signature, String host) implements Credentials {
    @Override
    public Map<String, String> headers(URI uri, byte[] body) {
        String query = uri.getRawQuery();
        String target = query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
        Map<String, String> signed = Map.of("host", host, "content-type", "application/json");
        return signature.sign("POST", target, signed, AwsSignature.bodyDigest().digest(body), Instant.now());
    }
}
