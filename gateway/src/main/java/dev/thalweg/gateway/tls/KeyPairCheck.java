package dev.thalweg.gateway.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Whether a private key belongs to a certificate, which TLS libraries notice at the first caller only. */
final class KeyPairCheck {
    private static final byte[] SIGNED = {1, 2, 3};

    private KeyPairCheck() {}

    /**
     * Signs with the one and verifies with the other.
     *
     * @throws GeneralSecurityException when they do not fit, or are not what they should be
     */
    static void check(byte[] certificate, byte[] key) throws GeneralSecurityException {
        PublicKey published = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate))
                .getPublicKey();
        Signature signature = Signature.getInstance(
                switch (published.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> published.getAlgorithm();
                });
        signature.initSign(privateKey(key, published.getAlgorithm()));
        signature.update(SIGNED);
        byte[] signed = signature.sign();
        signature.initVerify(published);
        signature.update(SIGNED);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is another certificate's");
        }
    }

    private static PrivateKey privateKey(byte[] pem, String algorithm) throws GeneralSecurityException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int start = text.indexOf("-----BEGIN PRIVATE KEY-----");
        int end = text.indexOf("-----END PRIVATE KEY-----");
        if (start < 0 || end < start) {
            throw new GeneralSecurityException("no unencrypted PKCS#8 key");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n', start), end));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
