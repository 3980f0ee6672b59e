package dev.thalweg.clients;

import dev.thalweg.testkit.Script;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a provider of Gemini's API sends in cases that the conformance kit has no words for. */
final class GeminiFrames {
    /** In base64, which Google's client for Java decodes. */
    static final String SIGNATURE =
            Base64.getEncoder().encodeToString("Oslo is wet?>~".getBytes(StandardCharsets.UTF_8));

    private static final String CALL =
            "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"I have to look.\",\"thought\":true},"
                    + "{\"functionCall\":{\"name\":\"get_weather\",\"args\":{\"city\":\"Oslo\"}},\"thoughtSignature\":\""
                    + SIGNATURE + "\"}]},\"finishReason\":\"STOP\",\"index\":0}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":21,\"candidatesTokenCount\":8,\"totalTokenCount\":29},"
                    + "\"modelVersion\":\"gemini-3-pro-preview\",\"responseId\":\"r1\"}";

    private GeminiFrames() {}

    /** A call with the signature of the thoughts before it. */
    static Script signedCall(String form) {
        return form.equals("stream") ? Script.sse().lineEnd("\r\n").event(CALL).build() : Script.json(200, CALL);
    }
}
