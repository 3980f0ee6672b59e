package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.SettingPlaces;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gemini's {@code generateContent} and {@code streamGenerateContent}. */
public final class GeminiDialect implements Dialect {
    private static final SettingPlaces SETTINGS = SettingPlaces.of(Map.ofEntries(
            Map.entry("temperature", "generationConfig.temperature"),
            Map.entry("top_p", "generationConfig.topP"),
            Map.entry("top_k", "generationConfig.topK"),
            Map.entry("max_tokens", "generationConfig.maxOutputTokens"),
            Map.entry("max_completion_tokens", "generationConfig.maxOutputTokens"),
            Map.entry("n", "generationConfig.candidateCount"),
            Map.entry("stop", "generationConfig.stopSequences"),
            Map.entry("seed", "generationConfig.seed"),
            Map.entry("presence_penalty", "generationConfig.presencePenalty"),
            Map.entry("frequency_penalty", "generationConfig.frequencyPenalty"),
            Map.entry("generation_config", "generationConfig"),
            Map.entry("safety_settings", "safetySettings"),
            Map.entry("cached_content", "cachedContent")));

    /** Its name. */
    public static final String NAME = "gemini";

    /**
     * The field of a message that holds, as a list in the provider's spelling, the parts no other protocol has a word for: code
     * that ran at the provider, its results, parts not known yet. A caller who sends the field back with the message gives them
     * back to the provider.
     */
    public static final String PARTS = "google_parts";

    private static final String TUNED = "tunedModels/";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @Override
    public String name() {
        return NAME;
    }

    /** The model is one segment, whatever is in its name: a caller's wildcard must not lead to another path. */
    @Override
    public String path(String model, boolean stream) {
        boolean tuned = model.startsWith(TUNED) && model.length() > TUNED.length();
        String name = tuned ? model.substring(TUNED.length()) : model;
        return (tuned ? "/" + TUNED : "/models/")
                + encoded(name)
                + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (byte b : Bytes.utf8(name)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "-._~@".indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }

    @Override
    public byte[] writeRequest(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return new RequestWriter(request, model, warnings).write();
    }

    @Override
    public SettingPlaces settings() {
        return SETTINGS;
    }

    @Override
    public EventReader eventReader() {
        return new StreamReader();
    }

    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return new AnswerReader().read(array, offset, length, sink);
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return RequestReader.read(array, offset, length);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return new ChunkWriter(head);
    }

    @Override
    public byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request) {
        return new AnswerWriter(head).write(response);
    }

    @Override
    public byte[] writeError(CallerError error) {
        return ErrorWriter.body(error);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, @Nullable EventWriter writer) {
        return writer instanceof ChunkWriter own
                ? ErrorWriter.event(error, own.framing(), own.begun())
                : ErrorWriter.event(error, Framing.SSE, false);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, int passed, String id, Framing framing) {
        return ErrorWriter.event(error, framing, passed > 0);
    }
}
